"""What both formats say of a programme: days and rooms, names, ids, addresses."""

import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.urls import reverse

from events.programme import Programme, RoomOf, SessionOf, SpeakerOf
from hrconf.lib.links import absolute

GENERATOR = "hrconf"
SLOT = "00:05"
NO_ROOM = "—"  # of what needs none of our rooms; both formats want a name
# The palette of static/css/schedule.css.
COLOURS = ["#2f8577", "#3b7fc4", "#c9573a", "#a37a1c", "#8d62b3", "#4f8a3a", "#c05585", "#6b7f8c"]
LARGEST = 2**31  # ids that every program can hold


@dataclass(frozen=True)
class Outline:
    """A programme, or the part of it that is asked for, in the order of the formats."""

    programme: Programme
    sessions: tuple[SessionOf, ...]

    @classmethod
    def of(cls, programme: Programme, chosen: Iterable[SessionOf]) -> "Outline":
        return cls(programme, tuple(s for s in chosen if not s.is_cancelled))

    @property
    def acronym(self) -> str:
        """The edition's slug in the letters that both formats allow, at least four."""
        plain = re.sub(r"[^a-z0-9_]", "_", self.programme.slug.lower())
        return plain if len(plain) >= 4 else f"conf_{plain}"

    @property
    def url(self) -> str:
        return absolute(reverse("events:schedule", args=[self.programme.slug]))

    @cached_property
    def days(self) -> list[tuple[int, date]]:
        """Each day with its number: those of the conference, and others on which something is."""
        first, last = self.programme.starts_on, self.programme.ends_on
        span = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        every = sorted(span | set(self.programme.days))
        wanted = {session.day for session in self.sessions}
        return [(n, day) for n, day in enumerate(every, 1) if day in wanted or not wanted]

    def start_of(self, day: date) -> datetime:
        hour = time(self.programme.day_begins_at)
        return datetime.combine(day, hour, tzinfo=self.programme.tz)

    def end_of(self, day: date) -> datetime:
        return self.start_of(day + timedelta(days=1))

    def rooms_of(self, day: date) -> dict[str, list[SessionOf]]:
        """The sessions of a day by the name of their room, rooms in their order."""
        found: dict[str, list[SessionOf]] = defaultdict(list)
        for session in self._by_day[day]:
            found[self.room_name(session.room)].append(session)
        order = {self.room_name(room): n for n, room in enumerate(self.programme.rooms.values())}
        return dict(sorted(found.items(), key=lambda pair: order.get(pair[0], len(order))))

    @cached_property
    def _by_day(self) -> dict[date, list[SessionOf]]:
        found: dict[date, list[SessionOf]] = defaultdict(list)
        for session in self.sessions:
            found[session.day].append(session)
        return found

    @cached_property
    def _namesakes(self) -> Counter[str]:
        return Counter(str(room.name) for room in self.programme.rooms.values())

    def room_name(self, room: RoomOf | None) -> str:
        """A room's name, with its building where two have the same."""
        if room is None:
            return NO_ROOM
        name = str(room.name) or room.key
        return f"{name} ({room.venue.name})" if self._namesakes[str(room.name)] > 1 else name

    def room_guid(self, room: RoomOf | None) -> str:
        key = room.key if room else "none"
        return str(uuid.uuid5(uuid.NAMESPACE_URL, absolute(f"/rooms/{key}")))

    @cached_property
    def ids(self) -> dict[str, int]:
        """A number for each session by its code: the source's, else one made of its GUID."""
        sessions = sorted(self.programme.sessions.values(), key=lambda s: s.code)
        numbers = {s.code: given for s in sessions if (given := number_of(s.source_id))}
        taken = set(numbers.values())
        for session in sessions:
            if session.code not in numbers:
                made = int(guid_of(session).replace("-", "")[:8], 16) % (LARGEST - 1) + 1
                while made in taken:
                    made += 1
                taken.add(made)
                numbers[session.code] = made
        return numbers

    def slug_of(self, session: SessionOf) -> str:
        """Acronym and code, as the formats want it; with its number where that is not enough."""
        code = session.code.lower()
        if len(code) >= 4 and re.fullmatch(r"[a-z0-9_-]*[a-z0-9]", code):
            return f"{self.acronym}-{code}"
        return f"{self.acronym}-{code.strip('_-')}-{self.ids[session.code]}"

    def url_of(self, session: SessionOf) -> str:
        return absolute(reverse("events:session", args=[self.programme.slug, session.code]))

    def url_of_speaker(self, speaker: SpeakerOf) -> str:
        return absolute(reverse("events:speaker", args=[self.programme.slug, speaker.code]))


def number_of(source_id: str) -> int | None:
    """The id of a source, if it is a number that every program can hold."""
    is_plain = source_id.isascii() and source_id.isdecimal() and not source_id.startswith("0")
    return int(source_id) if is_plain and int(source_id) < LARGEST else None


def guid_of(session: SessionOf) -> str:
    """Its GUID; releases of before sessions had one get one of their address."""
    return session.guid or str(uuid.uuid5(uuid.NAMESPACE_URL, session.code))


def length(minutes: int, *, most_hours: int | None = None) -> str:
    """HH:MM, or with a limit of hours D:HH:MM for what lasts longer."""
    hours, rest = divmod(minutes, 60)
    if most_hours is not None and hours > most_hours:
        days, hours = divmod(hours, 24)
        return f"{days}:{hours:02}:{rest:02}"
    return f"{hours:02}:{rest:02}"


def kind_name(session: SessionOf) -> str:
    return session.format_name or session.kind_label
