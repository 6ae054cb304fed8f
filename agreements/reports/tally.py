"""Totals of agreements by every dimension, the same for screen and files.

A tally is fed with cells. On screen a cell is a group of rows that the database
summed; in a file it is one row, so the totals are those of the rows below them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_countries import countries

from agreements.models import Agreement, ExchangeRate
from events.models import District
from projects.models import Sector

NOUGHT = Decimal("0.00")
SHARE = Decimal("0.0001")


@dataclass(frozen=True)
class Cell:
    """Agreements that agree in all that a total is asked by; sums to the fen."""

    status: str
    currency: str
    sector: int
    district: int | None
    country: str
    signed_on: date | None
    rate_on: date | None
    rate: Decimal | None
    usd_rate: Decimal | None
    number: int
    total: Decimal
    cny: Decimal | None
    usd: Decimal | None


@dataclass
class Sum:
    """How many, and how much in yuan and dollars."""

    number: int = 0
    cny: Decimal = NOUGHT
    usd: Decimal = NOUGHT

    def add(self, cell: Cell) -> None:
        self.number += cell.number
        self.cny += cell.cny or NOUGHT
        self.usd += cell.usd or NOUGHT


@dataclass(frozen=True)
class Line:
    """A row of a breakdown; `share` is the part of the volume in yuan, 0 to 1."""

    label: str
    number: int
    cny: Decimal
    usd: Decimal
    share: Decimal

    @property
    def percent(self) -> str:
        return f"{self.share:.1%}"


@dataclass(frozen=True)
class Breakdown:
    """The counted agreements by one dimension; the lines add up to the whole."""

    key: str
    title: str
    head: str
    lines: list[Line]

    @property
    def bars(self) -> list[tuple[Line, str]]:
        """Each line with the length of its bar in per cent; the longest is full."""
        longest = max((line.cny for line in self.lines), default=NOUGHT) or Decimal(1)
        return [(line, f"{line.cny / longest * 100:.2f}%") for line in self.lines]


@dataclass(frozen=True)
class Uncounted:
    """Agreements of a status that no figure counts, with their amounts as agreed."""

    status: str
    label: str
    lines: list[tuple[str, int, Decimal]]  # currency, how many, amount

    @property
    def number(self) -> int:
        return sum(number for _currency, number, _amount in self.lines)


@dataclass(frozen=True)
class UsedRate:
    """A rate that amounts were converted at, and who published it."""

    currency: str
    on: date
    rate: Decimal
    source: str


@dataclass
class Tally:
    """What adds up, and what is not counted."""

    rows: int = 0
    counted: Sum = field(default_factory=Sum)
    by: dict[str, dict[Any, Sum]] = field(default_factory=dict)
    uncounted: dict[str, dict[str, Sum]] = field(default_factory=dict)
    rates: set[tuple[date, str, Decimal]] = field(default_factory=set)

    def add(self, cell: Cell) -> None:
        self.rows += cell.number
        if cell.status not in Agreement.SIGNED:
            self._leave_out(cell)
            return
        self.counted.add(cell)
        for dimension in ("sector", "district", "country", "signed_on", "status"):
            sums = self.by.setdefault(dimension, {})
            sums.setdefault(getattr(cell, dimension), Sum()).add(cell)
        self._note_rates(cell)

    def _leave_out(self, cell: Cell) -> None:
        """Not counted: no rate is fixed, so the amounts stay in their currencies."""
        of_status = self.uncounted.setdefault(cell.status, {})
        left_out = of_status.setdefault(cell.currency, Sum())
        left_out.number += cell.number
        left_out.cny += cell.total

    def _note_rates(self, cell: Cell) -> None:
        if cell.rate_on and cell.rate and cell.usd_rate:
            self.rates.add((cell.rate_on, cell.currency, cell.rate))
            self.rates.add((cell.rate_on, "USD", cell.usd_rate))


def tally_of(agreements) -> Tally:
    """The tally of a queryset, summed by the database in one query."""
    tally = Tally()
    for row in agreements.tallied():
        row["sector"] = row.pop("top_sector")
        row["country"] = str(row["country"] or "")
        tally.add(Cell(**row))
    return tally


def cell_of(agreement: Agreement) -> Cell:
    """One agreement as a cell; its sector and the sector's parent are loaded."""
    return Cell(
        status=agreement.status,
        currency=agreement.currency,
        sector=agreement.top_sector.pk,
        district=agreement.district_id,
        country=str(agreement.country or ""),
        signed_on=agreement.signed_on,
        rate_on=agreement.rate_on,
        rate=agreement.rate,
        usd_rate=agreement.usd_rate,
        number=1,
        total=agreement.amount,
        cny=agreement.amount_cny,
        usd=agreement.amount_usd,
    )


def breakdowns_of(tally: Tally) -> list[Breakdown]:
    """The counted agreements by sector, district, origin and day, in the active language."""
    sectors = {row.pk: row.name for row in Sector.objects.all()}
    districts = {row.pk: row.name for row in District.objects.all()}
    unknown = _("Not given")
    return [
        Breakdown("sector", _("By sector"), _("Sector"), _lines(tally, "sector", sectors.get)),
        Breakdown(
            "district",
            _("By district"),
            _("District"),
            _lines(tally, "district", lambda pk: districts.get(pk, unknown)),
        ),
        Breakdown(
            "country",
            _("By country or region of origin"),
            _("Country or region"),
            _lines(tally, "country", lambda code: str(countries.name(code)) or code or unknown),
        ),
        Breakdown("day", _("By day of signing"), _("Signed on"), days_of(tally)),
    ]


def days_of(tally: Tally) -> list[Line]:
    lines = _lines(tally, "signed_on", lambda day: day)
    in_order = sorted(lines, key=lambda line: line.label)
    return [
        Line(date_format(line.label), line.number, line.cny, line.usd, line.share)
        for line in in_order
    ]


def _lines(tally: Tally, dimension: str, name: Callable[[Any], Any]) -> list[Line]:
    """Largest volume first; equals by name, so that no two drawings differ."""
    whole = tally.counted.cny or Decimal(1)
    found = [
        Line(name(key), each.number, each.cny, each.usd, (each.cny / whole).quantize(SHARE))
        for key, each in tally.by.get(dimension, {}).items()
    ]
    return sorted(found, key=lambda line: (-line.cny, -line.number, str(line.label)))


def uncounted_of(tally: Tally) -> list[Uncounted]:
    """What is not counted, by status in the order of an agreement's life."""
    return [
        Uncounted(
            status,
            str(Agreement.Status(status).label),
            [(key, each.number, each.cny) for key, each in sorted(tally.uncounted[status].items())],
        )
        for status in Agreement.Status.values
        if status in tally.uncounted
    ]


def rates_of(tally: Tally) -> list[UsedRate]:
    """The rates used, yuan left out, with the source that is recorded for each."""
    used = sorted(rate for rate in tally.rates if rate[1] != "CNY")
    rows = ExchangeRate.objects.filter(on__in={day for day, _currency, _rate in used})
    sources = {(row.on, row.currency): row.source for row in rows}
    unknown = _("no source is recorded")
    return [
        UsedRate(currency, day, rate, sources.get((day, currency), unknown))
        for day, currency, rate in used
    ]
