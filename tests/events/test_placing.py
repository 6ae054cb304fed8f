"""Editing the programme's drafts: nothing public changes, nobody overwrites anybody."""

from datetime import timedelta

import pytest

from events.models import Booking, RoomBlock, Session, Step
from events.services.blocks import block_room, copy_to_all_rooms, open_room
from events.services.placing import NotYours, Place, place, resize, swap, unschedule
from events.services.releases import ScheduleClash, release_schedule
from events.services.steps import Overtaken, revision
from events.services.undoing import undo
from hrconf.accounts.roles import Role
from hrconf.lib.errors import DomainError
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.OPENING + timedelta(hours=3)


@pytest.fixture
def organizer():
    return make.organizer(name="Lin")


def at(room=None, starts_at=make.OPENING, minutes=60) -> Place:
    return Place(starts_at, minutes, room.pk if room else None)


def where(session) -> Place | None:
    session = Session.objects.select_related("booking").get(pk=session.pk)
    return Place.of_booking(session.booking)


def test_session_is_placed_moved_resized_and_taken_out(organizer):
    session, room = make.session(), make.room()

    place(session.pk, to=at(room), by=organizer)
    place(session.pk, to=at(room, LATER), by=organizer)
    resize(session.pk, minutes=25, by=organizer)
    assert where(session) == at(room, LATER, 25)
    unschedule(session.pk, by=organizer)

    assert where(session) is None
    kinds = list(Step.objects.order_by("number").values_list("number", "kind"))
    assert kinds == [(1, "place"), (2, "place"), (3, "resize"), (4, "unschedule")]
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("minutes", [0, 4, 24 * 60 + 1])
def test_length_without_sense_is_refused(minutes):
    session = make.session(starts_at=make.OPENING)

    with pytest.raises(DomainError):
        resize(session.pk, minutes=minutes)

    assert where(session) == at()


def test_placing_where_it_is_already_is_no_step():
    session = make.session(starts_at=make.OPENING)

    place(session.pk, to=at())

    assert revision(session.edition_id) == 0


def test_released_sessions_exchange_their_rooms_in_the_draft_and_with_the_release():
    first, second = make.room(), make.room()
    one = make.session(starts_at=make.OPENING, room=first)
    two = make.session(edition=one.edition, starts_at=make.OPENING, room=second)
    release_schedule(one.edition_id)

    swap(one.pk, other=two.pk)
    rooms = set(Booking.objects.filter(is_firm=True).values_list("room", flat=True))
    assert rooms == {first.pk, second.pk}  # held for who reads the release
    release_schedule(one.edition_id)

    assert (where(one), where(two)) == (at(second), at(first))
    assert list(Booking.objects.values_list("is_firm", flat=True)) == [True, True]


def test_session_that_moves_back_has_its_released_booking_again():
    room = make.room()
    session = make.session(starts_at=make.OPENING, room=room)
    release_schedule(session.edition_id)
    firm = Session.objects.get(pk=session.pk).booking_id

    place(session.pk, to=at(room, LATER))
    place(session.pk, to=at(room))

    session.refresh_from_db()
    assert (session.booking_id, session.held_id) == (firm, None)
    assert Booking.objects.count() == 1


def test_stale_organizer_is_told_what_the_other_did_and_overwrites_nothing(organizer):
    session, room = make.session(title_en="Forum"), make.room(name_en="Hall")
    seen = revision(session.edition_id)
    place(session.pk, to=at(room), seen=seen, by=organizer)

    with pytest.raises(Overtaken) as refusal:
        place(session.pk, to=at(room, LATER), seen=seen, by=make.organizer())

    assert "Lin: Moved – “Forum” (2017-11-08 09:00, Hall)" in refusal.value.messages[0]
    assert where(session) == at(room)


def test_another_session_may_be_moved_by_who_has_not_seen_the_step(organizer):
    session, room = make.session(), make.room()
    other = make.session(edition=session.edition)
    place(session.pk, to=at(room), seen=0, by=organizer)

    place(other.pk, to=at(room, LATER), seen=0, by=make.organizer())

    assert where(other) == at(room, LATER)


def test_own_steps_are_taken_back_one_after_the_other(organizer):
    session, room = make.session(), make.room()
    place(session.pk, to=at(room), by=organizer)
    place(session.pk, to=at(room, LATER), by=organizer)
    place(make.session(edition=session.edition).pk, to=at(room), by=make.organizer())

    undo(session.edition_id, by=organizer)
    assert where(session) == at(room)
    undo(session.edition_id, by=organizer)

    assert where(session) is None
    with pytest.raises(DomainError, match="nothing of yours"):
        undo(session.edition_id, by=organizer)


def test_step_is_not_taken_back_once_somebody_moved_the_session_on(organizer):
    session, room = make.session(), make.room()
    place(session.pk, to=at(room), by=organizer)
    place(session.pk, to=at(room, LATER), by=make.organizer(name="Mei"))

    with pytest.raises(Overtaken, match="Mei"):
        undo(session.edition_id, by=organizer)

    assert where(session) == at(room, LATER)


def test_exchange_is_taken_back_whole(organizer):
    first, second = make.room(), make.room()
    one = make.session(starts_at=make.OPENING, room=first)
    two = make.session(edition=one.edition, starts_at=LATER, room=second)
    swap(one.pk, other=two.pk, by=organizer)

    undo(one.edition_id, by=organizer)

    assert (where(one), where(two)) == (at(first), at(second, LATER))


def test_break_is_copied_to_the_rooms_that_are_free_and_back(organizer):
    rooms = [make.room() for _ in range(4)]
    pause = make.session(starts_at=LATER, room=rooms[0], kind="break", code="tea")
    edition = pause.edition
    make.session(edition=edition, starts_at=LATER, room=rooms[1])  # not free
    make.session(edition=edition, starts_at=make.OPENING, room=rooms[2])
    make.session(edition=edition, starts_at=make.OPENING, room=rooms[3])

    assert copy_to_all_rooms(pause.pk, by=organizer) == 2
    copies = Session.objects.filter(kind="break").exclude(pk=pause.pk)
    assert {where(one) for one in copies} == {at(room, LATER) for room in rooms[2:]}
    undo(edition.pk, by=organizer)

    assert list(Session.objects.filter(kind="break")) == [pause]


def test_blocked_room_keeps_the_programme_from_being_released(organizer):
    session = make.session(starts_at=make.OPENING, room=make.room())
    block_room(session.edition_id, at=at(session.booking.room), reason="Painters", by=organizer)

    with pytest.raises(ScheduleClash, match="Painters"):
        release_schedule(session.edition_id)


def test_block_is_firm_at_once_where_nothing_firm_is_and_is_taken_back(organizer):
    edition, room = make.edition(), make.room()
    block = block_room(edition.pk, at=at(room), reason="Painters", by=organizer)
    assert block.booking.__class__.objects.get(pk=block.booking_id).is_firm

    open_room(block.pk, by=organizer)
    undo(edition.pk, by=organizer)
    assert RoomBlock.objects.get().reason == "Painters"


def test_block_needs_a_reason(organizer):
    with pytest.raises(DomainError):
        block_room(make.edition().pk, at=at(make.room()), reason=" ", by=organizer)


def test_organizer_of_a_track_edits_that_track_only():
    track = make.track()
    user = make.office(Role.READ_ONLY)
    track.organizers.add(user)
    mine = make.session(edition=track.edition, track=track)
    others = make.session(edition=track.edition, starts_at=make.OPENING, room=make.room())
    pause = make.session(edition=track.edition, starts_at=LATER, kind="break", track=track)

    place(mine.pk, to=at(), by=user)
    for refused in [
        lambda: place(others.pk, to=at(None, LATER), by=user),
        lambda: unschedule(others.pk, by=user),
        lambda: resize(others.pk, minutes=10, by=user),
        lambda: swap(mine.pk, other=others.pk, by=user),
        lambda: copy_to_all_rooms(pause.pk, by=user),
        lambda: block_room(track.edition_id, at=at(make.room()), reason="x", by=user),
    ]:
        with pytest.raises(NotYours):
            refused()

    assert where(mine) == at()
    assert Step.objects.count() == 1
