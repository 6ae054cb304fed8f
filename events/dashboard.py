"""The office's first page: how an edition stands, and what waits to be done.

Every app contributes from a module `dashboard.py` of its own, which is found at
start-up; nothing here knows what is counted upstairs.

    @contributes(order=10)
    def guests(edition: Edition, user: User) -> Iterable[Number | Work | Chart]: ...

A contributor asks a number of queries that does not grow with its rows, and
gives nothing that the user may not see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from events.figures import Row
from events.models import Edition
from hrconf.accounts.models import User


@dataclass(frozen=True)
class Number:
    """A number of today with a word on what is behind it and a link to its rows."""

    label: str
    value: str
    note: str = ""
    url: str = ""
    exact: str = ""


@dataclass(frozen=True)
class Work:
    """Rows that wait for someone of the office: how many, where, the first since when."""

    label: str
    count: int
    url: str
    icon: str
    is_trouble: bool = False
    oldest: date | datetime | None = None

    @property
    def days(self) -> int | None:
        """How many days the first of them has waited."""
        if self.oldest is None:
            return None
        today = timezone.localdate()
        begun = (
            timezone.localdate(self.oldest) if isinstance(self.oldest, datetime) else self.oldest
        )
        return max((today - begun).days, 0)


@dataclass(frozen=True)
class Bars:
    """A small chart of lying bars."""

    title: str
    rows: list[Row]
    url: str = ""


@dataclass(frozen=True)
class Column:
    """One day of a chart by days; sizes are per cent of the chart."""

    day: date
    value: int
    x: float
    height: float

    @property
    def y(self) -> float:
        return 100 - self.height


@dataclass(frozen=True)
class Days:
    """A small chart of standing columns, one a day."""

    title: str
    counts: dict[date, int]
    note: str = ""

    @property
    def first(self) -> date:
        return min(self.counts)

    @property
    def last(self) -> date:
        return max(self.counts)

    @property
    def highest(self) -> int:
        return max(self.counts.values())

    @property
    def width(self) -> float:
        """How wide a column is, per cent."""
        return 100 / self._length

    @property
    def columns(self) -> list[Column]:
        """A column for every day with rows, at its place among all days."""
        return [
            Column(
                day,
                value,
                x=round((day - self.first).days * self.width, 3),
                height=round(100 * value / self.highest, 2),
            )
            for day, value in sorted(self.counts.items())
        ]

    @property
    def _length(self) -> int:
        return (self.last - self.first + timedelta(days=1)).days


Part = Number | Work | Bars | Days
Contributor = Callable[[Edition, User], Iterable[Part]]
_contributors: list[tuple[int, Contributor]] = []


@dataclass
class Board:
    """All parts of the first page, by what they are."""

    edition: Edition
    numbers: list[Number] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    bars: list[Bars] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)

    def add(self, part: Part) -> None:
        kinds = {Number: self.numbers, Work: self.works, Bars: self.bars, Days: self.days}
        kinds[type(part)].append(part)

    @property
    def waiting(self) -> list[Work]:
        """Work of which there is some."""
        return [work for work in self.works if work.count]


def contributes(order: int) -> Callable[[Contributor], Contributor]:
    """Register a function that gives parts of the first page; `order` is its place."""

    def register(function: Contributor) -> Contributor:
        _contributors.append((order, function))
        return function

    return register


def board_of(edition: Edition, user: User) -> Board:
    """The first page of an edition as the user may see it, computed now."""
    board = Board(edition)
    for _order, function in sorted(_contributors, key=lambda pair: pair[0]):
        for part in function(edition, user):
            board.add(part)
    return board
