"""What reviewers say: kept, counted when complete, refused when the phase is not open."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from hrconf.lib.errors import DomainError
from projects.models import Review
from projects.services.blind import COVER, cover
from projects.services.eligibility import Finding, check_eligibility, fails_of
from projects.services.reviewing import abstain, declare_conflict, keep_review
from tests import make
from tests.projects import make_screening as ms

pytestmark = pytest.mark.django_db
State = Review.State


def all_points(review, value=4) -> dict[int, int]:
    return {one.pk: value for one in review.phase.criteria.all()}


def test_review_counts_once_every_criterion_has_points():
    review = ms.review()
    points = all_points(review)
    half = dict(list(points.items())[:1])

    assert keep_review(review.pk, points=half, to_board="So far.").state == State.ASSIGNED
    assert keep_review(review.pk, points=points).state == State.DONE
    assert keep_review(review.pk, points=half).state == State.ASSIGNED


def test_panel_needs_a_vote():
    review = ms.review(ms.phase(mode="pass_fail", criteria=0))

    assert keep_review(review.pk, points={}).state == State.ASSIGNED
    assert keep_review(review.pk, points={}, passes=False).state == State.DONE


@pytest.mark.parametrize("value", [6, -1])
def test_points_outside_the_scale_are_refused(value):
    review = ms.review()

    with pytest.raises(DomainError) as refusal:
        keep_review(review.pk, points=all_points(review, value))

    assert refusal.value.code == "points"


def test_points_of_another_phase_are_refused():
    review, other = ms.review(), ms.review()

    with pytest.raises(DomainError) as refusal:
        keep_review(review.pk, points=all_points(other))

    assert refusal.value.code == "points"


@pytest.mark.parametrize("days", [(-2, -1), (1, 2)])
def test_nothing_is_taken_outside_the_phase(days):
    start, end = (timezone.now() + timedelta(days=day) for day in days)
    review = ms.review(ms.phase(starts_at=start, ends_at=end))

    for deed in [
        lambda: keep_review(review.pk, points={}),
        lambda: abstain(review.pk, reason="-"),
        lambda: declare_conflict(review.pk, reason="-"),
    ]:
        with pytest.raises(DomainError) as refusal:
            deed()
        assert refusal.value.code == "phase_closed"


def test_abstention_takes_the_points_back_and_can_be_taken_back():
    review = ms.review()
    keep_review(review.pk, points=all_points(review), to_applicant="Good.")

    abstain(review.pk, reason="I know too little of it.")
    review.refresh_from_db()
    assert (review.state, review.scores.count(), review.to_applicant) == (State.ABSTAINED, 0, "")

    assert keep_review(review.pk, points=all_points(review)).state == State.DONE


def test_declared_conflict_is_for_good():
    review = ms.review()
    declare_conflict(review.pk, reason="My sister's company.")

    with pytest.raises(DomainError) as refusal:
        keep_review(review.pk, points=all_points(review))

    assert refusal.value.code == "conflict"
    assert review.reviewer.declared.get().project == review.project


def test_database_refuses_an_abstention_without_a_reason():
    with pytest.raises(IntegrityError, match="review_without_vote_has_reason"):
        ms.review(state=State.ABSTAINED, answered_at=timezone.now())


def test_names_are_covered_whole_and_by_one_width():
    names = {"Wang Wei", "Xihu Robotics", "王伟"}
    text = "XIHU ROBOTICS was founded by Wang Wei (王伟, wang@xihu.cn, https://xihu.cn/a). Wangwei."

    said = cover(text, names)

    assert said == f"{COVER} was founded by {COVER} ({COVER}). Wangwei."


# Eligibility ----------------------------------------------------------------------------


@pytest.fixture
def applied():
    project = ms.project(make.edition(), status="applied")
    return project, [ms.item(project.edition) for _n in range(2)]


def test_project_is_eligible_once_every_line_holds(applied):
    project, (first, second) = applied
    by = make.organizer()

    assert check_eligibility(project.pk, {first.pk: Finding(True)}, by=by).status == "applied"
    both = {first.pk: Finding(True), second.pk: Finding(True)}
    assert check_eligibility(project.pk, both, by=by).status == "eligible"
    both[second.pk] = Finding(False, "No certificate.")
    assert check_eligibility(project.pk, both, by=by).status == "applied"
    assert [(one.item, one.note) for one in fails_of(project)] == [(second, "No certificate.")]


def test_who_finds_the_same_again_leaves_the_first_name(applied):
    project, (first, _second) = applied
    found = {first.pk: Finding(True)}
    officer = make.organizer()
    check_eligibility(project.pk, found, by=officer)

    check_eligibility(project.pk, found, by=make.organizer())

    assert project.eligibility.get().by == officer


def test_line_of_another_edition_is_refused(applied):
    project, _items = applied

    with pytest.raises(DomainError) as refusal:
        check_eligibility(project.pk, {ms.item(make.edition()).pk: Finding(True)}, by=make.user())

    assert refusal.value.code == "unknown_line"


def test_decided_project_keeps_its_list(applied):
    project, (first, _second) = applied
    type(project).objects.update(status="accepted")

    with pytest.raises(DomainError) as refusal:
        check_eligibility(project.pk, {first.pk: Finding(False)}, by=make.user())

    assert refusal.value.code == "wrong_state"
