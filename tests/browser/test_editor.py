"""The schedule editor in a real browser: dragging, undo, two organizers, axe."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from events.models import Release, RoomBlock, Session
from events.services.notices import tell_release
from events.services.placing import Place, place
from events.services.releases import release_schedule
from hrconf.accounts.roles import Role
from hrconf.mailing.models import Message
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


def mailed(address):
    """The files of the one mail that an address gets of the release."""
    tell_release(Release.objects.latest("number").pk)
    message = Message.objects.get(to_address=address)
    return [one.mimetype for one in message.attachments.all()]


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


def test_item_walks_from_the_list_to_the_mail(editor, edition):
    """Drag, undo, redo, move by keyboard, look at the release, release, mail."""
    talk = Session.objects.get(title_en="Talk")
    speaker = make.speaker(edition=edition, email="lin@speakers.example")
    make.appearance(session=talk, speaker=speaker)
    release_schedule(edition.pk)
    page = editor()
    box, source = event(page, "Panel").bounding_box(), page.locator(".editor-item").bounding_box()

    carry(page, spot(source, 28), spot(box, -62))
    event(page, "Talk").wait_for()
    page.keyboard.press("Control+z")
    page.locator(".editor-item").wait_for()
    page.keyboard.press("Control+y")
    event(page, "Talk").get_by_role("button").press("Enter")
    page.get_by_role("link", name="Day, time, room").press("Enter")
    page.get_by_label("Starts at").fill("14:15")
    page.get_by_role("button", name="Place it there").press("Enter")
    page.wait_for_url("**/editor/?edition=2017")
    page.goto(reverse("admin:events_release_add") + f"?edition={edition.pk}")
    page.get_by_text("Talk").first.wait_for()
    page.locator("[name=groups][value=speakers]").check()
    page.get_by_role("button", name="Release", exact=True).press("Enter")
    page.wait_for_url(lambda address: "/add/" not in address)

    assert placed("Talk")[0] == timedelta(hours=5, minutes=15)
    assert mailed("lin@speakers.example") == ["text/calendar"]


def test_way_out_of_a_warned_session_is_a_button_in_its_panel(editor, edition):
    panel = Session.objects.get(title_en="Panel")
    room = Session.objects.get(title_en="Forum").booking.room_id
    place(panel.pk, to=Place(make.OPENING, 60, room))
    page = editor()

    event(page, "Panel").get_by_role("button").press("Enter")
    page.locator("[data-panel-ways]").get_by_role("button", name="Start at 10:00").press("Enter")
    page.get_by_text("Done.").wait_for()

    assert placed("Panel")[0] == timedelta(hours=1)
    assert complaints(page) == []


def test_title_and_seats_are_changed_in_the_panel_and_what_is_wrong_is_said(editor):
    page = editor()
    event(page, "Forum").get_by_role("button").press("Enter")
    dialog = page.get_by_role("dialog")

    dialog.get_by_label("Title (English)").fill("Forum of parks")
    dialog.get_by_label("Length in minutes").fill("2")
    dialog.get_by_role("button", name="Save").press("Enter")
    dialog.get_by_role("alert").filter(has_text="5 minutes").wait_for()
    dialog.get_by_label("Length in minutes").fill("45")
    dialog.get_by_role("button", name="Save").press("Enter")
    event(page, "Forum of parks").wait_for()

    assert placed("Forum of parks")[1] == timedelta(minutes=45)


def test_room_is_blocked_by_dragging_over_empty_time(editor):
    page = editor()
    box = event(page, "Forum").bounding_box()

    carry(page, spot(box, 2 * box["height"] + 4), spot(box, 3 * box["height"] - 4))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("Painters")
    dialog.get_by_role("button", name="Block").press("Enter")
    page.locator(".ec-event.is-block", has_text="Painters").wait_for()

    block = RoomBlock.objects.get()
    assert block.booking.room.name_en == "A"
    assert block.booking.during.lower == make.OPENING + timedelta(hours=2)
    assert complaints(page) == []


@LANGUAGES
def test_panel_has_no_axe_violation(editor, language):
    page = editor(language=language, bypass_csp=True)
    page.locator(".ec-event").first.get_by_role("button").press("Enter")
    page.get_by_role("dialog").wait_for()

    assert axe_violations(page) == []
