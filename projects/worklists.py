"""Projects that wait for the office."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.models import Edition
from events.worklists import Shown, WorkList, register
from projects.models import Project


def to_screen(edition: Edition) -> QuerySet[Project]:
    return Project.objects.filter(edition=edition, status=Project.Status.APPLIED)


def show(row: Project) -> Shown:
    return Shown(row.title, row.holder.both_names, (row.reference, str(row.sector or "")))


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
