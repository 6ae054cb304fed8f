"""The grid of the editor: rooms by time, as plain data for the browser."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from events.models import Edition, Room, Session
from events.services.placing import may_edit_all
from events.services.steps import revision
from events.services.warnings import Plan, Taken, Warned, plan_of
from hrconf.accounts.models import User

NO_ROOM = 0


def days_of(edition: Edition) -> list[date]:
    length = (edition.ends_on - edition.starts_on).days
    return [edition.starts_on + timedelta(days=n) for n in range(length + 1)]


def local(moment: datetime, edition: Edition) -> str:
    """A time as the clocks of the host city show it, without a zone."""
    return f"{timezone.localtime(moment, edition.tz):%Y-%m-%dT%H:%M:%S}"


def grid_of(edition: Edition, user: User) -> dict[str, Any]:
    """Everything the editor draws; a fixed number of queries."""
    number = revision(edition.pk)  # read first: what follows is at least as new
    plan = plan_of(edition)
    warned = plan.all_warnings()
    tracks = set(user.tracks.values_list("pk", flat=True))
    is_all = may_edit_all(user)
    sessions = {
        one.pk: _session(one, warned.get(one.pk, []), is_all or one.track_id in tracks)
        for one in plan.sessions.values()
    }
    placed = {one.session: one for one in plan.taken if one.session}
    return {
        "revision": number,
        "mayAll": is_all,
        "rooms": [_room(one) for one in rooms_of(plan)],
        "events": [{**sessions[pk], **_at(one, edition)} for pk, one in placed.items()],
        "unscheduled": [one for pk, one in sessions.items() if pk not in placed],
        "blocks": [_block(one, edition) for one in plan.taken if not one.session],
    }


def rooms_of(plan: Plan) -> list[Room]:
    """Rooms of the buildings in use, without meeting tables; all if none is in use."""
    used = {one.room for one in plan.taken if one.room}
    venues = {plan.rooms[pk].venue_id for pk in used if pk in plan.rooms}
    return [
        room
        for room in plan.rooms.values()
        if room.pk in used
        or (room.kind != Room.Kind.TABLE and (not venues or room.venue_id in venues))
    ]


def _room(room: Room) -> dict[str, Any]:
    title = {"id": room.pk, "name": str(room), "venue": str(room.venue)}
    return {**title, "capacity": room.capacity}


def _session(one: Session, warned: list[Warned], may_edit: bool) -> dict[str, Any]:
    return {
        "id": one.pk,
        "title": one.title,
        "kind": one.kind,
        "track": one.track_id,
        "colour": one.track.colour if one.track else 0,
        "minutes": one.minutes,
        "mine": may_edit,
        "unreleased": bool(one.booking and not one.booking.is_firm),
        "warnings": [warning.as_json() for warning in warned],
    }


def _at(one: Taken, edition: Edition) -> dict[str, Any]:
    start, end = local(one.start, edition), local(one.end, edition)
    return {"start": start, "end": end, "room": one.room or NO_ROOM}


def _block(one: Taken, edition: Edition) -> dict[str, Any]:
    pk = int(one.key[1:]) if one.key.startswith("b") else None
    return {"id": one.key, "block": pk, "title": one.title, **_at(one, edition)}
