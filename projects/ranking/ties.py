"""Places, and who goes first of those with the same score."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from projects.ranking.cards import Cards, mean
from projects.ranking.data import Key, TieRule

Breaker = Callable[[list[Key]], dict[Key, tuple]]


def places(scores: Mapping[Key, Any], breaker: Breaker) -> dict[Key, tuple[int, bool]]:
    """Place of each entry, and whether a tie was broken for it; the even share a place."""
    found: dict[Key, tuple[int, bool]] = {}
    for tied in runs(scores):
        start = len(found) + 1
        if len(tied) == 1:
            found[tied[0]] = (start, False)
        else:
            found |= _broken(breaker(tied), start)
    return found


def _broken(values: dict[Key, tuple], start: int) -> dict[Key, tuple[int, bool]]:
    found: dict[Key, tuple[int, bool]] = {}
    for even in runs(values):
        place = start + len(found)
        found |= {entry: (place, len(even) < len(values)) for entry in even}
    return found


def runs(values: Mapping) -> list[list[Key]]:
    """The entries from best to worst, those with the same value together."""
    ordered = sorted(values, key=lambda entry: values[entry], reverse=True)
    return [sorted(run) for _, run in groupby(ordered, key=lambda entry: values[entry])]


def breaker(cards: Cards, rule: TieRule) -> Breaker:
    """The rule as a function: tied entries → what they are compared by, higher first."""
    if rule == TieRule.CRITERION:
        return _by_values(cards, [cards.of_criterion(c.key) for c in cards.criteria], mean)
    if rule == TieRule.MEDIAN:
        return _by_values(cards, [cards.totals], middle)
    if rule == TieRule.HEAD_TO_HEAD:
        return lambda tied: {entry: (wins(cards, entry, tied),) for entry in tied}
    return lambda tied: dict.fromkeys(tied, ())


def _by_values(cards: Cards, columns: Sequence[dict], summary) -> Breaker:
    centred = [cards.by_entry(cards.centred(column)) for column in columns]
    return lambda tied: {e: tuple(summary(column[e]) for column in centred) for e in tied}


def middle(values: list[Fraction]) -> Fraction:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def wins(cards: Cards, entry: Key, tied: list[Key]) -> int:
    """Entries of the tie that more jurors put below this one than above (Copeland's count)."""
    others = [other for other in tied if other != entry]
    balances = [balance(cards, entry, other) for other in others]
    return sum((b > 0) - (b < 0) for b in balances)


def balance(cards: Cards, one: Key, other: Key) -> int:
    both = set(cards.scored_by[one]) & set(cards.scored_by[other])
    ahead = [cards.totals[one, juror] - cards.totals[other, juror] for juror in both]
    return sum((difference > 0) - (difference < 0) for difference in ahead)
