"""What scripts add to the schedule: filters at once, now and next, the reader's own times."""

from datetime import UTC, datetime

import pytest

from events.services.releases import release_schedule
from tests import make
from tests.browser.conftest import PHONE
from tests.browser.watch import axe_violations, complaints
from tests.events import make_programmes

pytestmark = pytest.mark.django_db(transaction=True)
SECOND_DAY = "/en/2017/schedule/2017-11-09/"
DURING_OPENING = datetime(2017, 11, 8, 1, 30, tzinfo=UTC)  # 09:30 in Hangzhou


@pytest.fixture(autouse=True)
def edition():
    return make_programmes.conference(sessions=2)


def titles(page):
    """The sessions in sight, in their order."""
    return page.locator("#programme .session:visible .session-title").all_inner_texts()


def wait_for_titles(page, expected):
    for _look in range(50):
        if titles(page) == expected:
            break
        page.wait_for_timeout(50)
    assert titles(page) == expected


@pytest.mark.parametrize("query", ["wangjianguo", "王建", "muller", "医药", "biomed"])
def test_search_narrows_the_page_at_once_and_back_takes_it_back(page, query):
    page.goto(SECOND_DAY)
    page.get_by_label("Track").select_option(label="Life science")
    wait_for_titles(page, ["Biomedicine forum"])
    page.get_by_label("Track").select_option(label="All tracks")
    wait_for_titles(page, ["Biomedicine forum", "Called-off talk"])

    page.get_by_label("Search", exact=True).fill(query)
    wait_for_titles(page, ["Biomedicine forum"])

    assert page.get_by_role("status").inner_text() == "1 session"
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == query
    assert page.locator(".chip").inner_text().split() == ["Remove", "filter", "Search", query]
    page.go_back()
    wait_for_titles(page, ["Biomedicine forum"])
    assert page.get_by_label("Track").input_value() == "life"
    page.go_back()
    wait_for_titles(page, ["Biomedicine forum", "Called-off talk"])
    assert page.url.endswith(SECOND_DAY)
    assert complaints(page) == []


def test_script_finds_what_the_server_finds(page, client):
    page.goto("/en/2017/schedule/all/")
    for query in ["q=wang", "q=omed", "track=life", "kind=visit", "language=en", "q=dream+town"]:
        found = client.get(f"/en/2017/schedule/all/?{query}").context["days"]
        expected = [str(s.title) for day in found for slot in day.slots for s in slot.sessions]
        name, value = query.split("=")
        field = page.locator(f"[name={name}]")
        change = field.fill if name == "q" else field.select_option
        change(value.replace("+", " "))
        wait_for_titles(page, expected)
        (field.fill if name == "q" else field.select_option)("")


def test_page_that_came_filtered_becomes_whole(page):
    page.goto("/en/2017/schedule/all/?track=life")
    assert titles(page) == ["Biomedicine forum"]

    page.get_by_role("link", name="Clear all").click()

    page.get_by_role("link", name="Park visit").wait_for()
    assert len(titles(page)) == 6
    assert page.get_by_role("status").inner_text() == "6 sessions"


def test_other_days_tell_what_they_have_of_it(page):
    page.goto(SECOND_DAY)

    page.get_by_label("Search", exact=True).fill("ceremony")

    page.get_by_text("Nothing matches").wait_for()
    page.get_by_role("link", name="1 more on other days").click()
    page.wait_for_url("**/schedule/all/?q=ceremony")
    assert titles(page) == ["Opening ceremony"]


def test_rooms_without_a_result_give_up_their_width(page):
    page.goto(SECOND_DAY)

    page.get_by_label("Track").select_option(label="Life science")

    page.locator(".grid-room", has_text="Room B").wait_for(state="hidden")
    assert page.locator(".grid-room", has_text="Main Hall").bounding_box()["width"] > 800
    page.get_by_label("Search", exact=True).fill("forum")
    page.locator(".grid-rooms").wait_for(state="hidden")  # few in many rooms: a list
    page.get_by_label("Search", exact=True).fill("")
    page.locator(".grid-room", has_text="Main Hall").wait_for()


def test_what_is_on_follows_the_clock_while_the_page_is_open(page, edition):
    make.session(
        edition=edition,
        code="second",
        title_en="Second ceremony",
        starts_at=datetime(2017, 11, 8, 2, 30, tzinfo=UTC),
    )
    release_schedule(edition.pk)
    page.clock.install(time=DURING_OPENING)
    page.goto("/en/2017/schedule/2017-11-08/")
    now = page.locator(".now")

    assert "Opening ceremony" in now.inner_text()
    assert "Next, at 10:30" in now.inner_text()
    line = page.locator(".now-line")
    assert line.evaluate("one => getComputedStyle(one).gridRowStart") == "8"  # half past nine
    page.clock.fast_forward("01:10:00")

    assert "On now\nSecond ceremony" in now.inner_text()
    second = page.locator(".session", has_text="Second ceremony")
    assert second.locator(".tone-good").inner_text() == "On now"
    assert line.is_visible()
    assert line.evaluate("one => getComputedStyle(one).gridRowStart") == "22"  # twenty to eleven
    page.get_by_role("link", name="Jump to now").click()
    assert page.evaluate("location.hash") == "#t1108-1030"
    assert complaints(page) == []


def test_times_are_shown_in_the_zone_of_the_reader(open_page):
    page = open_page(timezone_id="America/Los_Angeles")
    page.goto(SECOND_DAY)
    assert "09:00" in page.locator(".slot-time").first.inner_text()

    page.get_by_role("button", name="In my own time zone").click()

    assert page.locator(".slot-time time").first.inner_text() == "17:00"
    assert page.locator(".session-time").first.inner_text().startswith("17:00–20:00")
    assert "Pacific" in page.locator("[data-zone]").inner_text()
    assert page.locator(".day-name").inner_text() == "Wednesday, 8 November 2017"
    page.goto("/zh-hans/2017/schedule/2017-11-09/")
    assert page.locator(".slot-time time").first.inner_text() == "17:00"
    page.get_by_role("button", name="按本地时区显示").click()
    assert page.locator(".slot-time time").first.inner_text() == "09:00"
    assert "中国标准时间，UTC+8" in page.locator("[data-zone]").inner_text()
    assert complaints(page) == []


def test_who_is_at_the_conference_is_offered_no_other_zone(open_page):
    page = open_page(timezone_id="Asia/Shanghai")
    page.goto(SECOND_DAY)

    assert not page.locator("[data-zone-switch]").is_visible()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("viewport", [PHONE, None])
def test_filtered_page_has_no_axe_violation(open_page, language, viewport):
    more = {"viewport": viewport} if viewport else {}
    page = open_page(bypass_csp=True, timezone_id="America/Los_Angeles", **more)
    page.goto(f"/{language}/2017/schedule/2017-11-09/?track=life")
    if viewport:
        page.locator(".finder > summary").click()
    page.locator("[name=q]").fill("wang")
    page.locator(".chip", has_text="wang").wait_for()
    page.locator("[data-zone-switch]").click()

    assert axe_violations(page) == []
