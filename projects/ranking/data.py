"""What goes into a ranking and what comes out of it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

Key = Any  # of an entry, a juror, a criterion: ids or names, of one type, that sort


class Basis(StrEnum):
    """By which of the three scores the places are given."""

    CORRECTED = "corrected"
    ZSCORE = "zscore"
    RAW = "raw"


class TieRule(StrEnum):
    """Who goes first of those with the same score: written before the first score is given.

    Each rule looks at scores as they stand against the same juror's others, so that a harsh
    juror breaks no tie by being harsh. Who is still even shares the place.
    """

    CRITERION = "criterion"  # better in the criterion of most weight, then in the next
    HEAD_TO_HEAD = "head_to_head"  # preferred by more of the jurors who scored both
    MEDIAN = "median"  # higher in the middle of the jurors, whom no single one moves
    SHARED = "shared"  # nobody: the place is shared


@dataclass(frozen=True)
class Criterion:
    """What is scored, and how much of the total it is: weights need not add up to 1."""

    key: Key
    weight: Decimal = Decimal(1)


@dataclass(frozen=True)
class Mark:
    """What a juror gave an entry in a criterion; no value is an abstention, never a zero."""

    entry: Key
    juror: Key
    criterion: Key
    value: Decimal | int | None


@dataclass(frozen=True)
class Standing:
    """Where an entry stands. Scores are None where no juror scored it."""

    entry: Key
    place: int | None
    raw: float | None
    zscore: float | None
    corrected: float | None
    # Standard error of the corrected score, and of one entry's spread between jurors.
    error: float | None
    spread: float | None
    cards: int
    place_raw: int | None
    place_zscore: int | None
    place_corrected: int | None
    tie_broken: bool
    # Entries of one group were compared by common jurors, directly or through others.
    group: int | None

    @property
    def moved(self) -> int:
        """How many places the correction lifts it (above zero) or lowers it."""
        return (self.place_raw or 0) - (self.place_corrected or 0)


@dataclass(frozen=True)
class JurorView:
    """How a juror scored: leniency in points (harsh is below zero), noise as a standard error."""

    juror: Key
    cards: int
    mean: float
    leniency: float
    noise: float


@dataclass(frozen=True)
class Ranking:
    """The standings, best first, and what the model found out on the way."""

    method: str
    basis: Basis
    tie_rule: TieRule
    standings: tuple[Standing, ...]
    jurors: tuple[JurorView, ...]
    # Of the differences between scores of one juror, the share that jurors agree on (0..1).
    reliability: float | None
    # More than one: the groups are compared as if they were equally good on average.
    groups: int
