"""The page of a list of projects: before the import what would happen, after it what did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.safestring import SafeString

from attendees.admin.guestlist_page import TONES, ColumnLine, column_lines
from attendees.importing.planning import Outcome
from hrconf.jobs.models import Job
from hrconf.lib.sheets_in import Candidate, candidates
from hrconf.office.badges import badge
from projects.importing.columns import COLUMNS, Header, heading, understand
from projects.importing.parsing import parse_rows
from projects.importing.planning import COLUMN_OF, Plan, plan_import
from projects.importing.writing import read_project_list
from projects.models import ProjectList

ROWS_PER_PAGE = 100


@dataclass(frozen=True)
class Line:
    """A row of the list: its line, what it is called, what becomes or became of it."""

    line: int
    label: str
    outcome: Outcome
    notes: Sequence[str]
    project: int | None = None
    changes: Sequence[tuple[str, Any, Any]] = ()  # column, what it was, what it becomes

    @property
    def mark(self) -> SafeString:
        return badge(self.outcome.label, TONES[self.outcome])

    @property
    def url(self) -> str:
        return reverse("admin:projects_project_change", args=[self.project]) if self.project else ""


@dataclass
class Shown:
    """Everything on the page."""

    job: Job | None = None
    outcome: str = ""
    counts: list[tuple[Outcome, int]] = field(default_factory=list)
    page: Page | None = None
    pages: list[int | str] = field(default_factory=list)
    header: Header | None = None
    columns: list[ColumnLine] = field(default_factory=list)
    is_remembered: bool = False
    encodings: list[Candidate] = field(default_factory=list)
    trouble: str = ""
    may_import: bool = False
    is_held_up: bool = False  # by refused rows alone

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What a column can be taken for."""
        return [(column.key, column.title) for column in COLUMNS]

    @property
    def query(self) -> str:
        return urlencode({"outcome": self.outcome}) if self.outcome else ""

    @property
    def is_working(self) -> bool:
        return self.job is not None and not self.job.is_over


def page_of(
    row: ProjectList, query: Mapping[str, str], chosen: Sequence[str] | None = None
) -> Shown:
    """The page as it is now; costs the same queries at any length.

    `chosen` are fields that somebody tried and that will not do: they stay in the form.
    """
    jobs = Job.objects.filter(kind="project_list", options__project_list=row.pk)
    shown = Shown(jobs.order_by("-pk").first(), query.get("outcome", ""))
    if row.status == ProjectList.Status.IMPORTED:
        show_lines(shown, reported(row), query)
        return shown
    try:
        show_plan(shown, row, query, chosen)
    except ValidationError as refusal:
        shown.trouble = " ".join(refusal.messages)
    return shown


def show_plan(
    shown: Shown, row: ProjectList, query: Mapping[str, str], chosen: Sequence[str] | None
) -> None:
    """What an import would do, and how the file was read for it."""
    shown.encodings = encodings_of(row)
    header, rows = read_project_list(row)
    shown.header = understand(header.headings, chosen) if chosen else header
    shown.is_remembered = row.columns is not None
    shown.columns = column_lines(shown.header, rows, chosen or header.fields)
    if chosen or not shown.header.has_names or shown.is_working:
        return
    plan = plan_import(row, parse_rows(shown.header, rows))
    shown.is_held_up = bool(plan.refused) and not row.skips_refused
    shown.may_import = bool(plan.writes) and not shown.is_held_up
    show_lines(shown, planned(plan), query)


def encodings_of(row: ProjectList) -> list[Candidate]:
    """The encodings that a CSV may have; none for a workbook or JSON."""
    if not row.file:
        return []
    with row.file.open("rb") as file:
        data = file.read()
    is_plain = not data.startswith(b"PK\x03\x04") and data.lstrip()[:1] not in {b"[", b"{"}
    return candidates(data) if is_plain else []


def planned(plan: Plan) -> list[Line]:
    return [
        Line(
            one.row.line,
            one.row.label,
            one.outcome,
            one.notes,
            one.ours.key if one.ours else None,
            [(heading(COLUMN_OF.get(n, n)), was, one.changes[n]) for n, was in one.was.items()],
        )
        for one in plan.rows
    ]


def reported(row: ProjectList) -> list[Line]:
    return [
        Line(one["line"], one["label"], Outcome(one["outcome"]), one["notes"], one["project"])
        for one in row.report.get("rows", [])
    ]


def show_lines(shown: Shown, lines: list[Line], query: Mapping[str, str]) -> None:
    """Count all lines and show a page of those with the chosen outcome."""
    shown.counts = [(o, sum(line.outcome == o for line in lines)) for o in Outcome]
    chosen = [line for line in lines if shown.outcome in {"", line.outcome}]
    paginator = Paginator(chosen, ROWS_PER_PAGE)
    shown.page = paginator.get_page(query.get("page"))
    shown.pages = list(paginator.get_elided_page_range(shown.page.number))
