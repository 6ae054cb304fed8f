"""The solver of assignments: fair, without a conflict, the same whatever the order."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.assigning import Entry, Gap, Judge, Lack, Problem, assign


def entries(count: int, wanted: int = 3, sectors: int = 1) -> list[Entry]:
    return [Entry(n, f"s{n % sectors}", wanted) for n in range(count)]


def judges(count: int, most: int = 50, sectors: int = 1) -> list[Judge]:
    return [Judge(n, frozenset([f"s{n % sectors}"]), most) for n in range(count)]


def test_judges_carry_alike():
    found = assign(Problem(entries(20), judges(6)))

    assert sorted(found.load.values()) == [10] * 6
    assert found.gaps == ()


def test_entry_goes_to_who_knows_its_sector():
    found = assign(Problem(entries(40, wanted=2, sectors=4), judges(8, sectors=4)))

    assert found.strangers == ()
    assert set(found.load.values()) == {10}


def test_expert_is_spared_before_they_carry_much_more_than_others():
    """Ten entries of one sector, one expert, nine others: the expert does not do all."""
    experts = [Judge("expert", frozenset(["s0"])), *judges(9, sectors=1)[:0]]
    others = [Judge(f"other-{n}") for n in range(4)]

    found = assign(Problem(entries(10, wanted=2), experts + others))

    assert found.load["expert"] == max(found.load.values()) < 10


def test_every_entry_has_its_first_judge_before_any_has_its_second():
    found = assign(Problem(entries(10), judges(2, most=7)))

    assert sorted(Counter(entry for entry, _judge in found.pairs).values()) == [1] * 6 + [2] * 4


def test_gap_says_that_conflicts_leave_too_few():
    found = assign(Problem(entries(1), judges(4), conflicts=[(0, 1), (0, 2)]))

    assert found.pairs == ((0, 0), (0, 3))
    assert found.gaps == (Gap(0, 1, Lack.CONFLICTS),)


def test_gap_says_that_those_who_could_are_full():
    found = assign(Problem(entries(4), judges(3, most=3)))

    assert sum(gap.missing for gap in found.gaps) == 3
    assert {gap.why for gap in found.gaps} == {Lack.LOAD}


def test_gap_says_that_there_are_too_few_judges():
    assert assign(Problem(entries(1), judges(2))).gaps == (Gap(0, 1, Lack.NO_JUDGES),)
    assert assign(Problem(entries(1), [])).gaps == (Gap(0, 3, Lack.NO_JUDGES),)


def test_pair_kept_by_hand_stays_even_beyond_the_load():
    kept = [(0, 0), (1, 0)]
    found = assign(Problem(entries(2, wanted=1), judges(2, most=1), kept=kept))

    assert found.pairs == ((0, 0), (1, 0))


def test_pair_kept_by_hand_in_conflict_is_refused():
    found = assign(Problem(entries(1, wanted=1), judges(2), conflicts=[(0, 0)], kept=[(0, 0)]))

    assert found.pairs == ((0, 1),)
    assert found.refused == ((0, 0),)


@st.composite
def problems(draw) -> Problem:
    count, pool = draw(st.integers(0, 12)), draw(st.integers(0, 7))
    sector = st.sampled_from(["bio", "it", "fin"])
    made = [Entry(n, draw(sector), draw(st.integers(0, 4))) for n in range(count)]
    people = [Judge(n, draw(st.frozensets(sector)), draw(st.integers(0, 8))) for n in range(pool)]
    pair = st.tuples(st.integers(0, 12), st.integers(0, 7))
    some = [draw(st.sets(pair, max_size=8)) for _kind in range(3)]
    return Problem(made, people, conflicts=some[0], kept=some[1], forbidden=some[2])


@settings(max_examples=200, deadline=None)
@given(problems())
def test_never_a_conflict_nor_too_many_nor_twice(problem):
    found = assign(problem)
    kept = set(problem.kept)
    made = [pair for pair in found.pairs if pair not in kept]

    assert not set(found.pairs) & set(problem.conflicts)
    assert not set(made) & set(problem.forbidden)
    assert len(set(found.pairs)) == len(found.pairs)
    load = Counter(judge for _entry, judge in made)
    assert all(load[judge.key] <= judge.most for judge in problem.judges)
    judged = Counter(entry for entry, _judge in made)
    assert all(judged[entry.key] <= entry.wanted for entry in problem.entries)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_what_lacks_is_said_to_the_last_place(problem):
    found = assign(problem)
    judged = Counter(entry for entry, _judge in found.pairs)

    lacking = {e.key: e.wanted - judged[e.key] for e in problem.entries if e.wanted > judged[e.key]}
    assert {gap.entry: gap.missing for gap in found.gaps} == lacking
    assert set(found.refused) == set(problem.kept) - set(found.pairs)


@settings(max_examples=100, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_order_of_what_is_given_changes_nothing(problem, random):
    shuffled = Problem(
        *(
            random.sample(list(part), len(list(part)))
            for part in [
                problem.entries,
                problem.judges,
                problem.conflicts,
                problem.kept,
                problem.forbidden,
            ]
        )
    )

    assert assign(shuffled) == assign(problem)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_no_place_stays_empty_that_somebody_free_could_fill(problem):
    found = assign(problem)
    barred = set(problem.conflicts) | set(problem.forbidden) | set(found.pairs)

    for gap in found.gaps:
        could = [one for one in problem.judges if (gap.entry, one.key) not in barred]
        assert all(found.load[one.key] >= one.most for one in could)
