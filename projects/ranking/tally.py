"""Rounds that are counted, not scored: pass or fail, ranked picks, an audience's votes."""

from collections.abc import Iterable
from fractions import Fraction

from projects.ranking.cards import mean
from projects.ranking.data import Basis, Key, Ranking, Standing, TieRule
from projects.ranking.ties import places

Value = Fraction | int | None


def tally(
    votes: Iterable[tuple[Key, Key, Value]], *, entries: Iterable[Key] = (), total: bool = False
) -> Ranking:
    """Rank by the mean of what each voter gave, or by the sum; None is an abstention.

    votes are (entry, voter, value): 1 or 0 for pass or fail, points for picks, 1 for a vote.
    The even share a place.
    """
    given: dict[Key, list[Fraction]] = {entry: [] for entry in entries}
    for entry, _, value in votes:
        found = given.setdefault(entry, [])
        if value is not None:
            found.append(Fraction(value))
    scores = {entry: sum(v) if total else mean(v) for entry, v in given.items() if v}
    placed = places(scores, lambda tied: dict.fromkeys(tied, ()))
    standings = [_standing(entry, given[entry], scores, placed) for entry in sorted(given)]
    ordered = sorted(standings, key=lambda s: s.place or len(standings) + 1)
    return Ranking("count-1", Basis.RAW, TieRule.SHARED, tuple(ordered), (), None, 1)


def _standing(entry: Key, values: list[Fraction], scores: dict, placed: dict) -> Standing:
    place = placed[entry][0] if entry in placed else None
    score = float(scores[entry]) if entry in scores else None
    return Standing(
        entry=entry,
        place=place,
        raw=score,
        zscore=None,
        corrected=None,
        error=None,
        spread=None,
        cards=len(values),
        place_raw=place,
        place_zscore=None,
        place_corrected=None,
        tie_broken=False,
        group=1,
    )


def points(pick: int | None, picks: int) -> int:
    """Borda's points of a pick: as many as picks for the first, one for the last, else none."""
    return picks + 1 - pick if pick else 0
