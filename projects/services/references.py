"""The references of projects: P-0001, P-0002 … in each edition."""

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr

from events.models import Edition
from projects.models import Project

PREFIX, DIGITS = "P-", 4
NUMBERED = rf"^{PREFIX}[0-9]{{1,8}}$"


def new_references(edition: Edition, count: int = 1) -> list[str]:
    """The next references of an edition, in order; call it in the transaction that uses them.

    The edition's row stays locked until that transaction ends, so nobody else counts
    meanwhile. References in another form, such as a list's own numbers, are left alone.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    numbered = Project.objects.filter(edition=edition, reference__regex=NUMBERED)
    number = Cast(Substr("reference", len(PREFIX) + 1), IntegerField())
    last = numbered.aggregate(last=Max(number))["last"] or 0
    return [f"{PREFIX}{last + n:0{DIGITS}}" for n in range(1, count + 1)]
