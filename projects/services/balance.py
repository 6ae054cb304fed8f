"""The balance of a selection: what came in, was accepted and declined, by sector and country."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django_countries import countries

from events.models import Edition
from projects.models import Project, Sector
from projects.services.board import Quota, quotas_of

Status = Project.Status
NOUGHT = Decimal("0.0")
NUMBERS = {
    "came": Count("pk"),
    "accepted": Count("pk", filter=Q(status=Status.ACCEPTED)),
    "declined": Count("pk", filter=Q(status=Status.DECLINED)),
}


@dataclass(frozen=True)
class Line:
    """A sector or a country: how many came in, were accepted, declined; shares are per cent."""

    key: str
    label: str
    came: int
    accepted: int
    declined: int
    share: Decimal  # of all that came in
    accepted_share: Decimal  # of all that were accepted
    rate: Decimal | None  # of those that came in
    quota: Quota | None = None

    @property
    def width(self) -> str:
        return f"{self.accepted_share}%"


@dataclass(frozen=True)
class Balance:
    """Both tables with what they add up to."""

    total: Line
    sectors: list[Line]
    countries: list[Line]


def balance_of(edition: Edition) -> Balance:
    """Both tables: a constant number of queries. Sub-sectors count with their sector."""
    rows = Project.objects.filter(edition=edition).exclude(status=Status.DRAFT).order_by()
    whole = rows.aggregate(**NUMBERS)
    top = Coalesce("sector__parent", "sector")
    by_sector = rows.annotate(key=top).values("key").annotate(**NUMBERS)
    by_country = rows.values("country").annotate(**NUMBERS)
    quotas = {one.sector.pk: one for one in quotas_of(edition)}
    names = {one.pk: one.name for one in Sector.objects.all()}
    sectors = [
        _line(str(row["key"]), names[row["key"]], row, whole, quotas.get(row["key"]))
        for row in by_sector
    ]
    places = [
        _line(code, str(countries.name(code) or code), row, whole)
        for row in by_country
        for code in [str(row["country"] or "")]
    ]
    return Balance(_line("", "", whole, whole), _by_number(sectors), _by_number(places))


def _by_number(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.came, line.label))


def _line(
    key: str, label: str, row: dict[str, Any], whole: dict[str, int], quota: Quota | None = None
) -> Line:
    return Line(
        key=key,
        label=label,
        came=row["came"],
        accepted=row["accepted"],
        declined=row["declined"],
        share=_per_cent(row["came"], whole["came"]) or NOUGHT,
        accepted_share=_per_cent(row["accepted"], whole["accepted"]) or NOUGHT,
        rate=_per_cent(row["accepted"], row["came"]),
        quota=quota,
    )


def _per_cent(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole * 100).quantize(Decimal("0.1")) if whole else None
