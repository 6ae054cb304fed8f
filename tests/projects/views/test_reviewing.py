"""The reviewer's pages: one's own list alone, kept at each save, refused in the reader's words."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import Review
from projects.services.reviewers import renew_reviewer_link, reviewer_token
from tests import make
from tests.projects import make_screening as ms

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2117, 11, 8), "ends_on": date(2117, 11, 10)}


@pytest.fixture
def review():
    phase = ms.phase(edition=make.edition(slug="2117", year=2117, **DAYS))
    project = ms.project(phase.edition, title_en="Solar sails", summary_en="They sail by the sun.")
    return ms.review(phase, project)


def list_of(reviewer) -> str:
    return reverse("projects:reviewer", args=[reviewer.edition.slug, reviewer_token(reviewer)])


def page_of(review) -> str:
    phase, reviewer = review.phase, review.reviewer
    args = [phase.edition.slug, reviewer_token(reviewer), phase.number, review.project_id]
    return reverse("projects:review", args=args)


def said(review, value=4, **more) -> dict:
    points = {f"points-{one.pk}": value for one in review.phase.criteria.all()}
    return {"deed": "keep", **points, "to_applicant": "", "to_board": "", **more}


def test_reviewer_finds_their_list_by_the_link_alone(client, review):
    other = ms.review(review.phase, ms.project(review.phase.edition, title_en="Hidden harbour"))

    page = client.get(list_of(review.reviewer))

    text = page.content.decode()
    assert "Solar sails" in text
    assert "Hidden harbour" not in text
    assert "private" in page["Cache-Control"]
    assert "no-store" in page["Cache-Control"]
    assert client.get(page_of(review)).status_code == 200
    foreign = page_of(review).replace(f"/{review.project_id}/", f"/{other.project_id}/")
    assert client.get(foreign).status_code == 404


def test_renewed_link_ends_the_old_one(client, review):
    old = list_of(review.reviewer)

    renew_reviewer_link(review.reviewer.pk, by=make.organizer())

    assert client.get(old).status_code == 404


def test_review_is_kept_and_leads_back_to_the_list(client, review):
    answer = client.post(page_of(review), said(review, to_board="A good team."))

    review.refresh_from_db()
    assert answer.status_code == 302
    assert answer["Location"].startswith(list_of(review.reviewer))
    assert (review.state, review.to_board) == (Review.State.DONE, "A good team.")
    assert set(review.scores.values_list("value", flat=True)) == {4}


def test_impossible_points_are_refused_beside_their_field_and_the_text_stays(client, review):
    answer = client.post(page_of(review), said(review, value=9, to_board="Typed at length."))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Select a valid choice" in text
    assert "Typed at length." in text
    assert review.scores.count() == 0


def test_abstention_without_a_reason_is_asked_for_one(client, review):
    answer = client.post(page_of(review), {"deed": "abstain", "reason": " "})

    assert answer.status_code == 422
    assert "Give the reason." in answer.content.decode()

    client.post(page_of(review), {"deed": "abstain", "reason": "Not my field."})
    review.refresh_from_db()
    assert review.state == Review.State.ABSTAINED


def test_declared_conflict_closes_the_page_for_good(client, review):
    client.post(page_of(review), {"deed": "conflict", "reason": "My sister's company."})

    answer = client.post(page_of(review), said(review))

    assert answer.status_code == 422
    assert "You declared a conflict of interest" in answer.content.decode()


def test_phase_that_is_over_is_read_only(client, review):
    review.phase.__class__.objects.update(ends_at=timezone.now() - timedelta(minutes=1))

    assert "nothing is taken" in client.get(page_of(review)).content.decode()
    assert client.post(page_of(review), said(review)).status_code == 422


def test_others_are_shown_without_names_once_the_phase_is_over_and_only_then(client, review):
    phase = review.phase
    ms.review(phase, review.project, points=5, to_board="Convincing numbers.")
    type(phase).objects.update(others="closed")

    assert "Convincing numbers." not in client.get(page_of(review)).content.decode()

    type(phase).objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    assert "Convincing numbers." in client.get(page_of(review)).content.decode()


def test_list_costs_the_same_queries_however_long(client, review, django_assert_max_num_queries):
    client.get(list_of(review.reviewer))
    for _n in range(10):
        ms.review(review.phase, reviewer=review.reviewer)

    with django_assert_max_num_queries(6):
        client.get(list_of(review.reviewer))
