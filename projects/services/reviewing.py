"""What a reviewer does: scores and comments, abstains, declares a conflict. All under the row."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrconf.lib.errors import DomainError
from projects.models import DeclaredConflict, Review, Reviewer, ReviewPhase, ReviewScore

State, Mode = Review.State, ReviewPhase.Mode


def reviews_of(reviewer: Reviewer):
    """A reviewer's own list, phase by phase."""
    rows = Review.objects.filter(reviewer=reviewer).select_related(
        "phase", "project__sector", "project__holder", "project__blind_text"
    )
    return rows.order_by("phase__number", "project__reference", "pk")


@transaction.atomic
def keep_review(
    pk: int,
    *,
    points: Mapping[int, int],
    passes: bool | None = None,
    to_applicant: str = "",
    to_board: str = "",
) -> Review:
    """Keep what a reviewer said so far; it counts once every criterion has its points.

    `points` by criterion; one left out is taken back. Raises DomainError: phase_closed,
    conflict (who declared one says no more), points.
    """
    review = _locked(pk)
    _must_be_open(review)
    if review.state == State.CONFLICT:
        raise DomainError(_("You declared a conflict of interest here."), code="conflict")
    criteria = {one.pk: one for one in review.phase.criteria.all()}
    _refuse_points(points, criteria)
    review.scores.all().delete()
    ReviewScore.objects.bulk_create(
        ReviewScore(review=review, criterion_id=key, value=value) for key, value in points.items()
    )
    review.passes = passes if review.phase.mode == Mode.PASS_FAIL else None
    review.to_applicant, review.to_board, review.reason = to_applicant, to_board, ""
    has_voted = review.passes is not None or review.phase.mode == Mode.SCORES
    is_done = has_voted and set(points) == set(criteria)
    return _answer(review, State.DONE if is_done else State.ASSIGNED)


@transaction.atomic
def abstain(pk: int, *, reason: str) -> Review:
    """No vote on this project, with the reason; it can be taken back by reviewing after all."""
    review = _locked(pk)
    _must_be_open(review)
    _must_say(reason)
    if review.state == State.CONFLICT:
        raise DomainError(_("You declared a conflict of interest here."), code="conflict")
    return _leave(review, State.ABSTAINED, reason)


@transaction.atomic
def declare_conflict(pk: int, *, reason: str) -> Review:
    """This project concerns the reviewer: what they said of it is gone, they never get it again."""
    review = _locked(pk)
    _must_be_open(review)
    _must_say(reason)
    DeclaredConflict.objects.get_or_create(
        reviewer=review.reviewer, project=review.project, defaults={"reason": reason}
    )
    return _leave(review, State.CONFLICT, reason)


def _leave(review: Review, state: str, reason: str) -> Review:
    review.scores.all().delete()
    review.passes, review.to_applicant, review.to_board = None, "", ""
    review.reason = reason
    return _answer(review, state)


def _answer(review: Review, state: str) -> Review:
    review.state = state
    review.answered_at = None if state == State.ASSIGNED else timezone.now()
    review.save()
    return review


def _locked(pk: int) -> Review:
    rows = Review.objects.select_related("phase", "reviewer", "project")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _must_be_open(review: Review) -> None:
    if not review.phase.is_open:
        raise DomainError(_("The phase is not open: nothing is taken now."), code="phase_closed")


def _must_say(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Give the reason."), code="reason")


def _refuse_points(points: Mapping[int, int], criteria: Mapping) -> None:
    for key, value in points.items():
        if key not in criteria or value not in criteria[key].points:
            raise DomainError(_("These points cannot be given."), code="points")
