"""The figures of an edition: headline numbers, each a query with a definition.

Every app contributes from a module `figures.py` of its own, which is found at
start-up; nothing here knows what is counted upstairs.

    @figure(order=10)
    def attendees(edition: Edition) -> Figure: ...

    @counts(RecordedTotal.Metric.PROFESSIONALS)
    def professionals(edition: Edition) -> int: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Max, Min, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Edition, RecordedTotal

Number = int | Decimal


@dataclass(frozen=True)
class Row:
    """One line of a breakdown."""

    label: str
    value: Number


@dataclass(frozen=True)
class Breakdown:
    """How a number divides: by country, sector, day."""

    key: str
    title: str
    rows: list[Row]

    @property
    def total(self) -> Number:
        return sum((row.value for row in self.rows), start=0)


@dataclass(frozen=True)
class Comparison:
    """The same number a year before, and where it comes from."""

    year: int
    value: Number
    is_recorded: bool
    source: str = ""


@dataclass(frozen=True)
class Figure:
    """A headline number as it stood at one instant.

    `currency` is an ISO code for an amount of money and empty for a count.
    """

    key: str
    label: str
    value: Number
    definition: str
    currency: str = ""
    breakdowns: list[Breakdown] = field(default_factory=list)
    before: Comparison | None = None
    is_recorded: bool = False
    is_lower_bound: bool = False
    source: str = ""

    @property
    def growth(self) -> Decimal | None:
        """Per cent over the year before, to one decimal; None without one."""
        if not self.before or not self.before.value:
            return None
        change = (Decimal(self.value) / Decimal(self.before.value) - 1) * 100
        return change.quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Figures:
    """All figures of an edition and the instant they were computed."""

    edition: Edition
    computed_at: datetime
    all: list[Figure]

    def __getitem__(self, key: str) -> Figure:
        return {figure.key: figure for figure in self.all}[key]


Contributor = Callable[[Edition], Figure]
Count = Callable[[Edition], Number]
_contributors: dict[str, tuple[int, Contributor]] = {}
_counts: dict[str, Count] = {}


def figure(order: int) -> Callable[[Contributor], Contributor]:
    """Register the function that computes a figure; `order` is its place on the page."""

    def register(function: Contributor) -> Contributor:
        _contributors[function.__name__] = (order, function)
        return function

    return register


def counts(metric: RecordedTotal.Metric) -> Callable[[Count], Count]:
    """Register how a metric is counted from the rows of one edition."""

    def register(function: Count) -> Count:
        _counts[metric] = function
        return function

    return register


def figures_of(edition: Edition) -> Figures:
    """Compute every figure of the edition, now."""
    functions = [function for _order, function in sorted(_contributors.values(), key=first)]
    return Figures(edition, timezone.now(), [function(edition) for function in functions])


def headline_figures(edition: Edition, keys: Iterable[str]) -> list[Figure]:
    """Compute only the named figures, in that order."""
    return [_contributors[key][1](edition) for key in keys if key in _contributors]


def first(pair: tuple[int, Contributor]) -> int:
    return pair[0]


def year_before(edition: Edition, metric: RecordedTotal.Metric) -> Comparison | None:
    """The metric a year earlier in the series: recorded if it was, else counted."""
    year = edition.year - 1
    recorded = recorded_totals(edition, metric).filter(first_year=year, last_year=year).first()
    if recorded:
        return Comparison(year, recorded.value, True, recorded.source)
    earlier = Edition.objects.filter(series=edition.series_id, year=year).first()
    if earlier and metric in _counts:
        return Comparison(year, _counts[metric](earlier), False)
    return None


def recorded_totals(edition: Edition, metric: str) -> QuerySet[RecordedTotal]:
    """What was recorded of the metric for years before the edition."""
    return RecordedTotal.objects.filter(
        series=edition.series_id, metric=metric, last_year__lt=edition.year
    )


def past_figure(
    edition: Edition, metric: RecordedTotal.Metric, *, key: str, label: str, definition: str
) -> Figure:
    """Add up a metric over the years before the edition.

    Years that a recorded total covers are taken from it; later editions that
    live in the system are counted from their rows.
    """
    recorded = list(recorded_totals(edition, metric))
    last_recorded = max((total.last_year for total in recorded), default=0)
    counted = _counted_by_year(edition, metric, after=last_recorded)
    rows = [Row(_years(total), _plain(total.value)) for total in recorded] + counted
    sources = dict.fromkeys(total.source for total in recorded)
    return Figure(
        key=key,
        label=label,
        value=sum((row.value for row in rows), start=0),
        definition=definition,
        is_recorded=bool(recorded),
        is_lower_bound=any(total.is_lower_bound for total in recorded),
        source=" · ".join(sources),
        breakdowns=[Breakdown("year", _("By year"), rows)] if len(rows) > 1 else [],
    )


def _counted_by_year(edition: Edition, metric: str, *, after: int) -> list[Row]:
    if metric not in _counts:
        return []
    earlier = Edition.objects.filter(
        series=edition.series_id, year__gt=after, year__lt=edition.year
    ).order_by("year")
    return [Row(str(past.year), _counts[metric](past)) for past in earlier]


def _plain(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value


def _years(total: RecordedTotal) -> str:
    if total.first_year == total.last_year:
        return str(total.first_year)
    return f"{total.first_year}–{total.last_year}"


@figure(order=80)
def past_professionals(edition: Edition) -> Figure:
    return past_figure(
        edition,
        RecordedTotal.Metric.PROFESSIONALS,
        key="past_professionals",
        label=_("Professionals since the first edition"),
        definition=_(
            "International high-end professionals who took part in all earlier editions, "
            "as recorded by the conference office."
        ),
    )


@figure(order=81)
def past_associations(edition: Edition) -> Figure:
    return past_figure(
        edition,
        RecordedTotal.Metric.ASSOCIATIONS,
        key="past_associations",
        label=_("Associations since the first edition"),
        definition=_(
            "Associations of overseas Chinese students and professionals that took part "
            "in earlier editions, each counted once."
        ),
    )


@figure(order=82)
def past_projects_signed(edition: Edition) -> Figure:
    return past_figure(
        edition,
        RecordedTotal.Metric.PROJECTS_SIGNED,
        key="past_projects_signed",
        label=_("Projects signed since the first edition"),
        definition=_(
            "Projects signed at all earlier editions, as recorded by the conference office."
        ),
    )


def past_years(edition: Edition) -> tuple[int, int] | None:
    """The first and last year that recorded totals of the series cover."""
    span = RecordedTotal.objects.filter(series=edition.series_id).aggregate(
        first=Min("first_year"), last=Max("last_year")
    )
    return (span["first"], span["last"]) if span["first"] else None


def total_value(rows: QuerySet, column: str) -> Decimal:
    """The sum of a money column, nought for no rows."""
    return rows.aggregate(total=Sum(column))["total"] or Decimal("0.00")
