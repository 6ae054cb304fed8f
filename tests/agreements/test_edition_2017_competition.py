"""The final of 2017 as the demo shows it."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from agreements.edition_2017.load import load_edition
from agreements.edition_2017.remove import remove_edition
from events.models import Session
from projects.models import Competition, Project, Round, Score
from projects.services.trail import verify_trail
from projects.services.votes import sources_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def edition(django_db_setup, django_db_blocker):
    """Loaded once for all tests here, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_edition()
        transaction.set_rollback(True)


@pytest.fixture
def final(edition) -> Round:
    return Round.objects.get(competition__edition=edition, number=1)


def test_ten_pitches_are_the_entries_in_their_order(final):
    pitches = Session.objects.filter(edition=final.edition, kind="pitch")
    entries = final.entries.select_related("session__booking", "project")

    assert {entry.session for entry in entries} == set(pitches)
    starts = [entry.session.booking.during.lower for entry in entries]
    assert starts == sorted(starts)
    assert {entry.project.status for entry in entries} == {Project.Status.SHORTLISTED}


def test_published_ranking_agrees_with_the_scores_of_the_jury(final):
    out = StringIO()

    call_command("rank_competition", "2017", 1, stdout=out)

    assert "It agrees with the published ranking." in out.getvalue()
    assert verify_trail(final) is None
    assert final.jurors.count() == 6


def test_correction_moves_an_entry_that_the_harsh_juror_did_not_see(final):
    moved = [row["place_raw"] - row["place"] for row in final.published["standings"]]

    assert sorted(filter(None, moved)) == [-1, 1]


def test_three_prizes_are_revealed(final):
    assert final.revealed == 3
    assert [prize.worth for prize in final.prizes.all()] == [
        "500,000 CNY",
        "300,000 CNY",
        "200,000 CNY",
    ]


def test_audience_had_one_vote_each_and_a_telephone_with_nine_badges_none(edition):
    vote = Round.objects.get(competition__edition=edition, number=2)

    states = Counter(vote.votes.values_list("state", flat=True))
    assert states == {"counted": 386, "struck": 9}
    assert [one.votes for one in sources_of(vote) if one.is_odd] == [9]
    out = StringIO()
    call_command("rank_competition", "2017", 2, stdout=out)
    assert "It agrees with the published ranking." in out.getvalue()


def test_edition_is_removed_with_its_competition(edition):
    with transaction.atomic():
        remove_edition()

        assert not Competition.objects.exists()
        assert not Score.objects.exists()
        transaction.set_rollback(True)
