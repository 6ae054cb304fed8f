"""What projects add to the office's first page."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import gettext as _

from events.dashboard import Number, Part, contributes
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.magnitude import grouped
from hrconf.office.links import office_list
from projects.models import Project

PROJECTS = "projects.project"


@contributes(order=40)
def projects(edition: Edition, user: User) -> Iterator[Part]:
    if not user.has_perm("projects.view_project"):
        return
    rows = Project.objects.filter(edition=edition).order_by()
    count = dict(rows.values_list("status").annotate(number=Count("pk")))
    accepted = grouped(count.get(Project.Status.ACCEPTED, 0))
    here = office_list(PROJECTS, edition__id__exact=edition.pk)
    yield Number(
        _("Projects"),
        grouped(sum(count.values())),
        _("%(count)s accepted") % {"count": accepted},
        here,
    )
