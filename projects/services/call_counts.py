"""What has come in through a call, by kind and by sector."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from projects.models import Application, Call, CallKind, CallSector, Project


@dataclass(frozen=True)
class Line:
    """Applications begun and sent under a name, and how many there may be (0: any number)."""

    name: str
    begun: int
    sent: int
    most: int = 0


def counts_by_kind(call: Call) -> list[Line]:
    found = _counted(call, "kind")
    return [
        Line(kind.name, *found.get(kind.pk, (0, 0))) for kind in CallKind.objects.filter(call=call)
    ]


def counts_by_sector(call: Call) -> list[Line]:
    """The sectors of the call with their sub-sectors; what stands elsewhere is left out."""
    own, parts = _counted(call, "project__sector"), _counted(call, "project__sector__parent")
    rows: QuerySet[CallSector] = CallSector.objects.filter(call=call).select_related("sector")
    return [Line(row.sector.name, *_sum(own, parts, row.sector_id), row.most or 0) for row in rows]


def _sum(own: dict, parts: dict, key: int) -> tuple[int, int]:
    first, second = own.get(key, (0, 0)), parts.get(key, (0, 0))
    return first[0] + second[0], first[1] + second[1]


def _counted(call: Call, by: str) -> dict[int, tuple[int, int]]:
    """Begun and sent by a key, without what was withdrawn."""
    rows = Application.objects.filter(call=call).order_by()
    rows = rows.exclude(project__status=Project.Status.WITHDRAWN)
    sent = Count("pk", filter=Q(submitted_at__isnull=False))
    counted = rows.values_list(by).annotate(begun=Count("pk"), sent=sent)
    return {key: (begun, done) for key, begun, done in counted}
