"""The grid on a wide screen, the list on a phone: one markup, in the order of time."""

import brotli
import pytest
from django.conf import settings

from tests.browser.conftest import PHONE
from tests.browser.watch import axe_violations, complaints, overflow
from tests.events import make_programmes

pytestmark = pytest.mark.django_db(transaction=True)
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 500);
})"""


@pytest.fixture(autouse=True)
def edition():
    return make_programmes.conference(sessions=12)


def box(page, selector):
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("javascript", [True, False])
def test_rooms_stand_over_their_columns_and_later_is_lower(open_page, javascript):
    page = open_page(java_script_enabled=javascript)
    page.goto("/en/2017/schedule/2017-11-09/")

    hall = page.locator(".grid-room", has_text="Main Hall").bounding_box()
    other = page.locator(".grid-room", has_text="Room B").bounding_box()
    forum = page.locator(".session", has_text="Biomedicine forum").bounding_box()
    later = page.locator(".session", has_text="Called-off talk").bounding_box()

    assert abs(forum["x"] - hall["x"]) < 5
    assert abs(later["x"] - other["x"]) < 5
    assert forum["y"] < later["y"] < forum["y"] + forum["height"]  # it begins an hour into it
    assert complaints(page) == []


def test_phone_reads_the_same_page_as_a_list(phone_page):
    phone_page.goto("/en/2017/schedule/2017-11-09/")

    forum = phone_page.locator(".session", has_text="Biomedicine forum").bounding_box()
    later = phone_page.locator(".session", has_text="Called-off talk").bounding_box()
    assert forum["x"] == later["x"]
    assert later["y"] >= forum["y"] + forum["height"]
    assert not phone_page.locator(".grid-rooms").is_visible()


def test_many_rooms_scroll_in_a_window_of_their_own(page):
    page.goto("/en/2017/schedule/2017-11-08/")
    window = page.locator(".grid-window")

    assert overflow(page) == 0
    assert window.evaluate("one => one.scrollWidth > one.clientWidth")
    window.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert window.evaluate("one => one.scrollLeft") > 0
    edge = window.bounding_box()["x"]
    assert abs(box(page, ".slot-time")["x"] - edge) < 3  # the times stay


def test_keyboard_walks_the_grid_in_the_order_of_time(page):
    page.goto("/en/2017/schedule/2017-11-09/")
    page.locator(".session a").first.focus()

    walked = [page.evaluate("document.activeElement.textContent")]
    for _stop in range(2):  # a session's title, then its star
        page.keyboard.press("Tab")
        walked.append(page.evaluate("document.activeElement.textContent"))

    assert walked == ["Biomedicine forum", "Favourite: Biomedicine forum", "Called-off talk"]


@pytest.mark.parametrize("viewport", [PHONE, None])
@pytest.mark.parametrize("path", ["schedule/", "schedule/all/"])
def test_nothing_shifts_while_the_page_loads(open_page, viewport, path):
    page = open_page(viewport=viewport) if viewport else open_page()
    page.goto(f"/zh-hans/2017/{path}", wait_until="load")

    # A browser may paint the header before its last button has come: 0.0002.
    assert page.evaluate(SHIFTS) < 0.001


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_grid_of_many_rooms_has_no_axe_violation(open_page, language):
    page = open_page(bypass_csp=True)

    page.goto(f"/{language}/2017/schedule/all/")

    assert axe_violations(page) == []


def test_styles_of_the_first_view_are_small(page):
    page.goto("/en/2017/schedule/")

    sheets = page.evaluate(
        "[...document.querySelectorAll('link[rel=stylesheet]')].map(l => l.href)"
    )
    scripts = page.evaluate(
        "[...document.querySelectorAll('script[src]')].map(s => [s.src, s.type])"
    )
    names = [sheet.split("/static/")[1] for sheet in sheets if "/bootstrap/" not in sheet]
    ours = [(settings.BASE_DIR / "static" / name).read_bytes() for name in names]
    assert sum(len(brotli.compress(css)) for css in ours) < 25_000
    # theme.js runs before anything is painted, or the page would flash.
    assert [src for src, kind in scripts if kind != "module" and "theme" not in src] == []
