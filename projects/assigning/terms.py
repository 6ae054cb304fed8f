"""The words of an assignment: entries, judges, what stands between them, what comes out."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from enum import StrEnum

Key = Hashable
Pair = tuple[Key, Key]  # entry, judge


@dataclass(frozen=True)
class Entry:
    """Something to be judged: its sector, and by how many judges."""

    key: Key
    sector: Key = None
    wanted: int = 3


@dataclass(frozen=True)
class Judge:
    """Somebody who judges: the sectors they know, and how many entries at most."""

    key: Key
    sectors: frozenset[Key] = frozenset()
    most: int = 50


@dataclass(frozen=True)
class Problem:
    """What is given. The order of nothing in it matters to what comes out.

    `conflicts`: pairs that are never made, whatever else is said.
    `kept`: pairs made by hand, or begun, that stay; they count towards the load.
    `forbidden`: pairs taken away by hand.
    """

    entries: Collection[Entry]
    judges: Collection[Judge]
    conflicts: Collection[Pair] = ()
    kept: Collection[Pair] = ()
    forbidden: Collection[Pair] = ()


class Lack(StrEnum):
    """Why an entry has fewer judges than wanted."""

    NO_JUDGES = "no_judges"  # there is none at all
    CONFLICTS = "conflicts"  # too few without a conflict, or forbidden by hand
    LOAD = "load"  # those who could are full


@dataclass(frozen=True)
class Gap:
    """An entry that lacks judges: how many, and why."""

    entry: Key
    missing: int
    why: Lack


@dataclass(frozen=True)
class Assignment:
    """What comes out: every pair, sorted; what lacks; pairs kept by hand that cannot be."""

    pairs: tuple[Pair, ...]
    gaps: tuple[Gap, ...] = ()
    refused: tuple[Pair, ...] = ()  # kept by hand, yet in conflict or of nobody
    strangers: tuple[Pair, ...] = ()  # the judge does not know the entry's sector
    load: dict[Key, int] = field(default_factory=dict)
