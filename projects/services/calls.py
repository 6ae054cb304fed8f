"""Calls: whether one is open, and to which sectors."""

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Edition
from hrconf.lib.errors import DomainError
from projects.models import Application, Call, CallKind, CallSector, Project, ProjectCode, Sector

Status = Project.Status
# What came in and was not taken back counts against the places of a sector.
COUNTED = Q(submitted_at__isnull=False) & ~Q(project__status=Status.WITHDRAWN)


def call_of(edition: Edition) -> Call | None:
    """The call of an edition with its kinds."""
    return Call.objects.filter(edition=edition).prefetch_related("kinds").first()


def closing_of(kind: CallKind, code: ProjectCode | None = None) -> datetime:
    """Until when applications of a kind are taken; a code may be good for longer."""
    closes = kind.closes_at or kind.call.closes_at
    return max(closes, code.closes_at) if code and code.closes_at else closes


def closing() -> Greatest:
    """The same for rows of applications."""
    return Greatest(Coalesce("kind__closes_at", "call__closes_at"), "code__closes_at")


def is_closed(kind: CallKind, code: ProjectCode | None = None) -> bool:
    """Whether its time is over. In the demo, whose edition is past, it never is."""
    return timezone.now() >= closing_of(kind, code) and not settings.DEMO


def refuse_closed(kind: CallKind, code: ProjectCode | None = None) -> None:
    if timezone.now() < kind.call.opens_at:
        raise DomainError(_("The call has not opened yet."), code="not_open_yet")
    if is_closed(kind, code):
        raise DomainError(_("The call is closed."), code="closed")


def sectors_of(call: Call) -> list[tuple[Sector, int | None]]:
    """The sectors that are called for, with the places left; all top ones if none is named.

    Whoever calls for a sector calls for its sub-sectors too.
    """
    rows = list(CallSector.objects.filter(call=call).select_related("sector"))
    if not rows:
        return [(one, None) for one in Sector.objects.filter(parent=None)]
    taken = _taken(call)
    return [
        (row.sector, None if row.most is None else max(row.most - taken.get(row.sector_id, 0), 0))
        for row in rows
    ]


def _taken(call: Call) -> dict[int, int]:
    """Applications by sector; those of a sub-sector count for what it is part of, too."""
    rows = Application.objects.filter(COUNTED, call=call).order_by()
    found: Counter[int] = Counter()
    for sector, parent, count in rows.values_list(
        "project__sector", "project__sector__parent"
    ).annotate(Count("pk")):
        found[sector] += count
        found[parent] += count
    return found


def refuse_full(call: Call, sector_id: int, *, besides: int) -> None:
    """Refuse a sector that is not called for, or full; its row stays held.

    Whoever counts the places of a sector holds its row, so the last one goes once.
    """
    covering = Q(sector=sector_id) | Q(sector__children=sector_id)
    rows = CallSector.objects.select_for_update(of=("self",), no_key=True)
    keys = CallSector.objects.filter(covering, call=call).values("pk")
    held = list(rows.filter(pk__in=keys).select_related("sector").order_by("pk"))
    if not held and CallSector.objects.filter(call=call).exists():
        raise DomainError({"sector": DomainError(_("This sector is not called for."))})
    for row in held:
        _refuse_full(row, besides)


def _refuse_full(row: CallSector, besides: int) -> None:
    if row.most is None:
        return
    within = Q(project__sector=row.sector) | Q(project__sector__parent=row.sector)
    others = Application.objects.filter(COUNTED, within, call=row.call_id).exclude(pk=besides)
    if others.count() >= row.most:
        text = _("“%(sector)s” takes no more applications.") % {"sector": row.sector}
        raise DomainError({"sector": DomainError(text, code="full")})
