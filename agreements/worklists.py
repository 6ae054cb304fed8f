"""Agreements that wait for the office."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from events.models import Edition
from events.worklists import Shown, WorkList, register


def ready(edition: Edition) -> QuerySet[Agreement]:
    return Agreement.objects.filter(edition=edition, status=Agreement.Status.READY)


def show(row: Agreement) -> Shown:
    return Shown(row.title, row.reference, (str(row.district or ""), str(row.sector or "")))


register(
    WorkList(
        name="sign",
        title=_("Agreements ready to sign"),
        icon="contract",
        label="agreements.agreement",
        permissions=("agreements.view_agreement",),
        rows=ready,
        since="updated_at",
        shown=show,
        related=("district", "sector"),
        deeds=("sign",),
    )
)
