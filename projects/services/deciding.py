"""Decisions: taken quietly, released together; each release has one letter with one number.

Locking: the project, then its decision, then the edition's register. Whoever takes a
number holds the register until the letter is written.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Edition
from hrconf.accounts.models import User
from hrconf.jobs.kinds import Progress
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from projects.models import Decision, Project, ReviewPhase
from projects.services.board import quotas_of, rows_of
from projects.services.decision_letters import KINDS, issue_letter, occasion_of
from projects.services.screening import BEFORE

Outcome, Status = Decision.Outcome, Project.Status
BECOMES = {
    Outcome.ACCEPT: Status.ACCEPTED,
    Outcome.RESERVE: Status.RESERVE,
    Outcome.DECLINE: Status.DECLINED,
}
WAITING = [Message.State.HELD, Message.State.QUEUED, Message.State.UNCERTAIN]


@transaction.atomic
def decide(
    pk: int, *, outcome: str, note: str = "", phase: ReviewPhase | None = None, by: User
) -> Decision:
    """Decide quietly what becomes of a project; a pending decision is replaced.

    What was seen (figures, quotas) is kept with it. Raises DomainError: wrong_state.
    """
    project = _locked(pk)
    if project.status not in BEFORE[BECOMES[Outcome(outcome)]]:
        words = _("A project that is “%(status)s” cannot become “%(to)s”.")
        to = BECOMES[Outcome(outcome)].label
        raise DomainError(
            words % {"status": project.get_status_display(), "to": to}, code="wrong_state"
        )
    pending = project.decisions.filter(released_at=None).first()
    decision = pending or Decision(edition=project.edition, project=project)
    keeps_rank = pending is not None and pending.outcome == outcome
    decision.rank = decision.rank if keeps_rank else _rank(project.edition, outcome)
    decision.outcome, decision.note = outcome, note
    decision.decided_at, decision.decided_by = timezone.now(), by
    decision.seen = _seen(project, phase)
    decision.save()
    return decision


def _rank(edition: Edition, outcome: str) -> int | None:
    """The next place at the end of the reserve list; the edition's row is held meanwhile."""
    if outcome != Outcome.RESERVE:
        return None
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    return (reserve_of(edition).aggregate(last=Max("rank"))["last"] or 0) + 1


def reserve_of(edition: Edition) -> QuerySet[Decision]:
    """The reserve list, pending places included, the first first."""
    rows = Decision.objects.filter(edition=edition, outcome=Outcome.RESERVE, superseded_at=None)
    return rows.order_by("rank").select_related("project__holder")


def _seen(project: Project, phase: ReviewPhase | None) -> dict[str, Any]:
    """The figures and quotas as they stood: a decision is justified by what was known."""
    quotas = [
        {"sector": one.sector.slug, "places": one.places, "taken": one.taken}
        for one in quotas_of(project.edition)
    ]
    figures = rows_of(phase, [project])[0].as_data() if phase else None
    return {"phase": phase and phase.number, "figures": figures, "quotas": quotas}


@transaction.atomic
def withdraw_decision(pk: int, *, by: User) -> None:
    """Take a pending decision of a project back; nobody outside has heard of it."""
    project = _locked(pk)
    gone, _rows = project.decisions.filter(released_at=None).delete()
    if not gone:
        raise DomainError(_("The project has no pending decision."), code="nothing_pending")


def promote(pk: int, *, by: User, note: str = "") -> Decision:
    """A project of the reserve list moves up: accepted, pending until it is released."""
    if not Project.objects.filter(pk=pk, status=Status.RESERVE).exists():
        raise DomainError(_("Only a project of the reserve list moves up."), code="not_reserve")
    return decide(pk, outcome=Outcome.ACCEPT, note=note, by=by)


# Release --------------------------------------------------------------------------------


@dataclass
class Released:
    """What a release did: how many, and which could not be, with the reason."""

    number: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)


def pending_of(edition: Edition) -> QuerySet[Decision]:
    return Decision.objects.filter(edition=edition, released_at=None)


def release_decisions(
    edition: Edition, *, by: User | None, progress: Progress | None = None
) -> Released:
    """Release every pending decision of an edition, each in a transaction of its own.

    Started again it goes on where it was: what is released is left alone.
    """
    outcome = Released()
    keys = list(
        pending_of(edition).order_by("project__reference", "pk").values_list("pk", flat=True)
    )
    for number, pk in enumerate(keys, 1):
        try:
            outcome.number += release_decision(pk, by=by)
        except DomainError as refusal:
            name = Decision.objects.filter(pk=pk).values_list("project__reference", flat=True)
            outcome.left_out.append((str(name.first() or pk), " ".join(refusal.messages)))
        if progress:
            progress(number, len(keys))
    return outcome


@transaction.atomic
def release_decision(pk: int, *, by: User | None) -> bool:
    """Tell one decision: the state moves, the letter gets its number, the mail is written once.

    Returns False where somebody else has released it, or taken it back, meanwhile.
    """
    known = Decision.objects.filter(pk=pk).values_list("project", flat=True).first()
    if known is None:
        return False
    project = _locked(known)
    rows = Decision.objects.select_for_update(of=("self",), no_key=True)
    decision = rows.select_related("edition").filter(pk=pk, released_at=None).first()
    if decision is None:
        return False
    _move(project, BECOMES[Outcome(decision.outcome)])
    now = timezone.now()
    before = project.decisions.filter(released_at__isnull=False, superseded_at=None)
    before.update(superseded_at=now)
    decision.project = project
    decision.released_at, decision.released_by = now, by
    decision.save(update_fields=["released_at", "released_by"])
    issue_letter(decision, by=by)
    return True


def _move(project: Project, to: Status) -> None:
    if project.status not in BEFORE[to]:
        raise DomainError(
            _("A project that is “%(status)s” cannot become “%(to)s”.")
            % {"status": project.get_status_display(), "to": to.label},
            code="wrong_state",
        )
    project.status = to
    project.save(update_fields=["status", "updated_at"])


def _locked(pk: int) -> Project:
    rows = Project.objects.select_related("edition", "holder", "sector")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


# Contradictions -------------------------------------------------------------------------


def contradictions(projects: Collection[Project]) -> dict[int, Message]:
    """Projects whose holder is about to get a letter that says something else.

    A letter of an earlier decision still waits in the outbox while another is pending.
    """
    rows = Decision.objects.filter(project__in=projects).order_by("decided_at", "pk")
    pending: dict[int, Decision] = {}
    earlier: dict[str, Decision] = {}
    for one in rows.select_related("project"):
        if one.released_at is None:
            pending[one.project_id] = one
        else:
            earlier[occasion_of(one)] = one
    said = {key: one for key, one in earlier.items() if _differs(one, pending.get(one.project_id))}
    letters = Message.objects.filter(kind__in=KINDS.values(), occasion__in=said, state__in=WAITING)
    return {said[letter.occasion].project_id: letter for letter in letters.defer("html", "text")}


def _differs(released: Decision, pending: Decision | None) -> bool:
    return pending is not None and pending.outcome != released.outcome
