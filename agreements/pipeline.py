"""What agreements add to the board of projects and to the thread of one."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from agreements.timeline import agreement_entries
from attendees.timeline import MOST, Entry
from hrconf.accounts.models import User
from hrconf.office.links import office_link
from projects.models import Project
from projects.pipeline import Stage, register
from projects.thread import Waiting, contributes, waits

OPEN = [Agreement.Status.INTENTION, Agreement.Status.NEGOTIATING, Agreement.Status.READY]


def signs() -> Exists:
    rows = Agreement.objects.filter(project=OuterRef("pk"))
    return Exists(rows.exclude(status=Agreement.Status.CANCELLED))


register(
    Stage(
        "signing",
        _("Signing"),
        signs,
        "agreements.view_agreement",
        _("with an agreement drawn up or signed"),
    )
)


@contributes
def agreements(project: Project, user: User) -> Iterator[Entry]:
    """Agreements on the project: drawn up, signed, cancelled."""
    if not user.has_perm("agreements.view_agreement"):
        return
    found = Agreement.objects.filter(project=project).select_related("edition")
    for one in found[:MOST]:
        yield from agreement_entries(one, office_link(one, user))


@waits
def signatures(project: Project, user: User) -> Iterator[Waiting]:
    """Agreements on the project that are not signed yet."""
    if not user.has_perm("agreements.view_agreement"):
        return
    for one in Agreement.objects.filter(project=project, status__in=OPEN)[:MOST]:
        words = {"reference": one.reference, "status": one.get_status_display()}
        yield Waiting(
            gettext("Agreement %(reference)s is not signed: %(status)s.") % words,
            office_link(one, user),
        )
