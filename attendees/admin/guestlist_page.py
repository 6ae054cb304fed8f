"""The page of a guest list: before the import what would happen, after it what did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.safestring import SafeString

from attendees.importing.columns import Header
from attendees.importing.planning import Outcome, Plan
from attendees.importing.writing import plan_guest_list, read_guest_list
from attendees.models import GuestList, Person
from hrconf.jobs.models import Job
from hrconf.lib.sheets_in import Candidate, candidates
from hrconf.office.badges import badge, two_lines

ROWS_PER_PAGE = 100
SAMPLE = 5
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


@dataclass
class Shown:
    """Everything on the page."""

    counts: list[tuple[Outcome, int]] = field(default_factory=list)
    page: Page | None = None
    pages: list[int | str] = field(default_factory=list)
    outcome: str = ""
    header: Header | None = None
    sample: list[list[str]] = field(default_factory=list)
    encodings: list[Candidate] = field(default_factory=list)
    trouble: str = ""
    job: Job | None = None
    may_import: bool = False
    is_held_up: bool = False  # by refused rows alone

    @property
    def sample_cells(self) -> list[list[str]]:
        """The first rows, only the columns that are understood."""
        places = self.header.places.values() if self.header else []
        cells = [[row[at] if at < len(row) else "" for at in places] for row in self.sample]
        return [row for row in cells if any(cell.strip() for cell in row)]

    @property
    def is_working(self) -> bool:
        return self.job is not None and not self.job.is_over


def page_of(guest_list: GuestList, query: Mapping[str, str]) -> Shown:
    """The page as it is now; costs the same queries at any length."""
    shown = Shown(job=newest_job(guest_list), outcome=query.get("outcome", ""))
    if guest_list.status == GuestList.Status.IMPORTED:
        show_lines(shown, reported(guest_list), query)
        return shown
    try:
        show_plan(shown, guest_list, query)
    except ValidationError as refusal:
        shown.trouble = " ".join(refusal.messages)
    return shown


def show_plan(shown: Shown, guest_list: GuestList, query: Mapping[str, str]) -> None:
    """What an import would do, and how the file was read for it."""
    shown.encodings = encodings_of(guest_list)
    shown.header, rows = read_guest_list(guest_list)
    shown.sample = rows[:SAMPLE]
    if not shown.header.has_names or shown.is_working:
        return
    plan = plan_guest_list(guest_list)[1]
    shown.is_held_up = bool(plan.refused) and not guest_list.skips_refused
    shown.may_import = bool(plan.writes) and not shown.is_held_up
    show_lines(shown, planned(plan), query)


def encodings_of(guest_list: GuestList) -> list[Candidate]:
    """The encodings that a CSV may have; none for XLSX."""
    if not (guest_list.encoding and guest_list.file):
        return []
    with guest_list.file.open("rb") as file:
        return candidates(file.read())


def planned(plan: Plan) -> list[Line]:
    return [
        Line(
            row.guest.line,
            row.outcome,
            row.notes,
            row.guest.shown_name,
            row.known.key if row.known else None,
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
        Line(line.line, line.outcome, line.notes, str(people[line.person]), line.person)
        if line.person in people
        else line
        for line in lines
    ]


def newest_job(guest_list: GuestList) -> Job | None:
    mine = Job.objects.filter(kind="guest_list", options__guest_list=guest_list.pk)
    return mine.order_by("-pk").first()
