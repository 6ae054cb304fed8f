"""The page of a guest list: before the import what would happen, after it what did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.safestring import SafeString

from attendees.importing.columns import ALL_COLUMNS, Header, heading, understand
from attendees.importing.planning import Outcome, Plan
from attendees.importing.writing import plan_rows, read_guest_list
from attendees.models import GuestList, Person
from hrconf.jobs.models import Job
from hrconf.lib.sheets_in import Candidate, candidates
from hrconf.office.badges import badge, two_lines

ROWS_PER_PAGE = 100
SAMPLES = 3  # values shown of a column
SHOWN = 60  # characters of a value
TONES = {
    Outcome.CREATED: "good",
    Outcome.CHANGED: "note",
    Outcome.MATCHED: "quiet",
    Outcome.REFUSED: "bad",
}


@dataclass(frozen=True)
class Line:
    """A row of the list: its line, who it is, what becomes or became of it."""

    line: int
    outcome: Outcome
    notes: Sequence[str]
    name: str = ""
    person: int | None = None
    changes: Sequence[tuple[str, str, str]] = ()  # column, what it was, what it becomes

    @property
    def mark(self) -> SafeString:
        return badge(self.outcome.label, TONES[self.outcome])

    @property
    def who(self) -> SafeString:
        native, _dot, latin = self.name.partition(" · ")
        return two_lines(native, latin)

    @property
    def url(self) -> str:
        return reverse("admin:attendees_person_change", args=[self.person]) if self.person else ""


@dataclass(frozen=True)
class ColumnLine:
    """A column of the file: its heading, values under it, what it is taken for."""

    place: int
    heading: str
    samples: list[str]
    field: str

    @property
    def name(self) -> str:
        return f"column-{self.place}"


@dataclass
class Shown:
    """Everything on the page."""

    counts: list[tuple[Outcome, int]] = field(default_factory=list)
    page: Page | None = None
    pages: list[int | str] = field(default_factory=list)
    outcome: str = ""
    header: Header | None = None
    columns: list[ColumnLine] = field(default_factory=list)
    is_remembered: bool = False
    encodings: list[Candidate] = field(default_factory=list)
    trouble: str = ""
    job: Job | None = None
    may_import: bool = False
    is_held_up: bool = False  # by refused rows alone

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a column can be taken for."""
        return [(column.key, column.title) for column in ALL_COLUMNS]

    @property
    def query(self) -> str:
        """What the address of another page keeps."""
        return urlencode({"outcome": self.outcome}) if self.outcome else ""

    @property
    def is_working(self) -> bool:
        return self.job is not None and not self.job.is_over


def page_of(
    guest_list: GuestList, query: Mapping[str, str], chosen: Sequence[str] | None = None
) -> Shown:
    """The page as it is now; costs the same queries at any length.

    `chosen` are fields that somebody tried and that will not do: they stay in the form.
    """
    shown = Shown(job=newest_job(guest_list), outcome=query.get("outcome", ""))
    if guest_list.status == GuestList.Status.IMPORTED:
        show_lines(shown, reported(guest_list), query)
        return shown
    try:
        show_plan(shown, guest_list, query, chosen)
    except ValidationError as refusal:
        shown.trouble = " ".join(refusal.messages)
    return shown


def show_plan(
    shown: Shown, guest_list: GuestList, query: Mapping[str, str], chosen: Sequence[str] | None
) -> None:
    """What an import would do, and how the file was read for it."""
    shown.encodings = encodings_of(guest_list)
    header, rows = read_guest_list(guest_list)
    shown.header = understand(header.headings, chosen) if chosen else header
    shown.is_remembered = guest_list.columns is not None
    shown.columns = column_lines(shown.header, rows, chosen or header.fields)
    if chosen or not shown.header.has_names or shown.is_working:
        return
    plan = plan_rows(guest_list, shown.header, rows)
    shown.is_held_up = bool(plan.refused) and not guest_list.skips_refused
    shown.may_import = bool(plan.writes) and not shown.is_held_up
    show_lines(shown, planned(plan), query)


def column_lines(
    header: Header, rows: Sequence[Sequence[str]], fields: Sequence[str]
) -> list[ColumnLine]:
    """Each column with the first values that stand under it."""
    lines = []
    for place, (name, key) in enumerate(zip(header.headings, fields, strict=False)):
        cells = (row[place].strip() for row in rows if place < len(row))
        samples = list(islice(dict.fromkeys(filter(None, cells)), SAMPLES))
        if name or samples:
            lines.append(ColumnLine(place, name, [one[:SHOWN] for one in samples], key))
    return lines


def encodings_of(guest_list: GuestList) -> list[Candidate]:
    """The encodings that a CSV may have; none for XLSX."""
    if not guest_list.file:
        return []
    with guest_list.file.open("rb") as file:
        data = file.read()
    return [] if data.startswith(b"PK\x03\x04") else candidates(data)


def planned(plan: Plan) -> list[Line]:
    return [
        Line(
            row.guest.line,
            row.outcome,
            row.notes,
            row.guest.shown_name,
            row.known.key if row.known else None,
            [(heading(name), was, row.guest.values[name]) for name, was in row.was.items()],
        )
        for row in plan.rows
    ]


def reported(guest_list: GuestList) -> list[Line]:
    return [
        Line(row["line"], Outcome(row["outcome"]), row["notes"], person=row["person"])
        for row in guest_list.report.get("rows", [])
    ]


def show_lines(shown: Shown, lines: list[Line], query: Mapping[str, str]) -> None:
    """Count all lines and show a page of those with the chosen outcome."""
    shown.counts = [(o, sum(line.outcome == o for line in lines)) for o in Outcome]
    chosen = [line for line in lines if shown.outcome in {"", line.outcome}]
    paginator = Paginator(chosen, ROWS_PER_PAGE)
    shown.page = paginator.get_page(query.get("page"))
    shown.page.object_list = with_names(list(shown.page.object_list))
    shown.pages = list(paginator.get_elided_page_range(shown.page.number))


def with_names(lines: list[Line]) -> list[Line]:
    """A report keeps keys of people only: their names are looked up, in one query."""
    nameless = [line.person for line in lines if line.person and not line.name]
    people = Person.objects.in_bulk(nameless) if nameless else {}
    return [
        replace(line, name=str(people[line.person])) if line.person in people else line
        for line in lines
    ]


def newest_job(guest_list: GuestList) -> Job | None:
    mine = Job.objects.filter(kind="guest_list", options__guest_list=guest_list.pk)
    return mine.order_by("-pk").first()
