"""What speaks against a place in the grid, and the way out of it."""

from datetime import timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from events.models import Availability, Booking, Room, Walk
from events.services.blocks import block_room
from events.services.placing import Place, place
from events.services.releases import release_schedule
from events.services.warnings import plan_of
from events.services.ways_out import ways_out
from tests import make
from tests.events.make_programmes import plain_sessions

pytestmark = pytest.mark.django_db
START = make.OPENING
HOUR = timedelta(hours=1)


def warned(session, start=START, room=None, minutes=60):
    plan = plan_of(session.edition)
    room_id = room.pk if room else None
    return plan.warnings(plan.sessions[session.pk], start, minutes, room_id)


def kinds(*args, **kwargs) -> list[str]:
    return [one.kind for one in warned(*args, **kwargs)]


def during(start, hours=1):
    return DateTimeTZRange(start, start + hours * HOUR)


def test_room_that_is_taken_or_blocked_is_warned_of_and_hard():
    room = make.room()
    session = make.session(title_en="Forum", starts_at=START, room=room)
    new = make.session(edition=session.edition)
    block_room(session.edition_id, at=Place(START + HOUR, 60, room.pk), reason="Painters")

    found = warned(new, START, room, minutes=90)

    assert [(one.kind, one.is_hard) for one in found] == [("room", True)] * 2
    assert "Forum" in found[0].text
    assert "Painters" in found[1].text
    assert kinds(new, START + 2 * HOUR, room) == []
    assert kinds(session, START, room) == []  # one's own place


def test_booking_of_others_is_warned_of():
    room = make.room()
    make.booking(room=room, is_firm=True)

    assert kinds(make.session(), START, room) == ["room"]


def test_place_of_the_last_release_is_nobodys_obstacle():
    room = make.room()
    session = make.session(starts_at=START, room=room)
    release_schedule(session.edition_id)
    place(session.pk, to=Place(START + 5 * HOUR, 60, room.pk))

    assert kinds(make.session(edition=session.edition), START, room) == []


def test_cancelled_session_is_in_nobodys_way():
    room = make.room()
    session = make.session(starts_at=START, room=room, status="cancelled")

    assert kinds(make.session(edition=session.edition), START, room) == []


def test_speaker_in_two_places_is_warned_of():
    session = make.session(starts_at=START, room=make.room())
    speaker = make.appearance(session=session).speaker
    new = make.session(edition=session.edition)
    make.appearance(session=new, speaker=speaker)

    assert kinds(new, START + HOUR / 2, make.room()) == ["speaker"]
    assert kinds(new, START + HOUR, make.room()) == []


def test_speaker_and_room_are_available_in_their_hours_only():
    session, room = make.session(), make.room()
    speaker = make.appearance(session=session).speaker
    Availability.objects.create(speaker=speaker, during=during(START))
    Availability.objects.create(room=room, during=during(START, 2))

    assert kinds(session, START, room) == []
    assert kinds(session, START + HOUR, room) == ["speaker_hours"]
    assert set(kinds(session, START + 2 * HOUR, room)) == {"speaker_hours", "room_hours"}


def test_more_seats_than_chairs_are_warned_of():
    session = make.session(capacity=100)

    assert kinds(session, START, make.room(capacity=99)) == ["seats"]
    assert kinds(session, START, make.room(capacity=100)) == []


def test_day_outside_of_the_edition_is_warned_of():
    assert kinds(make.session(), START + timedelta(days=3)) == ["days"]


@pytest.fixture
def far_apart():
    """One speaker, two venues 2.2 km apart: 39 minutes on foot."""
    here, there = (make.venue(latitude=lat, longitude="120") for lat in ["30.25", "30.27"])
    session = make.session(starts_at=START, room=make.room(venue=here))
    new = make.session(edition=session.edition)
    make.appearance(session=new, speaker=make.appearance(session=session).speaker)
    return new, here, make.room(venue=there)


@pytest.mark.parametrize(("gap", "expected"), [(38, ["walk"]), (39, [])])
def test_time_to_walk_between_venues_is_reckoned_with(far_apart, gap, expected):
    new, _here, room = far_apart

    assert kinds(new, START + HOUR + timedelta(minutes=gap), room) == expected
    assert kinds(new, START - HOUR - timedelta(minutes=gap), room) == expected


@pytest.mark.parametrize(("gap", "expected"), [(9, ["walk"]), (10, [])])
def test_way_that_is_recorded_counts_both_ways(far_apart, gap, expected):
    new, here, room = far_apart
    Walk.objects.create(venue=room.venue, other=here, minutes=10)

    assert kinds(new, START + HOUR + timedelta(minutes=gap), room) == expected


def test_ways_out_are_a_free_room_a_later_time_and_an_exchange():
    venue = make.venue()
    room, free = make.room(venue=venue), make.room(venue=venue, name_en="Blue room", capacity=80)
    taken = make.session(starts_at=START, room=room, title_en="Forum")
    edition = taken.edition
    make.session(edition=edition, starts_at=START + 3 * HOUR, room=free)
    session = make.session(edition=edition, starts_at=START + 5 * HOUR, room=free, capacity=70)
    plan = plan_of(edition)
    mine = plan.sessions[session.pk]

    found = ways_out(plan, mine, START, 60, room.pk, plan.warnings(mine, START, 60, room.pk))

    assert [(one.text, one.start, one.room, one.swap) for one in found] == [
        ("Use Blue room (80 chairs)", START, free.pk, None),
        ("Start at 10:00", START + HOUR, room.pk, None),
        ("Exchange with “Forum”", START, room.pk, taken.pk),
    ]
    assert all(not plan.warnings(mine, one.start, 60, one.room) for one in found[:2])


@pytest.mark.parametrize("sessions", [10, 500])
def test_warnings_of_an_edition_cost_the_same_however_many_sessions(
    django_assert_num_queries, sessions
):
    edition, venue = make.edition(), make.venue()
    plain_sessions(edition, venue, sessions)
    room = Room.objects.get(slug="plain-0")
    new = make.session(edition=edition, starts_at=START, room=room)

    # sessions, rooms, bookings of others, speakers, hours, ways
    with django_assert_num_queries(6):
        found = plan_of(edition).all_warnings()

    assert new.pk in found
    assert len(found) == 2


def way(session, start, room=None):
    """The first way out that is offered, which nothing speaks against."""
    plan = plan_of(session.edition)
    mine, key = plan.sessions[session.pk], room.pk if room else None
    found = ways_out(plan, mine, start, 60, key, plan.warnings(mine, start, 60, key))[0]
    if not found.capacity:
        assert plan.warnings(mine, found.start, 60, found.room) == []
    return found


def test_speaker_in_two_places_gets_a_time_that_is_free():
    session = make.session(starts_at=START)
    new = make.session(edition=session.edition)
    make.appearance(session=new, speaker=make.appearance(session=session).speaker)

    assert way(new, START).start == START + HOUR


def test_speaker_who_is_there_on_the_next_day_only_gets_that_day():
    new = make.session()
    speaker = make.appearance(session=new).speaker
    there = (START + timedelta(days=1), START + timedelta(days=1, hours=4))
    Availability.objects.create(speaker=speaker, during=there)

    assert way(new, START).start.date() == there[0].date()


def test_room_that_opens_later_gets_the_time_it_opens():
    room = make.room()
    Availability.objects.create(room=room, during=(START + HOUR, START + 6 * HOUR))

    assert way(make.session(), START, room).start == START + HOUR


def test_too_few_chairs_offer_fewer_seats():
    room = make.room(capacity=40)

    assert way(make.session(capacity=90), START, room).capacity == 40


def test_way_that_is_too_long_to_walk_offers_a_room_or_time_that_is_not(far_apart):
    new, _here, room = far_apart

    way(new, START + HOUR + timedelta(minutes=5), room)


def test_shared_hall_is_not_warned_of():
    room = make.room()
    shared = make.session(starts_at=START, room=room)
    Booking.objects.update(is_shared=True)

    assert kinds(make.session(edition=shared.edition), START, room) == []
