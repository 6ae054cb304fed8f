"""What a fair ranking promises, for any jury."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from projects.ranking import Basis, Criterion, Mark, TieRule, rank

CRITERIA = [Criterion("market", Decimal("0.5")), Criterion("team", Decimal("0.3"))]
quick = settings(max_examples=40, deadline=None)
values = st.decimals(0, 10, places=1)


@st.composite
def juries(draw) -> list[Mark]:
    """Marks of some jurors for some entries, anything from nobody to everybody by everybody."""
    pairs = draw(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 4)), min_size=1, max_size=40))
    cards = [(entry, juror, c.key) for entry, juror in sorted(pairs) for c in CRITERIA]
    return [Mark(*card, draw(values)) for card in cards]


def found(marks, **kwargs) -> dict:
    return {s.entry: s for s in rank(marks, CRITERIA, **kwargs).standings}


def corrected_places(marks, **kwargs) -> dict:
    return {entry: s.place_corrected for entry, s in found(marks, **kwargs).items()}


@quick
@given(juries(), st.randoms(), st.sampled_from(TieRule))
def test_ranking_does_not_depend_on_the_order_of_entry(marks: list[Mark], chance: Random, rule):
    mixed = list(marks)
    chance.shuffle(mixed)

    assert rank(mixed, CRITERIA[::-1], tie_rule=rule) == rank(marks, CRITERIA, tie_rule=rule)


@quick
@given(juries(), st.integers(0, 4), st.decimals(-50, 50, places=2), st.sampled_from(TieRule))
def test_constant_shift_of_a_juror_changes_no_corrected_place(marks, juror, shift, rule):
    shifted = [replace(m, value=m.value + shift) if m.juror == juror else m for m in marks]

    assert corrected_places(shifted, tie_rule=rule) == corrected_places(marks, tie_rule=rule)


@quick
@given(juries(), st.integers(0, 7), st.sampled_from(CRITERIA))
def test_abstention_is_as_if_the_juror_had_not_been_asked(marks, entry, criterion):
    without = [m for m in marks if (m.entry, m.juror) != (entry, 9)]
    card = [Mark(entry, 9, c.key, None if c == criterion else 7) for c in CRITERIA]
    assume(entry in found(without))

    assert rank(without + card, CRITERIA) == rank(without, CRITERIA)


def test_abstention_is_not_a_zero():
    marks = [Mark(entry, juror, c.key, 8) for entry in "AB" for juror in "xy" for c in CRITERIA]
    silent = [replace(m, value=None if (m.entry, m.juror) == ("A", "x") else 8) for m in marks]

    standings = found(silent)

    assert standings["A"].raw == standings["B"].raw == 8
    assert (standings["A"].place, standings["B"].place) == (1, 1)


def test_harsh_juror_who_saw_only_the_better_entry_does_not_pull_it_down():
    everyone = {"A": "xy", "B": "xz", "C": "yz", "D": "yz"}
    quality = {"A": 8, "B": 7, "C": 5, "D": 4}
    harsh = {"x": 0, "y": -4, "z": 0}
    marks = [
        Mark(entry, juror, c.key, quality[entry] + harsh[juror])
        for entry, jurors in everyone.items()
        for juror in jurors
        for c in CRITERIA
    ]

    standings = found(marks)

    assert [standings[entry].place_raw for entry in "ABCD"] == [2, 1, 3, 4]
    assert [standings[entry].place_corrected for entry in "ABCD"] == [1, 2, 3, 4]
    assert standings["A"].moved == 1


def test_total_is_weighted_by_the_criteria():
    marks = [Mark("A", "x", "market", 10), Mark("A", "x", "team", 2)]

    assert found(marks)["A"].raw == pytest.approx((0.5 * 10 + 0.3 * 2) / 0.8)


def test_entry_that_nobody_scored_has_no_place_and_stands_last():
    marks = [Mark("A", "x", c.key, 0) for c in CRITERIA]

    standings = rank(marks, CRITERIA, entries=["A", "Z"]).standings

    assert [(s.entry, s.place, s.raw) for s in standings] == [("A", 1, 0), ("Z", None, None)]


def test_no_score_at_all_is_a_ranking_without_places():
    ranking = rank([], CRITERIA, entries=["A", "B"])

    assert [s.place for s in ranking.standings] == [None, None]
    assert (ranking.groups, ranking.reliability) == (0, None)


def test_groups_without_a_common_juror_are_counted_and_said():
    pairs = [("A", "x"), ("B", "x"), ("C", "y"), ("D", "y")]
    marks = [Mark(e, j, c.key, 5 + (e in "AC")) for e, j in pairs for c in CRITERIA]

    ranking = rank(marks, CRITERIA)

    assert ranking.groups == 2
    assert {s.entry: s.group for s in ranking.standings} == {"A": 1, "B": 1, "C": 2, "D": 2}


def test_correction_changes_nothing_where_everybody_scored_everything_alike_exactly():
    chance = Random(5)
    marks = [
        Mark(e, j, "all", Decimal(chance.randint(0, 100)) / 10) for e in range(10) for j in range(2)
    ]

    standings = rank(marks, [Criterion("all")]).standings

    assert [s.place_raw for s in standings] == [s.place_corrected for s in standings]


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        (TieRule.CRITERION, {"A": 1, "B": 2}),
        (TieRule.HEAD_TO_HEAD, {"A": 2, "B": 1}),
        (TieRule.MEDIAN, {"A": 2, "B": 1}),
        (TieRule.SHARED, {"A": 1, "B": 1}),
    ],
)
def test_ties_are_broken_by_the_rule_that_was_written(rule, places):
    criteria = [Criterion("market", Decimal(2)), Criterion("team", Decimal(1))]
    rows = {"x": ((10, 3), (5, 3)), "y": ((5, 5), (6, 9)), "z": ((5, 5), (6, 7))}
    marks = [
        Mark(entry, juror, c.key, Decimal(value))
        for juror, pair in rows.items()
        for entry, row in zip("AB", pair, strict=True)
        for c, value in zip(criteria, row, strict=True)
    ]

    standings = {
        s.entry: s for s in rank(marks, criteria, basis=Basis.RAW, tie_rule=rule).standings
    }

    assert standings["A"].raw == standings["B"].raw
    assert {entry: s.place for entry, s in standings.items()} == places
    assert standings["A"].tie_broken is (rule != TieRule.SHARED)
