"""Screening: how far a project has come, one step at a time."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from projects.models import Decision, Project

Status = Project.Status
# From where each state may be reached.
BEFORE = {
    Status.ELIGIBLE: [Status.APPLIED, Status.DECLINED],
    Status.SHORTLISTED: [Status.ELIGIBLE, Status.IN_REVIEW, Status.APPLIED],
    Status.ACCEPTED: [
        Status.ELIGIBLE,
        Status.IN_REVIEW,
        Status.SHORTLISTED,
        Status.APPLIED,
        Status.RESERVE,
    ],
    Status.RESERVE: [Status.APPLIED, Status.ELIGIBLE, Status.IN_REVIEW, Status.SHORTLISTED],
    Status.DECLINED: [
        Status.APPLIED,
        Status.ELIGIBLE,
        Status.IN_REVIEW,
        Status.SHORTLISTED,
        Status.RESERVE,
    ],
}


# What a decision says; while one is pending nothing else may say it.
DECIDED = [Status.ACCEPTED, Status.RESERVE, Status.DECLINED]


@transaction.atomic
def move_project(pk: int, *, to: str, by: User) -> None:
    """Bring a project to a state, or refuse if the way does not lead there.

    Raises DomainError: wrong_state, or pending while a decision waits to be released.
    """
    project = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    has_pending = bool(pending_among([pk]))
    if why := obstacle(project.status, to, has_pending=has_pending):
        code = "wrong_state" if project.status not in BEFORE[Status(to)] else "pending"
        raise DomainError(why, code=code)
    Project.objects.filter(pk=pk).update(status=to)


def obstacle(status: str, to: str, *, has_pending: bool) -> str:
    """Why a project of a status cannot be brought to another; empty if it can."""
    if status not in BEFORE[Status(to)]:
        words = _("A project that is “%(status)s” cannot become “%(to)s”.")
        return words % {"status": Status(status).label, "to": Status(to).label}
    if has_pending and to in DECIDED:
        return _("A decision on it is pending: release it or take it back first.")
    return ""


def pending_among(ids: Collection[int]) -> set[int]:
    """Of these projects those with a decision that nobody was told yet."""
    rows = Decision.objects.filter(project__in=ids, released_at=None)
    return set(rows.values_list("project", flat=True))
