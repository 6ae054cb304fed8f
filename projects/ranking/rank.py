"""The ranking of a round by weighted scores."""

from collections.abc import Iterable
from fractions import Fraction
from statistics import stdev

import numpy as np

from projects.ranking.cards import Cards, by_juror, groups, mean
from projects.ranking.data import (
    Basis,
    Criterion,
    JurorView,
    Key,
    Mark,
    Ranking,
    Standing,
    TieRule,
)
from projects.ranking.model import Fit, fit
from projects.ranking.ties import breaker, places

METHOD = "two-way-reml-1"  # raised whenever the same scores could give another place
DIGITS = 6  # scores that agree so far are a tie


def rank(
    marks: Iterable[Mark],
    criteria: Iterable[Criterion],
    *,
    entries: Iterable[Key] = (),
    basis: Basis = Basis.CORRECTED,
    tie_rule: TieRule = TieRule.CRITERION,
) -> Ranking:
    """Rank what was scored; `entries` names those that nobody may have scored, too.

    The order of marks and entries means nothing: everything is sorted first, and totals are
    exact fractions.
    """
    cards = Cards(marks, criteria)
    found = Scores(cards, tie_rule)
    everyone = sorted({*entries, *cards.entries})
    standings = [found.standing(entry, basis) for entry in everyone]
    return Ranking(
        method=METHOD,
        basis=basis,
        tie_rule=tie_rule,
        standings=tuple(sorted(standings, key=lambda s: s.place or len(everyone) + 1)),
        jurors=found.jurors(),
        reliability=found.fit.reliability if found.fit else None,
        groups=len(set(found.groups.values())),
    )


class Scores:
    """The three scores of each entry and the places by each of them."""

    def __init__(self, cards: Cards, tie_rule: TieRule) -> None:
        self.cards = cards
        self.fit = fitted(cards)
        self.groups = groups(cards.totals)
        self.raw = {entry: mean(values) for entry, values in cards.by_entry(cards.totals).items()}
        self.zscore = zscores(cards)
        quality = self.fit.quality.tolist() if self.fit else []
        self.quality = {
            entry: round(q, DIGITS) + 0.0 for entry, q in zip(cards.entries, quality, strict=True)
        }
        self.level = float(mean([*cards.totals.values()])) if cards.totals else 0.0
        columns: dict[Basis, dict] = {
            Basis.RAW: self.raw,
            Basis.ZSCORE: self.zscore,
            Basis.CORRECTED: self.quality,
        }
        rule = breaker(cards, tie_rule)
        self.places = {basis: places(column, rule) for basis, column in columns.items()}

    def standing(self, entry: Key, basis: Basis) -> Standing:
        if entry not in self.raw:
            return unplaced(entry)
        place, broken = self.places[basis][entry]
        totals = [float(self.cards.totals[entry, j]) for j in self.cards.scored_by[entry]]
        return Standing(
            entry=entry,
            place=place,
            raw=float(self.raw[entry]),
            zscore=self.zscore[entry],
            corrected=self.level + self.quality[entry],
            error=float(self.fit.error[self.cards.entries.index(entry)]),
            spread=stdev(totals) if len(totals) > 1 else None,
            cards=len(totals),
            place_raw=self.places[Basis.RAW][entry][0],
            place_zscore=self.places[Basis.ZSCORE][entry][0],
            place_corrected=self.places[Basis.CORRECTED][entry][0],
            tie_broken=broken,
            group=self.groups[entry],
        )

    def jurors(self) -> tuple[JurorView, ...]:
        """Leniency is what is left of a juror's mean once their entries' quality is out."""
        views = []
        totals = by_juror(self.cards.totals)
        for number, juror in enumerate(self.cards.jurors):
            mine = [self.quality[entry] for entry, who in self.cards.totals if who == juror]
            average = float(mean(totals[juror]))
            leniency = average - sum(mine) / len(mine)
            noise = float(self.fit.noise[number])
            views.append(JurorView(juror, len(mine), average, leniency, noise))
        middle = sum(view.leniency for view in views) / len(views) if views else 0
        return tuple(
            JurorView(v.juror, v.cards, v.mean, v.leniency - middle, v.noise) for v in views
        )


def unplaced(entry: Key) -> Standing:
    """An entry that nobody scored: no zero, and no place."""
    return Standing(
        entry=entry,
        place=None,
        raw=None,
        zscore=None,
        corrected=None,
        error=None,
        spread=None,
        cards=0,
        place_raw=None,
        place_zscore=None,
        place_corrected=None,
        tie_broken=False,
        group=None,
    )


def fitted(cards: Cards) -> Fit | None:
    """The model's fit to the exactly centred totals, in the order of cards.entries."""
    if not cards.totals:
        return None
    entry = {key: number for number, key in enumerate(cards.entries)}
    juror = {key: number for number, key in enumerate(cards.jurors)}
    centred = cards.centred(cards.totals)
    return fit(
        np.array([entry[e] for e, _ in centred]),
        np.array([juror[j] for _, j in centred]),
        np.array([float(value) for value in centred.values()]),
    )


def zscores(cards: Cards) -> dict[Key, float]:
    """Mean over jurors of (score − juror's mean) / juror's standard deviation."""
    centred = cards.centred(cards.totals)
    scales = {juror: _scale(values) for juror, values in by_juror(centred).items()}
    scaled = {
        card: Fraction(float(value) / scales[card[1]]) if scales[card[1]] else Fraction()
        for card, value in centred.items()
    }
    return {e: round(float(mean(v)), DIGITS) + 0.0 for e, v in cards.by_entry(scaled).items()}


def _scale(values: list[Fraction]) -> float:
    return float(sum(value**2 for value in values) / len(values)) ** 0.5
