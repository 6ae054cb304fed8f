"""Reviewers for projects: by the solver, by hand, never a conflict that is final."""

import pytest

from hrconf.lib.errors import DomainError
from projects.models import DeclaredConflict, Project, Review
from projects.services.assigning import add_review, apply_reviews, plan_reviews, remove_review
from projects.services.reviewing import abstain, keep_review
from tests import make
from tests.projects import make_screening as ms

pytestmark = pytest.mark.django_db


@pytest.fixture
def phase():
    phase = ms.phase(wanted=2)
    for _n in range(6):
        ms.project(phase.edition)
    for _n in range(4):
        ms.reviewer(phase.edition)
    return phase


def load(phase) -> list[int]:
    return sorted(one.reviews.filter(phase=phase).count() for one in phase.edition.reviewers.all())


def test_plan_changes_nothing_and_applying_it_does_what_it_said(phase):
    plan = plan_reviews(phase)
    assert phase.reviews.count() == 0

    apply_reviews(phase.pk, by=make.organizer())

    assert sorted(phase.reviews.values_list("project", "reviewer")) == sorted(plan.added)
    assert load(phase) == [3, 3, 3, 3]
    statuses = set(phase.edition.projects.values_list("status", flat=True))
    assert statuses == {Project.Status.IN_REVIEW}


def test_applying_twice_changes_nothing(phase):
    apply_reviews(phase.pk, by=None)
    before = set(phase.reviews.values_list("pk", flat=True))

    apply_reviews(phase.pk, by=None)

    assert set(phase.reviews.values_list("pk", flat=True)) == before


def test_what_was_answered_or_begun_or_given_by_hand_stays(phase):
    project = phase.edition.projects.first()
    first, second, third = phase.edition.reviewers.all()[:3]
    criterion = phase.criteria.first()
    by_hand = add_review(phase.pk, project_id=project.pk, reviewer_id=first.pk, by=make.user())
    begun = ms.review(phase, project, second)
    keep_review(begun.pk, points={criterion.pk: 3})
    away = ms.review(phase, project, third)
    abstain(away.pk, reason="I know too little of it.")

    apply_reviews(phase.pk, by=None)

    kept = set(Review.objects.filter(project=project).values_list("pk", flat=True))
    assert kept == {by_hand.pk, begun.pk, away.pk}


def test_reviewers_never_get_their_own_project_nor_one_they_declared(phase):
    reviewer = phase.edition.reviewers.first()
    own = ms.project(phase.edition, holder=reviewer.person)
    declared = ms.project(phase.edition)
    DeclaredConflict.objects.create(reviewer=reviewer, project=declared, reason="A friend.")

    apply_reviews(phase.pk, by=None)

    assert not reviewer.reviews.filter(project__in=[own, declared]).exists()
    for project, code in [(own, "conflict_final"), (declared, "conflict_final")]:
        with pytest.raises(DomainError) as refusal:
            add_review(
                phase.pk,
                project_id=project.pk,
                reviewer_id=reviewer.pk,
                despite_conflict=True,
                by=make.user(),
            )
        assert refusal.value.code == code


def test_conflict_by_organization_is_named_and_can_be_confirmed(phase):
    reviewer = ms.reviewer(phase.edition, person=make.person(organization_en="Silan GmbH"))
    project = ms.project(phase.edition, organization_en="Silan Ltd")
    pair = {"project_id": project.pk, "reviewer_id": reviewer.pk, "by": make.user()}

    with pytest.raises(DomainError, match="Silan GmbH") as refusal:
        add_review(phase.pk, **pair)
    assert refusal.value.code == "conflict"

    assert add_review(phase.pk, despite_conflict=True, **pair).is_by_hand


def test_who_holds_a_project_does_not_review_that_of_their_reviewer(phase):
    one, other = (ms.reviewer(phase.edition) for _n in range(2))
    theirs = ms.project(phase.edition, holder=one.person)
    back = ms.project(phase.edition, holder=other.person)
    ms.review(phase, theirs, other)

    assert (back.pk, one.pk) not in plan_reviews(phase).answer.pairs
    with pytest.raises(DomainError, match="reviewed each other"):
        add_review(phase.pk, project_id=back.pk, reviewer_id=one.pk, by=make.user())


def test_answered_review_cannot_be_taken_away(phase):
    review = ms.review(phase, points=3)

    with pytest.raises(DomainError) as refusal:
        remove_review(review.pk, by=make.user())

    assert refusal.value.code == "answered"


def test_projects_that_a_panel_failed_go_no_further():
    panel = ms.phase(mode="pass_fail", criteria=0)
    passed, failed = (ms.project(panel.edition, status="in_review") for _n in range(2))
    for project, vote in [(passed, True), (failed, False)]:
        ms.review(panel, project, points=0, passes=vote)
    scoring = ms.phase(edition=panel.edition, wanted=1)
    ms.reviewer(panel.edition)

    assert list(plan_reviews(scoring).projects) == [passed.pk]


def test_sector_of_a_reviewer_counts_its_sub_sectors():
    phase = ms.phase(wanted=1)
    sector = make.sector()
    below = make.sector(parent=sector)
    expert = ms.reviewer(phase.edition, sectors=[sector])
    ms.reviewer(phase.edition, sectors=[make.sector()])
    ms.project(phase.edition, sector=below)

    assert [reviewer for _project, reviewer in plan_reviews(phase).added] == [expert.pk]


def test_planning_costs_the_same_queries_however_many(phase, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        plan_reviews(phase)
