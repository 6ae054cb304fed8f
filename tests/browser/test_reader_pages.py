"""Feedback, the embedded programme and the way to a room, in a browser."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from events.models import Feedback, Room
from events.services.plans import plan_file
from events.services.releases import release_schedule
from tests import make
from tests.browser.conftest import DESK, PHONE
from tests.browser.watch import axe_violations, complaints, cookies, overflow
from tests.events import make_programmes
from tests.events.test_ways import picture

pytestmark = pytest.mark.django_db(transaction=True)
FEEDBACK = "/en/2017/sessions/opening/feedback/"


@pytest.fixture(autouse=True)
def edition(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = make_programmes.conference()
    hall = Room.objects.get(slug="hall")
    hall.directions_en = "Up the stairs."
    hall.plan_alt_en = "Left of the doors."
    hall.plan.save("plan.webp", plan_file(picture((800, 500))))
    release_schedule(made.pk)
    return made


@pytest.mark.parametrize("viewport", [PHONE, DESK])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_of_the_reader_have_no_axe_violation_and_fit(open_page, viewport, language):
    page = open_page(viewport=viewport, bypass_csp=True)
    found = {}
    for path in ["sessions/life-forum/", "sessions/opening/feedback/", "schedule/embed/"]:
        page.goto(f"/{language}/2017/{path}")
        found[path] = (axe_violations(page), overflow(page))

    assert {path: wrong for path, wrong in found.items() if wrong != ([], 0)} == {}


def test_feedback_is_given_by_keyboard_and_what_is_missing_is_said(page):
    page.goto(FEEDBACK)
    page.get_by_label("What would you like to say?").focus()
    page.keyboard.type("Well said.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()

    assert "Choose one to five stars." in page.get_by_role("alert").inner_text()
    assert page.get_by_label("What would you like to say?").input_value() == "Well said."
    page.get_by_label("4 stars").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Thank you.").wait_for()

    assert [(said.stars, said.text) for said in Feedback.objects.all()] == [(4, "Well said.")]
    assert cookies(page) == []
    assert complaints(page) == ["Failed to load resource: the server responded with a status of "
                                "422 (Unprocessable Entity)"]  # fmt: skip


def test_second_opinion_of_a_browser_corrects_the_first(page):
    for stars in ["5 stars", "2 stars"]:
        page.goto(FEEDBACK)
        page.get_by_label(stars).check()
        page.get_by_role("button", name="Send feedback").click()
        page.get_by_text("Thank you.").wait_for()

    assert [said.stars for said in Feedback.objects.all()] == [2]


def test_feedback_is_given_without_javascript(open_page):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto("/zh-hans/2017/sessions/opening/")
    page.get_by_role("link", name="评价本场活动").click()
    page.get_by_label("3 星").check()
    page.get_by_role("button", name="提交反馈").click()

    assert page.get_by_text("感谢您的反馈").is_visible()
    assert Feedback.objects.get().language == "zh-hans"


def test_plan_of_the_room_is_seen(page):
    page.goto("/en/2017/sessions/life-forum/")

    page.get_by_role("link", name="How to get there").click()
    plan = page.get_by_role("img", name="Left of the doors.")

    plan.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.room-plan img').naturalWidth === 800")


@pytest.fixture
def other_site(open_page, live_server):
    """A page of another site, on a port of its own, with our programme in a frame."""
    url = f"{live_server.url}/en/2017/schedule/embed/?day=2017-11-09"

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{url}"></iframe>'.encode())

        def log_message(self, *args):
            """Nobody reads it."""

    def other_site():
        page = open_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        return page

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield other_site
        server.shutdown()


def test_other_site_shows_the_programme_and_its_links_leave_the_frame(other_site):
    page = other_site()
    frame = page.frame_locator("iframe")

    frame.get_by_role("link", name="10 Nov").click()
    frame.get_by_role("link", name="Park visit").wait_for()
    assert page.url.startswith("http://127.0.0.1:")
    frame.get_by_role("link", name="Park visit").click()

    page.wait_for_url("**/en/2017/sessions/visit/")


def test_site_that_the_edition_does_not_name_shows_nothing(other_site, edition):
    edition.embedders = "https://www.example.org"
    edition.save()

    page = other_site()

    assert page.frame_locator("iframe").get_by_role("link").count() == 0
    assert any("frame-ancestors" in line for line in complaints(page))


def test_reader_comes_from_a_grid_to_the_way_on(page, edition):
    make.session(
        edition=edition,
        code="second",
        title_en="Second talk",
        room=Room.objects.get(slug="hall"),
        starts_at=make_programmes.SECOND_DAY + timedelta(hours=4),
    )
    release_schedule(edition.pk)
    page.goto("/en/2017/schedule/2017-11-09/")

    page.get_by_role("link", name="Biomedicine forum").click()
    page.get_by_role("link", name="After").click()

    page.get_by_role("heading", name="Second talk").wait_for()
