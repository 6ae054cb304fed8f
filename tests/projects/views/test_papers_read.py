"""Papers before reviewers and jurors: of what was given to them, never where names are hidden."""

import pytest

from projects.models import Assignment, Review
from projects.services.reviewers import reviewer_token
from projects.services.reviewing import declare_conflict
from projects.services.scoring import juror_token
from tests.projects import make_call, make_competition, make_screening

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def review_of(**fields) -> tuple[Review, str]:
    """A review of a project with a deck, and the address of the deck for its reviewer."""
    review = make_screening.review(make_screening.phase(**fields))
    file = make_call.file(project=review.project)
    token = reviewer_token(review.reviewer)
    return review, f"/en/{review.phase.edition.slug}/review/{token}/files/{file.pk}/"


def page_of(client, review: Review) -> str:
    token = reviewer_token(review.reviewer)
    place = f"/en/{review.phase.edition.slug}/review/{token}/{review.phase.number}"
    return client.get(f"{place}/{review.project_id}/").content.decode()


def test_reviewer_reads_the_papers_of_what_was_given_to_them(client):
    review, address = review_of()

    answer = client.get(address)

    assert "Pitch 2017.pdf" in page_of(client, review)
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment")


def test_no_papers_where_names_are_hidden(client):
    review, address = review_of(is_blind=True)

    assert client.get(address).status_code == 404
    assert "Pitch 2017" not in page_of(client, review)


def test_who_reads_blind_in_one_phase_reads_no_papers_in_another(client):
    review, address = review_of()
    blind = make_screening.phase(edition=review.phase.edition, is_blind=True)
    make_screening.review(blind, project=review.project, reviewer=review.reviewer)

    assert client.get(address).status_code == 404


def test_papers_of_other_projects_and_of_conflicts_stay_closed(client):
    review, address = review_of()
    _other, foreign = review_of(edition=review.phase.edition)
    number = foreign.rstrip("/").rsplit("/", 1)[1]

    assert client.get(f"{address.rsplit('/', 2)[0]}/{number}/").status_code == 404
    declare_conflict(review.pk, reason="My cousin")
    assert client.get(address).status_code == 404


def test_juror_reads_the_papers_of_their_entries_until_they_step_aside(client):
    final = make_competition.final()
    juror, entry = final.jurors.first(), final.entries.first()
    file = make_call.file(project=entry.project)
    sheet = f"/en/{final.competition.edition.slug}/jury/{juror_token(juror)}/"
    address = f"{sheet}files/{file.pk}/"

    assert "Pitch 2017.pdf" in client.get(sheet).content.decode()
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF-")
    Assignment.objects.filter(juror=juror, entry=entry).update(state="recused")
    assert client.get(address).status_code == 404
