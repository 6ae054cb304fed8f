"""Reviewers for projects: planned by the solver, looked at, applied, changed by hand.

What a reviewer has answered stays whatever is planned. Plans are made and applied under
the phase's row, so that two cannot mix.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from projects.assigning import Assignment, Entry, Judge, Problem, assign
from projects.models import Project, Review, Reviewer, ReviewPhase, ReviewScore
from projects.services.conflicts import Conflict, Why, conflict_pairs, find_conflicts
from projects.services.reviewers import projects_of

# Pairs of project and reviewer beyond which the plan is applied as long work.
MOST_AT_ONCE = 20_000
State, Status = Review.State, Project.Status


@dataclass(frozen=True)
class Plan:
    """What an assignment would do: pairs to add and to take away, what lacks, the conflicts."""

    phase: ReviewPhase
    answer: Assignment
    projects: dict[int, Project]
    reviewers: dict[int, Reviewer]
    conflicts: list[Conflict]
    added: Sequence[tuple[int, int]] = ()
    removed: Sequence[tuple[int, int]] = ()
    load: dict[int, int] = field(default_factory=dict)

    @property
    def is_large(self) -> bool:
        return len(self.projects) * len(self.reviewers) > MOST_AT_ONCE


def plan_reviews(phase: ReviewPhase) -> Plan:
    """What the solver would do with a phase now; changes nothing."""
    _refuse_without_panel(phase)
    projects = {one.pk: one for one in _projects(phase)}
    reviewers = {one.pk: one for one in _reviewers(phase)}
    conflicts = find_conflicts([one.person for one in reviewers.values()], projects.values())
    barred = _as_reviewers(conflicts, reviewers)
    now = _now(phase)
    kept = [(p, r) for p, r, state, by_hand in now if by_hand or state != State.ASSIGNED]
    answered = {(p, r) for p, r, state, _hand in now if state != State.ASSIGNED}
    here = [pair for pair in kept if pair[0] in projects and pair[1] in reviewers]
    away = {(p, r) for p, r, state, _hand in now if state in {State.ABSTAINED, State.CONFLICT}}
    answer = assign(
        Problem(
            entries=[Entry(one.pk, one.sector_id, phase.wanted) for one in projects.values()],
            judges=[_judge(one) for one in reviewers.values()],
            conflicts=barred - answered,
            kept=[pair for pair in here if pair not in away],
            forbidden=away,
        )
    )
    had = {(p, r) for p, r, _state, _hand in now}
    wanted = set(answer.pairs)
    free = {(p, r) for p, r, state, by_hand in now if state == State.ASSIGNED and not by_hand}
    return Plan(
        phase,
        answer,
        projects,
        reviewers,
        conflicts,
        added=sorted(wanted - had),
        removed=sorted(free - wanted),
        load=answer.load,
    )


def _now(phase: ReviewPhase) -> list[tuple[int, int, str, bool]]:
    """Project, reviewer, state, and whether it stays: by hand, or begun."""
    begun = Q(is_by_hand=True) | Q(begun=True) | ~Q(to_board="", to_applicant="")
    points = ReviewScore.objects.filter(review=OuterRef("pk"))
    rows = phase.reviews.order_by("pk").annotate(begun=Exists(points)).annotate(stays=begun)
    return list(rows.values_list("project", "reviewer", "state", "stays"))


def _projects(phase: ReviewPhase):
    open_ones = projects_of(phase).filter(status__in=[Status.ELIGIBLE, Status.IN_REVIEW])
    return open_ones.select_related("holder", "sector")


def _reviewers(phase: ReviewPhase):
    rows = Reviewer.objects.filter(edition=phase.edition, is_active=True)
    return rows.select_related("person").prefetch_related("sectors__children")


def _judge(reviewer: Reviewer) -> Judge:
    """Who knows a sector knows its sub-sectors."""
    known = {
        one.pk for sector in reviewer.sectors.all() for one in [sector, *sector.children.all()]
    }
    return Judge(reviewer.pk, frozenset(known), reviewer.most)


def _as_reviewers(conflicts, reviewers: dict[int, Reviewer]) -> set[tuple[int, int]]:
    by_person = {one.person_id: one.pk for one in reviewers.values()}
    return {(project, by_person[person]) for project, person in conflict_pairs(conflicts)}


@transaction.atomic
def apply_reviews(phase_id: int, *, by: User | None) -> Plan:
    """Plan under the phase's row and write it down; a second time nothing is left to do."""
    phase = ReviewPhase.objects.select_for_update(of=("self",), no_key=True).get(pk=phase_id)
    if phase.is_over:
        raise DomainError(_("The phase is over."), code="phase_over")
    plan = plan_reviews(phase)
    gone = set(plan.removed)
    rows = phase.reviews.filter(state=State.ASSIGNED).values_list("pk", "project", "reviewer")
    Review.objects.filter(pk__in=[pk for pk, *pair in rows if tuple(pair) in gone]).delete()
    made = [
        Review(phase=phase, project_id=project, reviewer_id=reviewer, assigned_by=by)
        for project, reviewer in plan.added
    ]
    Review.objects.bulk_create(made, batch_size=1000)
    taken = {project for project, _reviewer in plan.answer.pairs}
    Project.objects.filter(pk__in=taken, status=Status.ELIGIBLE).update(status=Status.IN_REVIEW)
    return plan


@transaction.atomic
def add_review(
    phase_id: int, *, project_id: int, reviewer_id: int, despite_conflict: bool = False, by: User
) -> Review:
    """Give a project to a reviewer by hand; a conflict is named and must be confirmed.

    What the reviewer declared, and their own project, cannot be confirmed away.
    """
    phase = ReviewPhase.objects.select_for_update(of=("self",), no_key=True).get(pk=phase_id)
    _refuse_without_panel(phase)
    reviewer = Reviewer.objects.select_related("person").get(pk=reviewer_id, edition=phase.edition)
    rows = Project.objects.select_related("holder")
    project = rows.get(pk=project_id, edition=phase.edition)
    _refuse_conflicts(find_conflicts([reviewer.person], [project]), despite_conflict)
    made, is_new = Review.objects.get_or_create(
        phase=phase,
        project=project,
        reviewer=reviewer,
        defaults={"is_by_hand": True, "assigned_by": by},
    )
    if not is_new:
        raise DomainError(_("The reviewer has this project already."), code="already")
    Project.objects.filter(pk=project_id, status=Status.ELIGIBLE).update(status=Status.IN_REVIEW)
    return made


FINAL = {Why.OWN, Why.DECLARED}


def _refuse_conflicts(conflicts: list[Conflict], despite: bool) -> None:
    if not conflicts:
        return
    said = "; ".join(conflict_in_words(one) for one in conflicts)
    if FINAL & {one.why for one in conflicts}:
        words = _("Not possible, conflict of interest: %(why)s.") % {"why": said}
        raise DomainError(words, code="conflict_final")
    if not despite:
        words = _("Conflict of interest: %(why)s. Confirm it to assign nevertheless.")
        raise DomainError(words % {"why": said}, code="conflict")


def conflict_in_words(conflict: Conflict) -> str:
    """The reason, with the name or domain that says it."""
    label = str(Why(conflict.why).label)
    return f"{label} ({conflict.detail})" if conflict.detail else label


@transaction.atomic
def remove_review(pk: int, *, by: User) -> None:
    """Take a project from a reviewer who has not answered yet."""
    review = Review.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if review.state != State.ASSIGNED:
        raise DomainError(_("What was answered stays."), code="answered")
    review.delete()


def _refuse_without_panel(phase: ReviewPhase) -> None:
    if not phase.is_panel:
        words = _("In this phase the office checks the list itself; there are no reviewers.")
        raise DomainError(words, code="no_panel")
