"""Rounds that are counted: pass or fail, picks, votes."""

from projects.ranking import tally
from projects.ranking.tally import points


def places(ranking) -> dict:
    return {s.entry: s.place for s in ranking.standings}


def test_pass_or_fail_goes_by_the_share_of_passes_and_abstentions_do_not_count():
    votes = [("A", 1, 1), ("A", 2, None), ("B", 1, 1), ("B", 2, 0), ("C", 1, 1)]

    assert places(tally(votes, entries="ABCD")) == {"A": 1, "C": 1, "B": 3, "D": None}


def test_votes_of_an_audience_are_added_up():
    votes = [("A", 1, 1), ("B", 2, 1), ("B", 3, 1)]

    assert places(tally(votes, total=True)) == {"B": 1, "A": 2}


def test_a_pick_is_worth_more_the_higher_it_is():
    assert [points(pick, 3) for pick in (1, 2, 3, None)] == [3, 2, 1, 0]
