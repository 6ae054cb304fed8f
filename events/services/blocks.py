"""Rooms kept free, and one break in every room: for organizers of the whole programme."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from events.models import Booking, Edition, Room, RoomBlock, Session, Step
from events.services.placing import (
    NotYours,
    Place,
    check_length,
    json_of,
    locked_session,
    may_edit_all,
)
from events.services.steps import change, lock_edition, record
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

Kind = Step.Kind
SAME = ["edition", "kind", "track", "title_en", "title_zh_hans", "language", "status", "minutes"]


@transaction.atomic
def block_room(edition_id: int, *, at: Place, reason: str, by: User | None = None) -> RoomBlock:
    """Keep a room free for a while, with the reason; organizers of all only."""
    edition = for_organizers(edition_id, by)
    check_length(at.minutes)
    if at.room is None or not reason.strip():
        raise DomainError(_("Say which room is blocked, and why."), code="incomplete")
    block = make_block(edition, at, reason.strip())
    after = {**at.as_json(), "reason": block.reason}
    record(edition, Kind.BLOCK, [change("block", block.pk, None, after)], by=by)
    return block


def make_block(edition: Edition, at: Place, reason: str) -> RoomBlock:
    booking = Booking.objects.create(during=at.during, room_id=at.room)
    try:  # nobody else may book it from now on, unless something firm is there
        with transaction.atomic():
            Booking.objects.filter(pk=booking.pk).update(is_firm=True)
    except IntegrityError:
        pass  # the grid warns; the next release makes it firm, or says why not
    return RoomBlock.objects.create(edition=edition, booking=booking, reason=reason)


@transaction.atomic
def open_room(block_id: int, *, by: User | None = None) -> None:
    """Take a block away."""
    block = RoomBlock.objects.select_related("booking").get(pk=block_id)
    edition = for_organizers(block.edition_id, by)
    before = block_json(block)
    remove_block(block)
    record(edition, Kind.UNBLOCK, [change("block", block_id, before, None)], by=by)


def block_json(block: RoomBlock) -> dict[str, Any]:
    at = Place.of_booking(block.booking)
    return {**(json_of(at) or {}), "reason": block.reason}


def remove_block(block: RoomBlock) -> None:
    booking = block.booking
    block.delete()
    booking.delete()


def for_organizers(edition_id: int, by: User | None) -> Edition:
    if by and not may_edit_all(by):
        raise NotYours(_("Only organizers of the whole programme may do that."), code="not_yours")
    return lock_edition(edition_id)


@transaction.atomic
def copy_to_all_rooms(pk: int, *, seen: int | None = None, by: User | None = None) -> int:
    """Give every room of the programme that is free then the same break; says how many."""
    edition, source = locked_session(pk, seen, by)
    for_organizers(edition.pk, by)
    at = Place.of_booking(source.booking)
    if source.kind not in {Session.Kind.BREAK, Session.Kind.MEAL} or at is None:
        raise DomainError(_("Only a break or a meal with a time is copied."), code="no_break")
    taken = set(Session.objects.filter(edition=edition).values_list("code", flat=True))
    changes = []
    for room in _free_rooms(edition, at):
        copy = _copied(source, room, at, taken)
        after = {**at.as_json(), "room": room.pk}
        changes.append(change("session", copy.pk, {"made": True}, after))
    if changes:
        record(edition, Kind.COPY, changes, by=by)
    return len(changes)


def _free_rooms(edition: Edition, at: Place) -> list[Room]:
    used = Booking.objects.filter(session__edition=edition, room__isnull=False)
    busy = Booking.objects.filter(during__overlap=at.during, room__isnull=False)
    rooms = Room.objects.filter(pk__in=used.values("room")).exclude(pk__in=busy.values("room"))
    return list(rooms)


def _copied(source: Session, room: Room, at: Place, taken: set[str]) -> Session:
    code = _free_code(f"{source.code[:40]}-{room.slug[:12]}", taken)
    taken.add(code)
    return Session.objects.create(
        **{name: getattr(source, name) for name in SAME},
        code=code,
        booking=Booking.objects.create(during=at.during, room=room),
    )


def _free_code(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(one for one in numbered if one not in taken)
