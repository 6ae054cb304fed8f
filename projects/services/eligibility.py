"""The eligibility checklist: ticked by the office, line by line; what fails has its name."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from projects.models import EligibilityCheck, EligibilityItem, Project

Status = Project.Status
# Once something was decided the list stands as it was.
OPEN = [Status.APPLIED, Status.ELIGIBLE]


@dataclass(frozen=True)
class Finding:
    """What the office found for one line."""

    is_met: bool
    note: str = ""


def items_of(edition: Edition) -> list[EligibilityItem]:
    return list(EligibilityItem.objects.filter(edition=edition).order_by("position", "pk"))


@transaction.atomic
def check_eligibility(pk: int, findings: Mapping[int, Finding], *, by: User) -> Project:
    """Keep what was found of a project, by line; eligible once every line holds.

    A line left out is open again. Raises DomainError: unknown_line, wrong_state.
    """
    project = Project.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    items = {one.pk for one in items_of(project.edition)}
    if set(findings) - items:
        raise DomainError(_("This is no line of the checklist."), code="unknown_line")
    if project.status not in OPEN:
        raise DomainError(_("The project is past the eligibility check."), code="wrong_state")
    known = {one.item_id: one for one in project.eligibility.all()}
    for item in set(known) - set(findings):
        known[item].delete()
    for item, found in findings.items():
        _keep(project, item, found, known.get(item), by)
    holds = bool(items) and all(key in findings and findings[key].is_met for key in items)
    project.status = Status.ELIGIBLE if holds else Status.APPLIED
    project.save(update_fields=["status", "updated_at"])
    return project


def _keep(
    project: Project, item: int, found: Finding, known: EligibilityCheck | None, by: User
) -> None:
    """Who finds the same again leaves the first finder's name and time."""
    if known and (known.is_met, known.note) == (found.is_met, found.note):
        return
    said = {"is_met": found.is_met, "note": found.note, "by": by, "at": timezone.now()}
    EligibilityCheck.objects.update_or_create(project=project, item_id=item, defaults=said)


def fails_of(project: Project) -> list[EligibilityCheck]:
    """The lines that do not hold, in order."""
    rows = project.eligibility.filter(is_met=False).select_related("item")
    return list(rows.order_by("item__position", "item"))
