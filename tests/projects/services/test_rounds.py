"""Rounds: opened, closed, opened again, published, recomputed; and the trail they leave."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrconf.lib.errors import DomainError
from projects.models import Round, Score
from projects.services.rounds import (
    close_round,
    open_round,
    publish_round,
    reopen_round,
    reveal,
)
from projects.services.scoring import abstain
from projects.services.standings import differences, frozen, ranking_of
from projects.services.trail import verify_trail
from tests import make
from tests.projects import make_competition as mc

pytestmark = pytest.mark.django_db


def places(round) -> dict[int, int | None]:
    position = dict(round.entries.values_list("pk", "position"))
    return {position[s.entry]: s.place for s in ranking_of(round).standings}


def tampered(sql: str, *values) -> None:
    """What a person with the database's own password could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def rank_competition(round) -> str:
    out = StringIO()
    call_command("rank_competition", round.edition.slug, round.number, stdout=out)
    return out.getvalue()


def test_ranking_comes_from_the_raw_scores():
    assert places(mc.scored()) == {1: 2, 2: 1, 3: 3}


def test_abstention_takes_a_card_out_and_is_no_zero():
    round = mc.scored({1: [9, 7], 2: [8, 8], 3: [1, 1]})
    harsh = round.jurors.order_by("pk").last()

    abstain(harsh.pk, entry_id=round.entries.get(position=1).pk, touch=mc.touch())

    found = ranking_of(round).standings
    assert {s.entry: s.raw for s in found}[round.entries.get(position=1).pk] == 9
    assert places(round)[1] == 1


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.integers(0, 10), min_size=2, max_size=2), min_size=2, max_size=4))
def test_closing_and_opening_again_loses_nothing(points):
    round = mc.scored(dict(enumerate(points, 1)))
    before = frozen(round, ranking_of(round))["standings"]
    by = make.organizer()

    close_round(round.pk, by=by)
    publish_round(round.pk, by=by)
    reopen_round(round.pk, reason="A score was missing", by=by)

    round.refresh_from_db()
    assert frozen(round, ranking_of(round))["standings"] == before
    assert verify_trail(round) is None


def test_opening_again_needs_a_reason_and_leaves_it_in_the_trail():
    round = mc.published()
    by = make.organizer()
    with pytest.raises(DomainError) as refused:
        reopen_round(round.pk, reason=" ", by=by)
    assert refused.value.code == "reason"

    reopen_round(round.pk, reason="A juror's tablet had kept two scores", by=by)

    line = round.trail.get(kind="reopen")
    assert (line.by, line.reason) == (by, "A juror's tablet had kept two scores")
    round.refresh_from_db()
    assert (round.state, round.published, round.revealed) == ("open", None, 0)


@pytest.mark.parametrize("deed", [publish_round, open_round])
def test_steps_are_taken_in_their_order_only(deed):
    round = mc.final()

    with pytest.raises(DomainError) as refused:
        deed(round.pk, by=make.organizer())

    assert refused.value.code == "wrong_state"


def test_round_without_entries_jurors_or_cards_is_not_opened():
    for round in [mc.round_of(), mc.entry().round, mc.criterion().round]:
        with pytest.raises(DomainError) as refused:
            open_round(round.pk, by=make.organizer())
        assert refused.value.code == "empty"


def test_published_ranking_agrees_with_the_raw_scores():
    assert "It agrees with the published ranking." in rank_competition(mc.published())


def test_published_ranking_that_was_edited_does_not_agree():
    round = mc.published()
    rows = round.published["standings"]
    rows[0]["entry"], rows[1]["entry"] = rows[1]["entry"], rows[0]["entry"]
    Round.objects.filter(pk=round.pk).update(published=round.published)

    with pytest.raises(CommandError, match="does not agree"):
        rank_competition(round)


def test_command_says_where_the_trail_was_tampered_with():
    round = mc.published()
    tampered("UPDATE projects_score SET value = 10 WHERE round_id = %s AND number = 4", round.pk)

    with pytest.raises(CommandError, match="tampered with at line 4"):
        rank_competition(round)


def test_command_knows_no_round_that_is_not_there():
    with pytest.raises(CommandError) as refused:
        call_command("rank_competition", make.edition().slug, 7)

    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("UPDATE projects_score SET value = 9 WHERE round_id = %s AND number = 2", 2),
        ("UPDATE projects_score SET juror_id = juror_id + 1 WHERE round_id = %s AND number = 2", 2),
        ("DELETE FROM projects_score WHERE round_id = %s AND number = 3", 3),
        ("DELETE FROM projects_score WHERE round_id = %s AND number = 7", 7),
        ("UPDATE projects_score SET at = at - interval '1 hour' WHERE round_id = %s", 1),
    ],
)
def test_tampering_with_the_trail_shows_at_its_line(sql, line):
    round = mc.scored()  # line 1 opens it, 2 to 7 are scores
    assert verify_trail(round) is None

    tampered(sql, round.pk)

    assert verify_trail(round) == line


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_database_refuses_to_change_the_trail(deed):
    lines = Score.objects.filter(round=mc.scored())

    with pytest.raises(DatabaseError, match="never changed"):
        lines.update(value=10) if deed == "update" else lines.delete()


def test_differences_name_what_has_moved():
    round = mc.published()
    Round.objects.filter(pk=round.pk).update(tie_rule="shared")
    round.published["standings"][0]["place"] = 3

    found = differences(round, ranking_of(round))

    assert len(found) == 1
    assert "place 3 was published, now 1" in found[0]


def test_pass_or_fail_ranks_by_the_share_of_passes():
    round = mc.final(mode="pass_fail", entries=2, jurors=2)
    one, other = round.entries.all()
    first, second = round.jurors.all()
    for juror, entry, value in [(first, one, 0), (second, one, 1), (first, other, 1)]:
        mc.give(juror, entry, value)

    assert places(round) == {1: 2, 2: 1}


def test_picks_are_worth_more_the_higher_they_are():
    round = mc.final(mode="picks", entries=3, jurors=2)
    first, second = round.jurors.all()
    one, two, three = round.entries.all()
    for juror, entry, pick in [
        (first, two, 1),
        (first, one, 2),
        (second, two, 2),
        (second, three, 1),
    ]:
        mc.give(juror, entry, pick)

    assert places(round) == {1: 3, 2: 1, 3: 2}


def test_juror_has_each_pick_once_until_it_is_taken_back():
    round = mc.final(mode="picks", entries=2, jurors=1)
    juror, (one, other) = round.jurors.get(), round.entries.all()
    mc.give(juror, one, 1)
    with pytest.raises(DomainError) as refused:
        mc.give(juror, other, 1)
    assert refused.value.code == "picked"

    mc.give(juror, one, 0)
    mc.give(juror, other, 1)

    assert places(round) == {1: 2, 2: 1}


def test_only_counted_votes_of_the_audience_rank():
    round = mc.round_of(mode="audience")
    one, other = mc.entry(round=round), mc.entry(round=round)
    mc.vote(entry=one, state="counted")
    for _ in range(3):
        mc.vote(entry=other, state="struck", reason="One telephone, three votes")

    assert places(round) == {1: 1, 2: None}


def test_reveal_goes_step_by_step_and_no_further_than_the_podium():
    round = mc.published(winners=2)

    assert [reveal(round.pk, step=n, by=make.organizer()).revealed for n in (1, 2, 9, 0)] == [
        1, 2, 2, 0,
    ]  # fmt: skip


def test_nothing_of_a_round_that_is_not_published_is_revealed():
    with pytest.raises(DomainError):
        reveal(mc.scored().pk, step=1, by=make.organizer())
