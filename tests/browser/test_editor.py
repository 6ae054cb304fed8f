"""The schedule editor in a real browser: dragging, undo, two organizers, axe."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from events.models import Session
from events.services.placing import Place, place
from hrconf.accounts.roles import Role
from tests import make
from tests.browser.conftest import PHONE
from tests.browser.watch import axe_violations, complaints, overflow

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh-hans"])


@pytest.fixture(autouse=True)
def _settings(settings, live_server):
    settings.SECOND_FACTOR_ROLES = []
    settings.BASE_URL = live_server.url


@pytest.fixture
def edition():
    """Two rooms, a forum at nine in the first, a talk without a time."""
    edition, venue = make.edition(slug="2017"), make.venue()
    rooms = [make.room(venue=venue, name_en=name, name_zh_hans=name) for name in ["A", "B"]]
    make.session(edition=edition, starts_at=make.OPENING, room=rooms[0], title_en="Forum")
    later = make.OPENING + timedelta(hours=2)
    make.session(edition=edition, starts_at=later, room=rooms[1], title_en="Panel")
    make.session(edition=edition, title_en="Talk", minutes=30)
    return edition


@pytest.fixture
def editor(open_page, live_server, edition):
    """Open the editor as somebody of the office."""

    def editor(user=None, language="en", **options):
        page = open_page(**options)
        client = Client()
        client.force_login(user or make.organizer(language=language))
        cookies = {
            "sessionid": client.cookies["sessionid"].value,
            django_settings.LANGUAGE_COOKIE_NAME: language,
        }
        page.context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
        )
        page.goto(reverse("admin:events_edition_editor") + "?edition=2017")
        return page

    return editor


def event(page, title):
    return page.locator(".ec-event", has_text=title).first


def carry(page, start, end, *, drop=True):
    """Press, move in steps, and let go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    if drop:
        page.mouse.up()


def spot(box, down=12):
    return (box["x"] + box["width"] / 2, box["y"] + down)


def placed(title):
    booking = Session.objects.select_related("booking__room").get(title_en=title).booking
    start = booking.during.lower - make.OPENING
    return start, booking.during.upper - booking.during.lower, booking.room.name_en


def test_session_is_dragged_in_from_the_list_and_taken_back_by_a_key(editor):
    page = editor()
    box = event(page, "Panel").bounding_box()
    source = page.locator(".editor-item").bounding_box()

    carry(page, spot(source, 28), spot(box, -62))
    event(page, "Talk").wait_for()
    assert placed("Talk")[1:] == (timedelta(minutes=30), "B")
    page.keyboard.press("Control+z")
    page.locator(".editor-item").wait_for()

    assert Session.objects.get(title_en="Talk").booking is None
    assert complaints(page) == []


def test_warning_stands_there_while_one_drags_and_the_session_moves_to_the_other_room(editor):
    page = editor()
    forum, panel = (event(page, title).bounding_box() for title in ["Forum", "Panel"])
    tip = page.locator("[data-tip]")

    carry(page, spot(forum), spot(panel), drop=False)
    tip.get_by_text("Panel").first.wait_for()
    carry_on = (panel["x"] + panel["width"] / 2, panel["y"] + 2 * panel["height"] + 12)
    page.mouse.move(*carry_on, steps=4)
    tip.get_by_text("✓").wait_for()
    page.mouse.up()
    page.get_by_text("Done.").wait_for()

    assert placed("Forum") == (timedelta(hours=4), timedelta(hours=1), "B")
    assert complaints(page) == []


def test_session_is_made_longer_by_its_edge(editor):
    page = editor()
    box = event(page, "Forum").bounding_box()
    page.mouse.move(*spot(box))

    carry(page, spot(box, box["height"] - 3), spot(box, box["height"] + 29))
    page.get_by_text("Done.").wait_for()

    assert placed("Forum")[1] == timedelta(minutes=90)


def test_two_organizers_see_each_others_changes(editor, edition):
    page = editor()
    talk = Session.objects.get(title_en="Talk")
    room = Session.objects.get(title_en="Panel").booking.room_id

    place(talk.pk, to=Place(make.OPENING, 30, room), by=make.organizer())

    event(page, "Talk").wait_for()
    page.get_by_text("Somebody changed the programme").wait_for()


def test_keyboard_leads_from_the_grid_to_the_form(editor):
    page = editor()
    event(page, "Forum").get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Day, time, room").press("Enter")

    page.get_by_label("Starts at").fill("10:30")
    page.get_by_role("button", name="Place it there").press("Enter")
    page.wait_for_url("**/editor/?edition=2017")

    assert placed("Forum")[0] == timedelta(minutes=90)


def test_track_organizer_cannot_drag_the_sessions_of_others(editor):
    page = editor(make.office(Role.READ_ONLY))
    forum, panel = (event(page, title).bounding_box() for title in ["Forum", "Panel"])

    carry(page, spot(forum), spot(panel))

    assert placed("Forum")[2] == "A"
    page.locator(".ec-event.is-others", has_text="Forum").wait_for()


def test_without_javascript_the_list_leads_to_the_form(editor):
    page = editor(java_script_enabled=False)

    page.get_by_role("link", name="Talk").click()
    page.get_by_label("Starts at").fill("13:00")
    page.get_by_label("Room").select_option(index=1)
    page.get_by_role("button", name="Place it there").click()
    page.wait_for_url("**/editor/?edition=2017")

    assert placed("Talk")[0] == timedelta(hours=4)


@LANGUAGES
def test_list_of_the_editor_on_a_phone_has_no_axe_violation(editor, language):
    page = editor(language=language, viewport=PHONE, bypass_csp=True)
    page.locator("[data-all] summary").wait_for()

    assert axe_violations(page) == []
    assert overflow(page) <= 0


@LANGUAGES
def test_grid_at_a_desk_has_no_axe_violation(editor, language):
    page = editor(language=language, bypass_csp=True)
    page.locator(".ec-event").first.wait_for()

    assert axe_violations(page) == []
