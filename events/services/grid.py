"""The grid of the editor: rooms by time, as plain data for the browser."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from events.models import Edition, Release, Room, Session, Step
from events.services.edits import TITLES
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


def grid_of(edition: Edition, user: User, day: date | None = None) -> dict[str, Any]:
    """What the editor draws of a day, the first that is used by default; in a fixed number
    of queries, however many sessions there are."""
    number = revision(edition.pk)  # read first: what follows is at least as new
    plan = plan_of(edition)
    days = days_used(plan)
    day = day if day in days else next((one for one in days if days[one]), next(iter(days)))
    taken = plan.on(day)
    warned = plan.all_warnings(taken)
    retold = retold_since_release(edition)
    tracks = set(user.tracks.values_list("pk", flat=True))
    is_all = may_edit_all(user)
    here = {one.session: one for one in taken if one.session}
    sessions = {
        one.pk: {
            **_session(one, warned.get(one.pk, []), is_all or one.track_id in tracks),
            "retold": one.pk in retold,
        }
        for one in plan.sessions.values()
        if one.pk in here or not one.booking
    }
    return {
        "revision": number,
        "mayAll": is_all,
        "day": f"{day:%Y-%m-%d}",
        "days": {f"{one:%Y-%m-%d}": number for one, number in days.items()},
        "rooms": [_room(one) for one in rooms_of(plan)],
        "events": [{**sessions[pk], **_at(one, edition)} for pk, one in here.items()],
        "unscheduled": [one for pk, one in sessions.items() if pk not in here],
        "blocks": [_block(one, edition) for one in taken if not one.session],
    }


def days_used(plan: Plan) -> dict[date, int]:
    """The days of the edition and others that are used, with the number of sessions."""
    tz = plan.edition.tz
    count = Counter(timezone.localtime(one.start, tz).date() for one in plan.taken if one.session)
    return {day: count[day] for day in sorted({*days_of(plan.edition), *count})}


def retold_since_release(edition: Edition) -> set[int]:
    """Sessions of which anything but the place was changed after the last release."""
    last = Release.objects.filter(edition=edition).aggregate(at=Max("released_at"))["at"]
    if last is None:
        return set()  # all is new
    steps = Step.objects.filter(edition=edition, at__gt=last, undone_by=None)
    steps = steps.filter(changes__contains=[{"what": "text"}]).exclude(kind=Step.Kind.UNDO)
    lists = steps.values_list("changes", flat=True)
    return {one["pk"] for changes in lists for one in changes if one["what"] == "text"}


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
        "titles": {name: getattr(one, name) or "" for name in TITLES},
        "capacity": one.capacity,
        "state": one.get_status_display() if one.status != Session.Status.CONFIRMED else "",
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
