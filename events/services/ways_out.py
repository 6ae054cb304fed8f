"""The way out of a warning: another room or time, fewer seats, an exchange."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events.languages import short_day
from events.models import Room, Session
from events.services.warnings import STEP, Plan, Warned

EARLIEST, LATEST = 8, 22
OFFERED = 3
TRIED_ROOMS = 8


@dataclass(frozen=True)
class WayOut:
    """A place without warnings, or a session to exchange places with."""

    text: str
    start: datetime
    room: int | None
    swap: int | None = None
    capacity: int | None = None

    def as_json(self) -> dict[str, Any]:
        at = self.start.isoformat()
        kept = {"text": self.text, "start": at, "room": self.room}
        return {**kept, "swap": self.swap, "capacity": self.capacity}


def ways_out(
    plan: Plan,
    session: Session,
    start: datetime,
    minutes: int,
    room_id: int | None,
    warned: list[Warned],
) -> list[WayOut]:
    """A room for this time, the next time in this room, an exchange …: those that help."""
    if not warned:
        return []
    found = [
        *_fewer_seats(plan, start, room_id, warned),
        *_another_room(plan, session, start, minutes, room_id),
        *_another_time(plan, session, start, minutes, room_id),
        *_exchange(plan, session, start, room_id, warned),
    ]
    if not found:
        found = [*_another_room_and_time(plan, session, start, minutes, room_id)]
    return found[:OFFERED]


def _fewer_seats(
    plan: Plan, start: datetime, room_id: int | None, warned: list[Warned]
) -> Iterator[WayOut]:
    room = plan.rooms.get(room_id or 0)
    if room and room.capacity and {one.kind for one in warned} == {"seats"}:
        text = _("Offer %(chairs)s seats") % {"chairs": room.capacity}
        yield WayOut(text, start, room_id, capacity=room.capacity)


def _another_room(
    plan: Plan, session: Session, start: datetime, minutes: int, room_id: int | None
) -> Iterator[WayOut]:
    for room in _rooms_by_nearness(plan, room_id):
        if not plan.warnings(session, start, minutes, room.pk):
            text = _("Use %(room)s (%(chairs)s chairs)") if room.capacity else _("Use %(room)s")
            yield WayOut(text % {"room": room, "chairs": room.capacity}, start, room.pk)
            return


def _rooms_by_nearness(plan: Plan, room_id: int | None) -> list[Room]:
    here = plan.rooms.get(room_id or 0)
    venues = {plan.rooms[pk].venue_id for pk in [*plan.by_room, room_id] if pk in plan.rooms}
    rooms = [
        room
        for room in plan.rooms.values()
        if room.venue_id in venues and room.pk != room_id and room.kind != Room.Kind.TABLE
    ]
    return sorted(rooms, key=lambda room: _nearness(room, here))


def _nearness(room: Room, here: Room | None) -> tuple[bool, int]:
    """Rooms of the same building first, then of a like size."""
    if here is None:
        return (False, 0)
    return (room.venue_id != here.venue_id, abs((room.capacity or 0) - (here.capacity or 0)))


def _another_time(
    plan: Plan, session: Session, start: datetime, minutes: int, room_id: int | None
) -> Iterator[WayOut]:
    for other in _other_times(plan, start, minutes):
        if not plan.warnings(session, other, minutes, room_id):
            yield WayOut(_at(plan, start, other), other, room_id)
            return


def _another_room_and_time(
    plan: Plan, session: Session, start: datetime, minutes: int, room_id: int | None
) -> Iterator[WayOut]:
    rooms = _rooms_by_nearness(plan, room_id)[:TRIED_ROOMS]
    for other, room in product(_other_times(plan, start, minutes), rooms):
        if not plan.warnings(session, other, minutes, room.pk):
            values = {"room": room, "when": _at(plan, start, other)}
            yield WayOut(_("%(when)s in %(room)s") % values, other, room.pk)
            return


def _other_times(plan: Plan, start: datetime, minutes: int) -> Iterator[datetime]:
    """Later that day, then earlier, then on the other days of the edition."""
    local = timezone.localtime(start, plan.edition.tz)
    today = _times_of(local, minutes)
    yield from (at for at in today if at > start)
    yield from reversed([at for at in today if at < start])
    length = (plan.edition.ends_on - plan.edition.starts_on).days
    days = [plan.edition.starts_on + timedelta(days=n) for n in range(length + 1)]
    for day in sorted(days, key=lambda day: (day < local.date(), day)):
        if day != local.date():
            noon = local.replace(year=day.year, month=day.month, day=day.day)
            yield from _times_of(noon, minutes)


def _times_of(local: datetime, minutes: int) -> list[datetime]:
    """The starts of a day, in steps, that end before the night."""
    first = local.replace(hour=EARLIEST, minute=local.minute % 15, second=0, microsecond=0)
    last = local.replace(hour=LATEST, minute=0, second=0) - timedelta(minutes=minutes)
    count = max(0, (last - first) // STEP + 1)
    return [first + n * STEP for n in range(count)]


def _at(plan: Plan, start: datetime, other: datetime) -> str:
    before, local = (timezone.localtime(one, plan.edition.tz) for one in (start, other))
    values = {"time": f"{local:%H:%M}", "day": short_day(local.date())}
    if before.date() == local.date():
        return _("Start at %(time)s") % values
    return _("Start at %(time)s on %(day)s") % values


def _exchange(
    plan: Plan, session: Session, start: datetime, room_id: int | None, warned: list[Warned]
) -> Iterator[WayOut]:
    rivals = {one.rival for one in warned if one.kind == "room"}
    if len(rivals) == 1 and session.booking and (rival := rivals.pop()):
        text = _("Exchange with “%(what)s”") % {"what": plan.sessions[rival]}
        yield WayOut(text, start, room_id, swap=rival)
