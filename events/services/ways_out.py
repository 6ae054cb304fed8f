"""The way out of a warning: another room, a later time, an exchange."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Room, Session
from events.services.warnings import STEP, Plan, Warned

LATEST = 22
OFFERED = 3


@dataclass(frozen=True)
class WayOut:
    """A place without warnings, or a session to exchange places with."""

    text: str
    start: datetime
    room: int | None
    swap: int | None = None

    def as_json(self) -> dict[str, Any]:
        at = self.start.isoformat()
        return {"text": self.text, "start": at, "room": self.room, "swap": self.swap}


def ways_out(
    plan: Plan,
    session: Session,
    start: datetime,
    minutes: int,
    room_id: int | None,
    warned: list[Warned],
) -> list[WayOut]:
    """A room for this time, the next time in this room, an exchange: those that help."""
    if not warned:
        return []
    found = [
        *_another_room(plan, session, start, minutes, room_id),
        *_another_time(plan, session, start, minutes, room_id),
        *_exchange(plan, session, start, room_id, warned),
    ]
    return found[:OFFERED]


def _another_room(
    plan: Plan, session: Session, start: datetime, minutes: int, room_id: int | None
) -> Iterator[WayOut]:
    used = set(plan.by_room) | {room_id}
    here = plan.rooms.get(room_id or 0)
    rooms = [room for room in plan.rooms.values() if room.pk in used and room.pk != room_id]
    for room in sorted(rooms, key=lambda room: _nearness(room, here)):
        if not plan.warnings(session, start, minutes, room.pk):
            text = _("Use %(room)s (%(chairs)s chairs)") if room.capacity else _("Use %(room)s")
            yield WayOut(text % {"room": room, "chairs": room.capacity}, start, room.pk)
            return


def _nearness(room: Room, here: Room | None) -> tuple[bool, int]:
    """Rooms of the same building first, then of a like size."""
    if here is None:
        return (False, 0)
    return (room.venue_id != here.venue_id, abs((room.capacity or 0) - (here.capacity or 0)))


def _another_time(
    plan: Plan, session: Session, start: datetime, minutes: int, room_id: int | None
) -> Iterator[WayOut]:
    later = start
    for _try in range(24 * 4):
        later += STEP
        local = timezone.localtime(later + timedelta(minutes=minutes), plan.edition.tz)
        if local.hour >= LATEST or local.date() > timezone.localtime(start, plan.edition.tz).date():
            return
        if not plan.warnings(session, later, minutes, room_id):
            clock = f"{timezone.localtime(later, plan.edition.tz):%H:%M}"
            yield WayOut(_("Start at %(time)s") % {"time": clock}, later, room_id)
            return


def _exchange(
    plan: Plan, session: Session, start: datetime, room_id: int | None, warned: list[Warned]
) -> Iterator[WayOut]:
    rivals = {one.rival for one in warned if one.kind == "room"}
    if len(rivals) == 1 and session.booking and (rival := rivals.pop()):
        text = _("Exchange with “%(what)s”") % {"what": plan.sessions[rival]}
        yield WayOut(text, start, room_id, swap=rival)
