"""Projects that wait for the office."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Edition
from events.worklists import Shown, WorkList, register
from projects.models import Application, Project
from projects.services.calls import closing
from projects.services.showcase import unapproved


def to_screen(edition: Edition) -> QuerySet[Project]:
    return Project.objects.filter(edition=edition, status=Project.Status.APPLIED)


def show(row: Project) -> Shown:
    return Shown(
        row.title,
        row.holder.both_names if row.holder else row.organization,
        (row.reference, str(row.sector or "")),
    )


def begun(edition: Edition) -> QuerySet[Application]:
    """Begun and not sent, while they may still be sent."""
    rows = Application.objects.filter(call__edition=edition, submitted_at=None)
    rows = rows.exclude(project__status__in=[Project.Status.WITHDRAWN, Project.Status.DECLINED])
    return rows.annotate(closes=closing()).filter(closes__gt=timezone.now())


def show_begun(row: Application) -> Shown:
    return Shown(
        row.project.title, row.applicant.both_names, (str(row.kind), str(row.project.sector or ""))
    )


register(
    WorkList(
        name="begun",
        title=_("Applications begun and not sent"),
        icon="edit_note",
        label="projects.application",
        permissions=("projects.view_application",),
        rows=begun,
        since="created_at",
        shown=show_begun,
        related=("project__sector", "applicant", "kind"),
    )
)

register(
    WorkList(
        name="screen",
        title=_("Projects to screen"),
        icon="rocket_launch",
        label="projects.project",
        permissions=("projects.view_project",),
        rows=to_screen,
        since="created_at",
        shown=show,
        related=("holder", "sector"),
    )
)

register(
    WorkList(
        name="showcase",
        title=_("Accepted projects whose public page is not approved"),
        icon="storefront",
        label="projects.project",
        permissions=("projects.view_project", "projects.view_showcasepage"),
        rows=unapproved,
        since="created_at",
        shown=show,
        related=("holder", "sector"),
    )
)
