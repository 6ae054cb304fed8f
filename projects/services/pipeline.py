"""The board of the pipeline: how many projects stand where, and the first cards of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django_countries import countries

from events.models import Edition
from hrconf.accounts.models import User
from projects.models import Project
from projects.pipeline import Stage, stages_for
from projects.services.board_filters import Filters

Status = Project.Status
COLUMNS = [
    Status.APPLIED,
    Status.ELIGIBLE,
    Status.IN_REVIEW,
    Status.SHORTLISTED,
    Status.RESERVE,
    Status.ACCEPTED,
    Status.DECLINED,
    Status.WITHDRAWN,
]
CARDS = 6


@dataclass
class Column:
    """A stand of projects: how many there are, and the first of them."""

    name: str
    title: object
    count: int = 0
    cards: list[Project] = field(default_factory=list)
    explanation: object = ""

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


@dataclass
class Pipeline:
    """The board: each project in one column of the screening, and in any of the later ones."""

    screening: list[Column]
    later: list[Column]
    drafts: int

    @property
    def count(self) -> int:
        return sum(column.count for column in self.screening)


def rows_of(edition: Edition, filters: Filters) -> QuerySet[Project]:
    """The projects of an edition that fit; drafts are nobody's business but the applicants'."""
    rows = Project.objects.filter(edition=edition).exclude(status=Status.DRAFT)
    return filters.apply(rows)


def pipeline_of(edition: Edition, filters: Filters, user: User) -> Pipeline:
    """Counts and first cards of all columns: the same queries however many projects."""
    rows = rows_of(edition, filters)
    stages = stages_for(user)
    return Pipeline(
        screening=_screening(rows),
        later=_later(rows, stages),
        drafts=Project.objects.filter(edition=edition, status=Status.DRAFT).count(),
    )


def _screening(rows: QuerySet[Project]) -> list[Column]:
    counts = dict(rows.order_by().values_list("status").annotate(number=Count("pk")))
    columns = {one: Column(one, one.label, counts.get(one, 0)) for one in COLUMNS}
    place = Window(RowNumber(), partition_by=F("status"), order_by=[F("reference"), F("pk")])
    first = rows.order_by().annotate(place=place).filter(place__lte=CARDS)
    for card in shown(first).order_by("reference", "pk"):
        columns[Status(card.status)].cards.append(card)
    return list(columns.values())


def _later(rows: QuerySet[Project], stages: Sequence[Stage]) -> list[Column]:
    rows = rows.exclude(status=Status.WITHDRAWN)
    counted = {one.name: Count("pk", filter=Q(one.has())) for one in stages}
    counts = rows.order_by().aggregate(**counted) if stages else {}
    return [
        Column(
            one.name,
            one.title,
            counts[one.name],
            list(shown(rows.filter(one.has())).order_by("reference", "pk")[:CARDS]),
            one.explanation,
        )
        for one in stages
    ]


def shown(rows: QuerySet[Project]) -> QuerySet[Project]:
    """With what a card says of a project."""
    return rows.select_related("sector", "holder")


def column_rows(edition: Edition, filters: Filters, name: str, user: User) -> QuerySet | None:
    """The projects of one column in order; None if there is no such column."""
    rows = rows_of(edition, filters)
    stage = next((one for one in stages_for(user) if one.name == name), None)
    if stage:
        rows = rows.exclude(status=Status.WITHDRAWN).filter(stage.has())
    elif name in COLUMNS:
        rows = rows.filter(status=name)
    else:
        return None
    return shown(rows).order_by("reference", "pk")


def title_of(name: str, user: User) -> object:
    """What a column is called."""
    stage = next((one for one in stages_for(user) if one.name == name), None)
    return stage.title if stage else Status(name).label


def countries_of(edition: Edition) -> list[tuple[str, str]]:
    """The countries and regions that occur among the projects of an edition."""
    rows = Project.objects.filter(edition=edition).exclude(country="").order_by()
    codes = rows.values_list("country", flat=True).distinct()
    named = [(str(code), str(countries.name(code)) or str(code)) for code in codes]
    return sorted(named, key=lambda pair: pair[1])
