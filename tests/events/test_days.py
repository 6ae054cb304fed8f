"""Days of a programme that runs past midnight, and rooms that are shared knowingly."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.urls import reverse

from events.changes import difference
from events.models import Session
from events.parsing import parse
from events.services.releases import ScheduleClash, release_schedule
from events.services.sessions import place_session
from events.snapshots import freeze
from tests import make
from tests.events.make_programmes import programme

pytestmark = pytest.mark.django_db
HALF_PAST_MIDNIGHT = datetime(2017, 11, 8, 16, 30, tzinfo=UTC)  # 0:30 on the 9th in Hangzhou


def late_party(day_begins_at: int):
    edition = make.edition(day_begins_at=day_begins_at)
    make.session(edition=edition, code="party", starts_at=HALF_PAST_MIDNIGHT)
    make.session(edition=edition, code="opening", starts_at=make.OPENING)
    release_schedule(edition.pk)
    return edition


@pytest.mark.parametrize(
    ("begins_at", "days"),
    [
        (4, {date(2017, 11, 8): ["opening", "party"]}),
        (0, {date(2017, 11, 8): ["opening"], date(2017, 11, 9): ["party"]}),
    ],
)
def test_session_past_midnight_belongs_to_the_day_before(begins_at, days):
    read = programme(late_party(begins_at))

    assert {day: [s.code for s in found] for day, found in read.days.items()} == days
    assert read.day_of(HALF_PAST_MIDNIGHT) == max(days)


def test_page_of_a_night_holds_until_the_day_begins():
    after_the_party = datetime(2017, 11, 8, 18, tzinfo=UTC)  # 2:00 in Hangzhou

    read = programme(late_party(4))

    assert read.next_turn(after_the_party) == datetime(2017, 11, 8, 20, tzinfo=UTC)


def test_schedule_shows_what_is_past_midnight_under_the_day_before(client):
    edition = late_party(4)

    page = client.get(reverse("events:schedule_day", args=[edition.slug, "2017-11-08"]))

    assert "/sessions/party/" in page.text
    assert client.get(f"/en/{edition.slug}/schedule/2017-11-09/").status_code == 404


def test_day_begins_before_noon_or_the_database_refuses():
    with pytest.raises(Exception, match="edition_day_begins_before_noon"):
        make.edition(day_begins_at=13)


def test_release_of_before_the_new_columns_is_still_read():
    edition = late_party(0)
    snapshot = freeze(edition)
    old = snapshot | {"edition": dict(snapshot["edition"]), "sessions": []}
    del old["edition"]["day_begins_at"]
    new = ["guid", "source_id"]
    revision = {"revision": {"number": 1, "at": "2017-11-01T00:00:00+00:00", "kinds": []}}
    for session in snapshot["sessions"]:
        kept = {key: value for key, value in session.items() if key not in new}
        old["sessions"].append(kept | revision)

    read = parse(old, number=1, released_at=HALF_PAST_MIDNIGHT, sha256="")

    assert {s.guid for s in read.sessions.values()} == {""}
    assert difference(old, snapshot) == {}


def test_rows_of_other_programs_get_guids_of_their_own():
    first, second = make.session(), make.session()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_session SET guid = DEFAULT")

    guids = set(Session.objects.values_list("guid", flat=True))

    assert len(guids) == 2
    assert not guids & {first.guid, second.guid}


def two_in_one_room():
    edition, room = make.edition(), make.room()
    for code in ["first", "second"]:
        make.session(edition=edition, code=code, room=room, starts_at=make.OPENING)
    return edition


def test_room_that_is_shared_knowingly_keeps_nothing_from_being_released():
    edition = two_in_one_room()
    with pytest.raises(ScheduleClash):
        release_schedule(edition.pk)
    session = Session.objects.get(code="second")
    session.booking.is_shared = True
    session.booking.save()

    release_schedule(edition.pk)

    assert set(programme(edition).sessions) == {"first", "second"}
    firm = Session.objects.filter(booking__is_firm=True)
    assert [s.code for s in firm] == ["first"]


def test_session_that_is_moved_shares_no_longer():
    edition = two_in_one_room()
    session = Session.objects.get(code="second")
    session.booking.is_shared = True
    session.booking.save()
    room = session.booking.room

    assert place_session(session.pk, starts_at=make.OPENING, room=room).booking.is_shared
    moved = place_session(session.pk, starts_at=HALF_PAST_MIDNIGHT, room=room)

    assert not moved.booking.is_shared
    assert edition.sessions.count() == 2


def test_text_that_few_sessions_have_is_shown_and_its_change_told(client):
    edition = make.edition()
    make.session(edition=edition, code="talk", starts_at=make.OPENING)
    before = freeze(edition)
    Session.objects.update(
        subtitle_en="Small steps",
        description_en="In depth",
        links=[{"url": "https://video.example/1", "title": "Recording"}],
    )
    release_schedule(edition.pk)

    page = client.get(reverse("events:session", args=[edition.slug, "talk"])).text

    assert "Small steps" in page
    assert "In depth" in page
    assert 'href="https://video.example/1"' in page
    assert difference(before, freeze(edition)) == {"text": ["talk"]}
    assert difference(freeze(edition), before) == {"text": ["talk"]}
