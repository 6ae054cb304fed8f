"""The visitor with a real browser: on a phone, without JavaScript, by keyboard, on paper."""

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.watch import axe_violations, complaints, cookies, overflow, third_party_requests
from tests.events import make_programmes

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = [
    "",
    "2017/",
    "2017/schedule/",
    "2017/schedule/all/?q=wang&track=life",
    "2017/schedule/all/?q=nothing-is-called-this",
    "2017/sessions/life-forum/",
    "2017/sessions/visit/",
    "2017/sessions/called-off/",
    "2017/speakers/",
    "2017/speakers/wang-jianguo/",
    "2017/nowhere/",
]


@pytest.fixture(autouse=True)
def edition():
    return make_programmes.conference(sessions=8)


@pytest.mark.parametrize(
    ("language", "color_scheme", "viewport"),
    [
        ("en", "light", PHONE),
        ("en", "dark", DESK),
        ("zh-hans", "light", DESK),
        ("zh-hans", "dark", PHONE),
    ],
)
def test_public_pages_have_no_axe_violation(open_page, language, color_scheme, viewport):
    page = open_page(viewport=viewport, color_scheme=color_scheme, bypass_csp=True)

    found = {}
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        found[path] = axe_violations(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_public_pages_fit_a_phone_and_keep_to_themselves(phone_page, language):
    for path in PAGES[:-1]:
        phone_page.goto(f"/{language}/{path}")
        assert (path, overflow(phone_page)) == (path, 0)

    assert complaints(phone_page) == []
    assert third_party_requests(phone_page) == []
    assert cookies(phone_page) == []


def test_visitor_finds_a_session_without_javascript(open_page):
    page = open_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/en/2017/")
    page.get_by_role("link", name="See the programme").click()

    page.get_by_role("link", name="9 Nov").click()
    page.locator("summary", has_text="Search and filter").click()
    page.get_by_label("Search", exact=True).fill("wangjianguo")
    page.get_by_label("Language").select_option(label="English")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Biomedicine forum").click()

    assert page.url.endswith("/en/2017/sessions/life-forum/")
    assert page.get_by_role("heading", name="On stage").is_visible()
    page.get_by_role("link", name="Wang Jianguo").first.click()
    page.get_by_role("link", name="中文").click()
    assert page.get_by_role("heading", name="王建国 Wang Jianguo").is_visible()
    assert page.url.endswith("/zh-hans/2017/speakers/wang-jianguo/")


def test_days_and_times_stay_in_sight_while_one_scrolls(phone_page):
    phone_page.goto("/en/2017/schedule/")
    tabs, time = phone_page.locator(".day-tabs"), phone_page.locator(".slot-time").first

    phone_page.mouse.wheel(0, 700)
    phone_page.wait_for_timeout(300)

    assert phone_page.evaluate("scrollY") > 400
    assert tabs.bounding_box()["y"] == 0
    bottom = tabs.bounding_box()["height"]
    assert bottom - 8 <= time.bounding_box()["y"] <= bottom + 8


def test_calendar_button_downloads_a_calendar(page):
    page.goto("/en/2017/sessions/life-forum/")

    with page.expect_download() as download:
        page.get_by_role("link", name="Add to calendar").click()

    assert download.value.suggested_filename == "2017-life-forum.ics"


def test_filters_stand_open_on_a_wide_screen(page):
    page.goto("/en/2017/schedule/")

    assert page.get_by_label("Track").is_visible()


def test_paper_shows_the_sessions_and_no_furniture(page):
    page.goto("/en/2017/schedule/all/")
    page.emulate_media(media="print")

    assert page.get_by_role("heading", name="Biomedicine forum").is_visible()
    assert not page.locator(".finder").is_visible()
    assert not page.locator(".site-nav").is_visible()
