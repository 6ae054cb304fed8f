"""Planned releases: made at their time, or refused with a reason that is mailed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events.models import Edition, PlannedRelease, Release
from events.services.releases import Words, locked_edition, make_release
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.links import absolute
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters

State = PlannedRelease.State
# Later than this a plan is stale: it was made for a moment, and that is past.
LATEST = timedelta(hours=1)


@transaction.atomic
def plan_release(
    edition: Edition, words: Words, *, due_at: datetime, groups: Sequence[str] = (), by: User
) -> PlannedRelease:
    """Have the next release of an edition made at an instant (aware), of what the drafts say then."""
    locked_edition(edition.pk)
    if due_at <= timezone.now():
        raise DomainError(_("Choose a time that is still to come."), code="past")
    if PlannedRelease.objects.waiting().filter(edition=edition).exists():
        raise DomainError(
            _("A release of this edition is planned already: withdraw it first."), code="planned"
        )
    return PlannedRelease.objects.create(
        edition=edition,
        due_at=due_at,
        name_en=words.name_en,
        name_zh_hans=words.name_zh,
        note_en=words.note_en,
        note_zh_hans=words.note_zh,
        groups=list(groups),
        planned_by=by,
    )


def withdraw_plan(pk: int, *, by: User) -> None:
    """Take a planned release back; the drafts stay as they are."""
    rows = PlannedRelease.objects.waiting().filter(pk=pk)
    if not rows.update(state=State.WITHDRAWN):
        raise DomainError(_("This release is no longer planned."), code="wrong_state")


def make_due_releases() -> int:
    """Make every planned release that is due; return how many were made."""
    due = PlannedRelease.objects.due(timezone.now()).values_list("pk", flat=True)
    return sum(make_planned(pk) for pk in list(due))


@transaction.atomic
def make_planned(pk: int) -> bool:
    """Make one planned release, or say why not; whoever comes second does nothing."""
    rows = PlannedRelease.objects.waiting().select_for_update(of=("self",), skip_locked=True)
    plan = rows.select_related("edition", "planned_by").filter(pk=pk).first()
    if plan is None:
        return False
    with translation.override(plan.planned_by.language if plan.planned_by else "en"):
        _settle(plan)
    plan.save(update_fields=["release", "state", "trouble"])
    return plan.release is not None


def _settle(plan: PlannedRelease) -> None:
    try:
        plan.release = _release(plan)
        plan.state = State.RELEASED
    except ValidationError as refusal:
        _refuse(plan, refusal)


@transaction.atomic
def _release(plan: PlannedRelease) -> Release:
    if timezone.now() - plan.due_at > LATEST:
        raise DomainError(_("Its time had passed by more than an hour."), code="too_late")
    words = Words(plan.name_en, plan.name_zh_hans, plan.note_en, plan.note_zh_hans)
    edition = locked_edition(plan.edition_id)
    return make_release(edition, words, groups=plan.groups, by=plan.planned_by)


def _refuse(plan: PlannedRelease, refusal: ValidationError) -> None:
    """Keep the reason, and mail it to who planned the release."""
    planner = plan.planned_by
    plan.state, plan.trouble = State.REFUSED, " ".join(map(str, refusal.messages))
    if planner and planner.email:
        queue_letters("release_refused", [_letter(plan, planner)])


def _letter(plan: PlannedRelease, planner: User) -> Letter:
    page = absolute(reverse("admin:events_release_add"))
    return Letter(
        recipient=f"user:{planner.pk}",
        occasion=f"planned_release:{plan.pk}",
        to_address=planner.email,
        to_name=str(planner),
        language=planner.language,
        context={
            "edition": plan.edition,
            "plan": plan,
            "office_link": f"{page}?edition={plan.edition_id}",
        },
    )
