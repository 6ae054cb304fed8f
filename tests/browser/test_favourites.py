"""Favourites in a browser: kept, shared, synced over two devices, read without a net."""

import pytest
from django.conf import settings
from django.test import Client

from events.models import Favourite, Session
from events.services.releases import release_schedule
from tests import make
from tests.browser.conftest import PHONE
from tests.browser.watch import axe_violations, complaints
from tests.events import make_programmes

pytestmark = pytest.mark.django_db(transaction=True)
SECOND_DAY = "/en/2017/schedule/2017-11-09/"
MINE = "/en/2017/schedule/mine/"
FROM_LOGIN = f"{MINE}#login"
FORUM = "Favourite: Biomedicine forum"


@pytest.fixture(autouse=True)
def edition():
    return make_programmes.conference(sessions=2)


def star(page, name=FORUM):
    return page.get_by_role("button", name=name)


def titles(page):
    return page.locator("[data-mine-frame] .session:visible .session-title").all_inner_texts()


def wait_for_titles(page, expected):
    for _look in range(80):
        if titles(page) == expected:
            break
        page.wait_for_timeout(50)
    assert titles(page) == expected


def test_star_is_pressed_by_key_and_outlives_the_page(page):
    page.goto(SECOND_DAY)
    star(page).focus()
    page.keyboard.press("Enter")

    assert star(page).get_attribute("aria-pressed") == "true"
    assert page.locator("#star-said").inner_text() == "In my schedule."
    page.reload()
    assert star(page).get_attribute("aria-pressed") == "true"
    assert page.locator("[data-mine-count]").inner_text() == "1"
    assert complaints(page) == []


def test_my_schedule_shows_days_and_what_is_at_the_same_time(page):
    page.goto("/en/2017/schedule/2017-11-08/")
    for name in ["Favourite: Session 0", "Favourite: Session 1"]:
        star(page, name).click()
    page.goto(MINE)
    wait_for_titles(page, ["Session 0", "Session 1"])

    first = page.locator("[data-mine-frame] .session:visible").first
    assert "At the same time: “Session 1”" in first.inner_text()
    assert page.locator("[data-clash-count]").inner_text()
    star(page, "Favourite: Session 1").click()
    wait_for_titles(page, ["Session 0"])
    assert page.locator("[data-clash-count]").inner_text() == ""


def test_empty_schedule_says_what_to_do(page):
    page.goto(MINE)

    page.get_by_text("Nothing starred yet").wait_for()
    assert page.get_by_role("link", name="To the programme").is_visible()


def test_shared_link_shows_the_list_and_adds_it_on_request(page, open_page):
    page.goto(SECOND_DAY)
    star(page).click()
    page.goto(MINE)
    wait_for_titles(page, ["Biomedicine forum"])
    link = page.locator("#share-link").input_value()

    other = open_page()
    other.goto(link)
    wait_for_titles(other, ["Biomedicine forum"])
    assert other.evaluate("window.stars.starred().length") == 0
    other.get_by_role("button", name="Add them to my schedule").click()
    wait_for_titles(other, ["Biomedicine forum"])
    assert other.evaluate("window.stars.starred().length") == 1
    assert "#" not in other.url


def test_link_that_names_nothing_says_so(page):
    page.goto(f"{MINE}#with=00000000")

    page.get_by_text("The link names no session of this programme.").wait_for()


def test_what_a_release_changed_stands_beside_it_until_it_was_seen(page, edition):
    page.goto(SECOND_DAY)
    star(page).click()
    page.goto(MINE)
    wait_for_titles(page, ["Biomedicine forum"])
    Session.objects.filter(code="life-forum").update(status="cancelled")
    release_schedule(edition.pk)

    page.goto(MINE)
    page.get_by_text("Changed since you looked").wait_for()
    page.get_by_role("button", name="I have seen the changes").click()
    assert page.get_by_text("Changed since you looked").count() == 0


def test_new_release_announces_itself_on_an_open_page(page, edition):
    page.clock.install()
    page.goto(SECOND_DAY)
    Session.objects.filter(code="life-forum").update(title_en="Another forum")
    release_schedule(edition.pk)
    page.clock.run_for(65_000)

    banner = page.locator(".release-news")
    banner.wait_for()
    assert "The programme was released anew: 2" in banner.inner_text()
    assert "Described anew: 1" in banner.inner_text()


def test_browser_that_keeps_nothing_says_so(page):
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); }")
    page.goto(SECOND_DAY)
    star(page).click()

    assert "This browser keeps nothing" in page.locator("#star-said").inner_text()
    assert star(page).get_attribute("aria-pressed") == "true"


def test_one_broken_entry_loses_no_other(page):
    page.goto(SECOND_DAY)
    star(page).click()
    page.evaluate(
        "localStorage.setItem('favourites:2017', JSON.stringify({...JSON.parse("
        "localStorage.getItem('favourites:2017')), broken: 'x'}))"
    )
    page.reload()

    assert star(page).get_attribute("aria-pressed") == "true"


# Signed in ------------------------------------------------------------------------------


def signed_in_pages(open_page, live_server):
    """Two devices of one reader."""
    pages = [open_page(), open_page(viewport=PHONE)]
    sign_in(pages, live_server)
    return pages


def sign_in(pages, live_server):
    """By a session; how a guest gets one is tried elsewhere."""
    client = Client()
    client.force_login(make.user(email="reader@guests.example"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    for page in pages:
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )


def wait_until(page, condition):
    page.wait_for_function(condition)


def test_two_devices_come_to_the_same_list(open_page, live_server):
    desk, phone = signed_in_pages(open_page, live_server)
    desk.goto(SECOND_DAY)
    star(desk).click()
    desk.goto(FROM_LOGIN)
    desk.get_by_text("Kept with the login of").wait_for()

    phone.goto(FROM_LOGIN)
    wait_for_titles(phone, ["Biomedicine forum"])
    star(phone).click()
    wait_until(phone, "window.stars.starred().length === 0")
    for _look in range(60):
        if Favourite.objects.filter(is_on=False).exists():
            break
        phone.wait_for_timeout(50)

    desk.reload()
    wait_for_titles(desk, [])
    assert Favourite.objects.get().is_on is False


def test_fast_clock_does_not_bring_back_what_another_device_took_off(open_page, live_server):
    desk, phone = signed_in_pages(open_page, live_server)
    desk.add_init_script("const now = Date.now; Date.now = () => now() + 86400000;")
    desk.goto(FROM_LOGIN)
    desk.get_by_text("Kept with the login of").wait_for()
    desk.goto(SECOND_DAY)
    star(desk).click()
    desk.goto(MINE)
    wait_for_titles(desk, ["Biomedicine forum"])
    desk.get_by_text("Kept with the login of").wait_for()

    phone.goto(FROM_LOGIN)
    wait_for_titles(phone, ["Biomedicine forum"])
    star(phone).click()
    for _look in range(60):
        if Favourite.objects.filter(is_on=False).exists():
            break
        phone.wait_for_timeout(50)

    desk.goto(MINE)
    wait_for_titles(desk, [])


def test_private_calendar_is_shown_and_renewed(open_page, live_server):
    desk, _phone = signed_in_pages(open_page, live_server)
    desk.goto(FROM_LOGIN)
    desk.get_by_text("Kept with the login of").wait_for()
    before = desk.locator("#private-calendar").input_value()
    desk.get_by_role("button", name="Give it another address").click()
    desk.get_by_text("The calendar has a new address").wait_for()

    assert desk.locator("#private-calendar").input_value() != before
    assert before.endswith(".ics")


# Without a net --------------------------------------------------------------------------


def test_programme_is_read_without_a_net(open_page):
    page = open_page(service_workers="allow", viewport=PHONE)
    page.goto(SECOND_DAY)
    star(page).click()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_until(page, "navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)

    page.goto(SECOND_DAY)
    assert page.get_by_role("link", name="Biomedicine forum").first.is_visible()
    page.goto(MINE)
    wait_for_titles(page, ["Biomedicine forum"])
    page.goto("/en/2017/sessions/life-forum/")
    page.get_by_role("heading", level=1, name="Biomedicine forum").wait_for()
    page.goto("/en/2017/figures/")
    page.get_by_text("This page is not kept on this device").wait_for()


def test_nothing_personal_is_kept_for_when_there_is_no_net(open_page, live_server):
    page = open_page(service_workers="allow")
    sign_in([page], live_server)
    page.goto(FROM_LOGIN)
    page.get_by_text("Kept with the login of").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(MINE)
    page.get_by_text("Kept with the login of").wait_for()

    kept = page.evaluate(
        """async () => {
          const found = [];
          for (const key of await caches.keys()) {
            const cache = await caches.open(key);
            for (const request of await cache.keys()) {
              found.push([request.url, await (await cache.match(request)).text()]);
            }
          }
          return found;
        }"""
    )

    assert any(url.endswith(MINE) for url, _text in kept)
    assert not [url for url, text in kept if "sync" in url or "reader@guests" in text]


# How it looks ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("window", ["desk", "phone"])
def test_my_schedule_has_nothing_for_axe(page, phone_page, language, window):
    shown = page if window == "desk" else phone_page
    shown.goto(SECOND_DAY.replace("/en/", f"/{language}/"))
    for button in shown.locator(".star").all():
        button.click()
    shown.goto(MINE.replace("/en/", f"/{language}/"))
    shown.locator("[data-share]:not([hidden])").wait_for()

    assert axe_violations(shown) == []
    assert complaints(shown) == []
    width = shown.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


def test_without_javascript_the_page_says_what_else_there_is(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(MINE)

    assert page.locator("noscript .notice").is_visible()
