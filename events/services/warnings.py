"""What speaks against a session at a time in a room, and the way out of it.

A `Plan` reads an edition once, in a fixed number of queries, and then answers for any
place without asking the database.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Appearance, Availability, Booking, Edition, Room, Session, Walk

METRES_A_MINUTE = 75  # 4.5 km/h, as Chinese planners count people on foot
DETOUR = 1.3  # streets are longer than the line on the map
EARTH = 6_371_000
LONGEST_WALK = timedelta(hours=3)
STEP = timedelta(minutes=15)
NAMED = 3


@dataclass(frozen=True)
class Taken:
    """A stretch of time in a room, and what for."""

    key: str
    title: str
    start: datetime
    end: datetime
    room: int | None
    session: int | None = None
    is_shared: bool = False

    def overlaps(self, start: datetime, end: datetime) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Warned:
    """One thing that speaks against a place; `is_hard` if a release would refuse it."""

    kind: str
    text: str
    is_hard: bool = False
    rival: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "hard": self.is_hard}


@dataclass
class Plan:
    """An edition's drafts, rooms, blocks and absences, read once."""

    edition: Edition
    sessions: dict[int, Session]
    rooms: dict[int, Room]
    taken: list[Taken]
    speakers: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    there: dict[tuple[str, int], list[tuple[datetime, datetime]]] = field(default_factory=dict)
    walks: dict[tuple[int, int], int] = field(default_factory=dict)

    @cached_property
    def by_room(self) -> dict[int, list[Taken]]:
        found = defaultdict(list)
        for one in sorted(self.taken, key=lambda one: one.start):
            if one.room:
                found[one.room].append(one)
        return found

    @cached_property
    def by_speaker(self) -> dict[int, list[Taken]]:
        found = defaultdict(list)
        for one in self.taken:
            for speaker, _name in self.speakers.get(one.session or 0, []):
                found[speaker].append(one)
        return found

    def warnings(
        self, session: Session, start: datetime, minutes: int, room_id: int | None
    ) -> list[Warned]:
        """What speaks against the session there, the gravest first."""
        end = start + timedelta(minutes=minutes)
        room = self.rooms.get(room_id or 0)
        found = [*self._of_days(start, end), *self._of_speakers(session, start, end, room)]
        if room:
            found += [*self._of_room(session, start, end, room), *self._of_chairs(session, room)]
        return sorted(found, key=lambda one: not one.is_hard)

    def _of_days(self, start: datetime, end: datetime) -> Iterator[Warned]:
        edition = self.edition
        first = timezone.localtime(start, edition.tz).date()
        if not edition.starts_on <= first <= edition.ends_on:
            yield Warned("days", _("This is not a day of the conference."))

    def _of_room(
        self, session: Session, start: datetime, end: datetime, room: Room
    ) -> Iterator[Warned]:
        rivals = self.by_room.get(room.pk, [])
        late = bisect_left(rivals, end, key=lambda one: one.start)
        own = next((one for one in rivals if one.session == session.pk), None)
        is_shared = bool(own and own.is_shared and (own.start, own.end) == (start, end))
        for one in rivals[:late]:
            if is_shared or one.is_shared:
                continue  # two things in one hall, and that is meant
            if one.session != session.pk and one.overlaps(start, end):
                text = _("%(room)s is taken: %(what)s, %(time)s.")
                values = {"room": room, "what": one.title, "time": self._span(one)}
                yield Warned("room", text % values, is_hard=True, rival=one.session)
        if not self._is_there("room", room.pk, start, end):
            yield Warned("room_hours", _("%(room)s is not available then.") % {"room": room})

    def _of_chairs(self, session: Session, room: Room) -> Iterator[Warned]:
        if session.capacity and room.capacity and session.capacity > room.capacity:
            text = _("%(seats)s seats are offered, %(room)s has %(chairs)s chairs.")
            values = {"seats": session.capacity, "room": room, "chairs": room.capacity}
            yield Warned("seats", text % values)

    def _of_speakers(
        self, session: Session, start: datetime, end: datetime, room: Room | None
    ) -> Iterator[Warned]:
        for speaker, name in self.speakers.get(session.pk, []):
            if not self._is_there("speaker", speaker, start, end):
                yield Warned("speaker_hours", _("%(who)s is not available then.") % {"who": name})
            for one in self.by_speaker.get(speaker, []):
                if one.session != session.pk:
                    yield from self._of_speaker(name, one, start, end, room)

    def _of_speaker(
        self, name: str, one: Taken, start: datetime, end: datetime, room: Room | None
    ) -> Iterator[Warned]:
        values: dict[str, Any] = {"who": name, "what": one.title, "time": self._span(one)}
        if one.overlaps(start, end):
            yield Warned("speaker", _("%(who)s is in “%(what)s” then, %(time)s.") % values)
            return
        gap = max(start - one.end, one.start - end)
        other = self.rooms.get(one.room or 0)
        if gap > LONGEST_WALK or not (room and other):
            return
        walk = self.walk(other, room)
        if gap < timedelta(minutes=walk):
            values |= {"walk": walk, "left": int(gap.total_seconds() // 60)}
            text = _("%(who)s needs %(walk)s minutes from or to “%(what)s”, %(left)s are left.")
            yield Warned("walk", text % values)

    def walk(self, one: Room, other: Room) -> int:
        """Minutes on foot between the venues of two rooms; 0 if nobody knows."""
        if one.venue_id == other.venue_id:
            return 0
        pair = (one.venue_id, other.venue_id)
        known = self.walks.get(pair, self.walks.get(pair[::-1]))
        return known if known is not None else minutes_between(one.venue, other.venue)

    def _is_there(self, what: str, pk: int, start: datetime, end: datetime) -> bool:
        hours = self.there.get((what, pk))
        return not hours or any(first <= start and end <= last for first, last in hours)

    def _span(self, one: Taken) -> str:
        first, last = (timezone.localtime(at, self.edition.tz) for at in (one.start, one.end))
        return f"{first:%H:%M}–{last:%H:%M}"

    def on(self, day: date) -> list[Taken]:
        """What begins on a day, by the clocks of the host city."""
        tz = self.edition.tz
        return [one for one in self.taken if timezone.localtime(one.start, tz).date() == day]

    def all_warnings(self, among: Iterable[Taken] | None = None) -> dict[int, list[Warned]]:
        """Every scheduled session that something speaks against."""
        found = {}
        for one in self.taken if among is None else among:
            if one.session in self.sessions:
                session = self.sessions[one.session]
                minutes = round((one.end - one.start).total_seconds() / 60)
                if warned := self.warnings(session, one.start, minutes, one.room):
                    found[session.pk] = warned
        return found


def minutes_between(one: Any, other: Any) -> int:
    """Minutes on foot by the great circle between two venues, with a detour (haversine)."""
    spots = [one.latitude, one.longitude, other.latitude, other.longitude]
    if None in spots:
        return 0
    lat1, lon1, lat2, lon2 = (radians(float(spot)) for spot in spots)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return ceil(2 * EARTH * asin(sqrt(half)) * DETOUR / METRES_A_MINUTE)


# Reading ----------------------------------------------------------------------


def plan_of(edition: Edition) -> Plan:
    """Read an edition: six queries, however many sessions it has."""
    sessions = {
        one.pk: one
        for one in Session.objects.filter(edition=edition)
        .exclude(status=Session.Status.CANCELLED)
        .select_related("track", "booking", "held")
    }
    rooms = {one.pk: one for one in Room.objects.select_related("venue")}
    plan = Plan(edition, sessions, rooms, _taken(edition, sessions))
    plan.speakers = _speakers(edition)
    plan.there = _there(edition)
    for venue, other, minutes in Walk.objects.values_list("venue", "other", "minutes"):
        plan.walks[venue, other] = minutes
    return plan


def _taken(edition: Edition, sessions: dict[int, Session]) -> list[Taken]:
    found = [
        Taken(
            f"s{one.pk}", str(one), b.during.lower, b.during.upper, b.room_id, one.pk, b.is_shared
        )
        for one in sessions.values()
        if (b := one.booking)
    ]
    # Of others only what a release would refuse, near the edition's days.
    first, last = (edition.starts_on - timedelta(days=2), edition.ends_on + timedelta(days=3))
    foreign = Booking.objects.filter(
        Q(block__edition=edition) | Q(is_firm=True), room__isnull=False
    ).filter(during__startswith__date__gte=first, during__startswith__date__lte=last)
    foreign = foreign.exclude(session__edition=edition).exclude(held_by__edition=edition)
    for one in foreign.select_related("block", "session"):
        owner = getattr(one, "block", None) or getattr(one, "session", None)
        title = str(owner or _("another booking"))
        key = f"b{one.block.pk}" if hasattr(one, "block") else f"x{one.pk}"
        found.append(Taken(key, title, one.during.lower, one.during.upper, one.room_id))
    return found


def _speakers(edition: Edition) -> dict[int, list[tuple[int, str]]]:
    found = defaultdict(list)
    rows = Appearance.objects.filter(session__edition=edition).select_related("speaker")
    for one in rows:
        found[one.session_id].append((one.speaker_id, one.speaker.both_names))
    return found


def _there(edition: Edition) -> dict[tuple[str, int], list[tuple[datetime, datetime]]]:
    found = defaultdict(list)
    rows = Availability.objects.filter(Q(room__isnull=False) | Q(speaker__edition=edition))
    for one in rows:
        key = ("room", one.room_id) if one.room_id else ("speaker", one.speaker_id or 0)
        found[key].append((one.during.lower, one.during.upper))
    return found
