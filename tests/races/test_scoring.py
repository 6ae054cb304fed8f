"""Scores that race: with the close of the round, with themselves, in two tabs."""

import time
from functools import partial

import pytest
from django.db.models import QuerySet

from projects.models import Round, Score
from projects.services import scoring
from projects.services.rounds import close_round
from projects.services.scoring import keep_score, scores_now
from projects.services.trail import verify_trail
from tests import make
from tests.projects import make_competition as mc
from tests.races.racing import lockless, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def final():
    return mc.final(entries=4, jurors=5)


def touches(round) -> list:
    """Every juror touches every entry once."""
    return [
        partial(mc.give, juror, entry, 5)
        for juror in round.jurors.all()
        for entry in round.entries.all()
    ]


@pytest.fixture
def slowly(monkeypatch):
    """Whoever does not wait for the round has time to do harm."""
    kept = scoring.must_be_open

    def must_be_open(round):
        kept(round)
        time.sleep(0.02)

    monkeypatch.setattr(scoring, "must_be_open", must_be_open)


def after_the_close(round) -> int:
    close = Score.objects.get(round=round, kind="close")
    return Score.objects.filter(round=round, kind="score", number__gt=close.number).count()


@pytest.mark.usefixtures("slowly")
def test_score_arrives_before_the_close_or_is_refused(final):
    by = make.organizer()

    results = race([*touches(final), partial(close_round, final.pk, by=by)])

    kept = [result for result in results if isinstance(result, Score)]
    assert len(kept) + results.count("closed") == 20
    assert len(scores_now(final)) == len(kept)
    assert after_the_close(final) == 0
    assert verify_trail(Round.objects.get(pk=final.pk)) is None


@pytest.mark.usefixtures("slowly")
def test_without_the_lock_scores_are_lost_or_the_trail_breaks(final, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    results = race([*touches(final), partial(close_round, final.pk, by=make.organizer())])

    assert any(isinstance(result, Exception) for result in results)


def same_touch(final) -> list:
    juror, entry = final.jurors.first(), final.entries.first()
    send = partial(
        keep_score,
        juror.pk,
        entry_id=entry.pk,
        criterion_id=final.criteria.get().pk,
        value=7,
        touch=mc.touch(client="tablet", sequence=1),
    )
    return [send] * 3


@pytest.mark.usefixtures("slowly")
def test_same_queued_score_sent_three_times_at_once_is_kept_once(final):
    results = race(same_touch(final))

    assert len({result.pk for result in results}) == 1
    assert Score.objects.filter(round=final, kind="score").count() == 1


@pytest.mark.usefixtures("slowly")
def test_without_the_lock_the_same_score_collides(final, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    results = race(same_touch(final))

    assert any(isinstance(result, Exception) for result in results)


@pytest.mark.usefixtures("slowly")
def test_two_tabs_of_a_juror_leave_the_newer_touch(final):
    juror, entry = final.jurors.first(), final.entries.first()
    tabs = [
        partial(mc.give, juror, entry, value, client="tablet", sequence=sequence)
        for value, sequence in [(3, 1), (9, 2)]
    ]

    race(tabs)

    assert [score.value for score in scores_now(final)] == [9]
