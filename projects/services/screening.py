"""Screening: how far a project has come, one step at a time."""

from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from projects.models import Project

Status = Project.Status
# From where each state may be reached.
BEFORE = {
    Status.ELIGIBLE: [Status.APPLIED, Status.DECLINED],
    Status.SHORTLISTED: [Status.ELIGIBLE, Status.IN_REVIEW, Status.APPLIED],
    Status.ACCEPTED: [Status.ELIGIBLE, Status.IN_REVIEW, Status.SHORTLISTED, Status.APPLIED],
    Status.DECLINED: [Status.APPLIED, Status.ELIGIBLE, Status.IN_REVIEW, Status.SHORTLISTED],
}


def move_project(pk: int, *, to: str, by: User) -> None:
    """Bring a project to a state, or refuse if the way does not lead there."""
    moved = Project.objects.filter(pk=pk, status__in=BEFORE[Status(to)]).update(status=to)
    if not moved:
        status = Project.objects.values_list("status", flat=True).get(pk=pk)
        raise DomainError(
            _("A project that is “%(status)s” cannot become “%(to)s”.")
            % {"status": Status(status).label, "to": Status(to).label},
            code="wrong_state",
        )
