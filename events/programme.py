"""The released programme as the public reads it: a snapshot, parsed and kept.

Nothing here asks the database: everything a page or a feed needs is in memory,
the same for every reader. `events/current.py` says which release that is.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language
from django_countries import countries

from events.models import Appearance, Session
from hrconf.lib.names import HAN


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language, which prints itself in the reader's."""

    by_language: Mapping[str, str]

    def __str__(self) -> str:
        return self.by_language.get(self.lang, "")

    def __bool__(self) -> bool:
        return any(self.by_language.values())

    @property
    def lang(self) -> str:
        """The language it prints in: the reader's, or another if that one is empty."""
        reader = get_language() or "en"
        if self.by_language.get(reader):
            return reader
        return next((code for code, text in self.by_language.items() if text), reader)

    @property
    def is_foreign(self) -> bool:
        return self.lang != get_language()

    @property
    def all(self) -> str:
        """Every language in one string, to be searched."""
        return " ".join(filter(None, self.by_language.values()))


EMPTY = Text({})
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TrackOf:
    """A track as it was released."""

    slug: str
    name: Text
    colour: int


@dataclass(frozen=True, slots=True)
class VenueOf:
    """A venue as it was released."""

    slug: str
    name: Text
    address: Text
    district: Text
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class RoomOf:
    """A room as it was released."""

    key: str
    venue: VenueOf
    name: Text
    floor: str
    capacity: int | None
    directions: Text = EMPTY
    plan: str = ""  # the name of a picture
    plan_alt: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture of a speaker, as it was released."""

    file: str
    alt: Text

    @property
    def name(self) -> str:
        """What its address is made of."""
        return PurePosixPath(self.file).stem


@dataclass(frozen=True, eq=False)
class SpeakerOf:
    """A speaker as released, with the sessions they are in."""

    code: str
    name_native: str
    name_latin: str
    sort_key: str
    title: Text
    organization: Text
    biography: Text
    country: str
    guid: str
    source_id: str
    portrait: Portrait | None = None
    sessions: list["SessionOf"] = field(default_factory=list, repr=False)

    @property
    def name(self) -> str:
        """The name as the reader reads it first."""
        return self.names[0]

    @property
    def other_name(self) -> str:
        """The name in the other script, where there is one."""
        return self.names[1] if len(self.names) > 1 else ""

    @property
    def names(self) -> list[str]:
        """Both scripts, once if they are the same; for who reads Chinese their own name first,
        unless it is in a script that is neither Chinese nor plain Latin."""
        both = [self.name_latin, self.name_native]
        native = self.name_native
        if (get_language() or "").startswith("zh") and (HAN.search(native) or native.isascii()):
            both.reverse()
        return list(dict.fromkeys(filter(None, both)))

    @property
    def country_name(self) -> str:
        return str(countries.name(self.country)) if self.country else ""

    @property
    def initials(self) -> str:
        """What stands in for a portrait: a surname's character, or two letters."""
        if HAN.match(self.name_native):
            return self.name_native[0]
        words = (self.name_latin or self.name_native).split()
        return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper()


@dataclass(frozen=True, slots=True)
class Part:
    """Someone's part in a session."""

    speaker: SpeakerOf
    role: str

    @property
    def role_label(self) -> str:
        """Empty for a plain speaker: it goes without saying."""
        if self.role == Appearance.Role.SPEAKER:
            return ""
        return label_of(Appearance.Role, self.role)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a park visit."""

    park: Text
    district: Text
    strengths: Text
    start: datetime
    end: datetime
    host: str


@dataclass(frozen=True, eq=False)
class SessionOf:
    """A session as it was released; times are in the conference's zone."""

    code: str
    kind: str
    status: str
    track: TrackOf | None
    title: Text
    abstract: Text
    language: str
    interpretation: tuple[str, ...]
    start: datetime
    end: datetime
    room: RoomOf | None
    capacity: int | None
    needs_seat: bool
    people: tuple[Part, ...]
    stops: tuple[Stop, ...]
    revision: Mapping
    day: date  # the day it belongs to: past midnight it is the one before
    guid: str
    source_id: str
    subtitle: Text
    description: Text
    format_name: str
    links: tuple[Mapping[str, str], ...]
    attachments: tuple[Mapping[str, str], ...]
    recording_licence: str
    is_off_record: bool

    @property
    def is_cancelled(self) -> bool:
        return self.status == Session.Status.CANCELLED

    @property
    def is_minor(self) -> bool:
        """A pause between the things people come for."""
        return self.kind in {Session.Kind.BREAK, Session.Kind.MEAL}

    @property
    def kind_label(self) -> str:
        return label_of(Session.Kind, self.kind)

    @property
    def names_its_kind(self) -> bool:
        """Whether its kind says more than the title does; of a talk it goes without saying."""
        says_nothing = self.is_minor or self.kind == Session.Kind.TALK
        return not says_nothing and self.kind_label != str(self.title)

    @property
    def interpreted(self) -> list[str]:
        """The languages it is interpreted into, besides the one spoken."""
        return [code for code in self.interpretation if code != self.language]

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds() // 60)

    @property
    def languages(self) -> set[str]:
        """Every language it can be followed in."""
        return {code for code in [self.language, *self.interpretation] if code}

    def is_over(self, moment: datetime) -> bool:
        """Whether it was held, so that one can say what one thought of it."""
        return not (self.is_cancelled or self.is_minor) and self.end <= moment

    def overlaps(self, other: "SessionOf") -> bool:
        """Whether nobody can be at both from beginning to end."""
        both = not (self.is_cancelled or other.is_cancelled)
        return both and self.start < other.end and other.start < self.end

    def is_on(self, moment: datetime) -> bool:
        return not self.is_cancelled and self.start <= moment < self.end


@dataclass(frozen=True, eq=False)
class Programme:
    """One release of an edition's programme."""

    slug: str
    name: Text
    city: Text
    tz: ZoneInfo
    starts_on: date
    ends_on: date
    day_begins_at: int  # an hour
    number: int
    released_at: datetime
    sha256: str
    tracks: dict[str, TrackOf]
    venues: dict[str, VenueOf]
    rooms: dict[str, RoomOf]
    speakers: dict[str, SpeakerOf]
    sessions: dict[str, SessionOf]

    @cached_property
    def days(self) -> dict[date, list[SessionOf]]:
        """The sessions of each day on which something happens."""
        ordered = sorted(self.sessions.values(), key=lambda s: s.day)
        return {day: list(group) for day, group in groupby(ordered, key=lambda s: s.day)}

    def of_track(self, slug: str) -> list[SessionOf]:
        return [s for s in self.sessions.values() if s.track and s.track.slug == slug]

    def day_of(self, moment: datetime) -> date:
        return day_at(moment.astimezone(self.tz), self.day_begins_at)

    def begin_of(self, day: date) -> datetime:
        """The instant at which a day of the conference begins."""
        return datetime.combine(day, time(self.day_begins_at), tzinfo=self.tz)

    def now(self, moment: datetime | None = None) -> "NowAndNext":
        """What is on, and what starts next today."""
        moment = moment or timezone.now()
        today = self.days.get(self.day_of(moment), [])
        on = [s for s in today if s.is_on(moment) and not s.is_minor]
        on.sort(key=lambda s: s.start, reverse=True)  # the all-day fair last
        later = [s for s in today if s.start > moment and not (s.is_cancelled or s.is_minor)]
        soonest = min((s.start for s in later), default=None)
        return NowAndNext(on, [s for s in later if s.start == soonest], is_today=bool(today))

    def next_turn(self, moment: datetime) -> datetime:
        """When what is on, or which day it is, changes next."""
        tomorrow = self.day_of(moment) + timedelta(days=1)
        day_ends = self.begin_of(tomorrow)
        turns = self._turns
        place = bisect_right(turns, moment)
        return min(day_ends, turns[place]) if place < len(turns) else day_ends

    @cached_property
    def _turns(self) -> list[datetime]:
        """Every instant at which a session begins or ends, in order."""
        return sorted({at for one in self.sessions.values() for at in (one.start, one.end)})

    def changes_of(self, session: SessionOf) -> list[str]:
        """What the current release did to a session that is held: "new", "moved", "room".

        In a first release nothing is new: everything is.
        """
        if session.is_cancelled or session.revision["number"] != self.number:
            return []
        told = {"new", "moved", "room"} if self.number > 1 else {"moved", "room"}
        return [kind for kind in session.revision["kinds"] if kind in told]

    @cached_property
    def track_counts(self) -> list[tuple[TrackOf, int]]:
        """Each track with the number of its sessions."""
        counts = Counter(s.track.slug for s in self.sessions.values() if s.track)
        return [(track, counts[slug]) for slug, track in self.tracks.items()]

    @property
    def opens_at(self) -> datetime:
        """A moment of the first day, whose offset from UTC is the conference's."""
        return datetime.combine(self.starts_on, time(12), tzinfo=self.tz)


@dataclass(frozen=True)
class NowAndNext:
    """What a reader in the corridor wants to know."""

    now: list[SessionOf]
    next: list[SessionOf]
    is_today: bool = False  # whether anything is planned on this day

    @property
    def starts_at(self) -> datetime | None:
        """Where the list of the day is at: the last to have started, else the next."""
        started = [session.start for session in self.now]
        return max(started) if started else min((s.start for s in self.next), default=None)


def label_of(choices, value: str) -> str:
    """The label of a choice; a value that a later version dropped stands for itself."""
    return str(dict(choices.choices).get(value, value))


def day_at(local: datetime, begins_at: int) -> date:
    """The day a moment belongs to, by clocks at the conference: 1:30 may be last night."""
    return (local - timedelta(hours=begins_at)).date()
