"""What a schedule file says, whatever its format: plain data, nothing of ours."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from hrconf.lib.errors import DomainError
from hrconf.lib.names import HAN

Words = dict[str, str]  # one text by language; a text that is the same in both stands once


class NotASchedule(DomainError):
    """The file is none of the formats we read, or it is broken."""


def refusal(text: object, **params: object) -> NotASchedule:
    return NotASchedule(ValidationError(str(text) % params if params else str(text)), code="file")


def words(text: str) -> Words:
    """A text of a file that names no language: Chinese where it has Chinese characters."""
    if not text:
        return {}
    return {"zh-hans" if HAN.search(text) else "en": text}


def both(chinese: str, english: str) -> Words:
    """A text in two languages; kept once where both are the same."""
    if chinese == english or not (chinese and english):
        return words(chinese or english)
    return {"zh-hans": chinese, "en": english}


@dataclass(frozen=True)
class NamedIn:
    """A room or a track of the file: its names, and its id where it has one."""

    name: Words
    source_id: str = ""

    @property
    def label(self) -> str:
        return next(iter(self.name.values()), self.source_id)


@dataclass(frozen=True)
class PersonIn:
    """Someone on stage."""

    name: Words
    source_id: str = ""
    guid: UUID | None = None
    biography: Words = field(default_factory=dict)

    @property
    def label(self) -> str:
        return next(iter(self.name.values()), self.source_id)

    @property
    def key(self) -> str:
        """By which the same person is recognised within the file."""
        return self.source_id or (str(self.guid) if self.guid else folded(self.label))


@dataclass(frozen=True)
class Reference:
    """A link, or a file that goes with a session."""

    url: str
    title: str = ""
    type: str = ""

    @property
    def as_json(self) -> dict[str, str]:
        parts = {"url": self.url, "title": self.title, "type": self.type}
        return {key: value for key, value in parts.items() if value}


@dataclass
class SessionIn:
    """One entry of the file; `notes` say what had to be guessed or mended."""

    row: int
    title: Words
    source_id: str = ""
    guid: UUID | None = None
    slug: str = ""
    subtitle: Words = field(default_factory=dict)
    abstract: Words = field(default_factory=dict)
    description: Words = field(default_factory=dict)
    start: datetime | None = None  # aware
    minutes: int | None = None
    room: NamedIn | None = None
    track: NamedIn | None = None
    format_name: str = ""
    language: str = ""
    people: list[PersonIn] = field(default_factory=list)
    links: list[Reference] = field(default_factory=list)
    attachments: list[Reference] = field(default_factory=list)
    licence: str = ""
    is_off_record: bool = False
    is_cancelled: bool = False
    day: date | None = None  # under which the file lists it
    notes: list[str] = field(default_factory=list)
    trouble: str = ""  # why it cannot be taken
    unsaid: frozenset[str] = frozenset()  # what its format has no words for

    @property
    def label(self) -> str:
        return next(iter(self.title.values()), self.source_id or f"#{self.row}")


@dataclass
class ScheduleIn:
    """A whole file."""

    format: str
    zone: ZoneInfo
    title: str = ""
    acronym: str = ""
    venue: str = ""
    city: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    is_ours: bool = False  # we wrote it: in one language of several
    sessions: list[SessionIn] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def folded(text: str) -> str:
    """A name as it is compared: no case, single spaces."""
    return " ".join(text.casefold().split())
