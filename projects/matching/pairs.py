"""Pairs that may be one project, with how much speaks for it and what.

Only entries that share a key are compared, and a key that many share tells nothing:
so the work grows with the entries, not with their pairs.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from hrconf.lib.names import HAN
from projects.matching.names import core, domain_of, likeness, said

MOST_OF_A_KEY = 25
ALIKE = 0.6  # of trigrams that two spellings share
SHORTEST = 3  # letters; shorter names are everybody's
NAME_BLOCK, TITLE_BLOCK = 5, 14  # letters at either end that likely ones share
WORTH_ASKING = 40
# What speaks for one project, of 100, and what against it.
DOMAIN, HOLDER, BOTH = 55, 14, 10
SAME, SCRIPTS, SPELLING = 50, 46, 44
OTHER_DOMAIN, OTHER_COUNTRY, OTHER_NAME, OTHER_TITLE = -30, -10, -25, -25


@dataclass(frozen=True)
class Entry:
    """What is compared of a project."""

    key: int
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    website: str = ""
    country: str = ""
    holder: int | None = None

    @cached_property
    def domain(self) -> str:
        return domain_of(self.website)

    @cached_property
    def called(self) -> "Words":
        """Its company, or its title where no company is named."""
        return Words(self.names or self.titles)

    @cached_property
    def titled(self) -> "Words":
        """What it does; lists that name companies only say nothing of it."""
        own = {core(name) for name in self.names}
        return Words(t for t in self.titles if self.names and core(t) not in own)

    @cached_property
    def keys(self) -> frozenset[str]:
        found = {f"n:{c}" for c in self.called.cores} | {f"t:{c}" for c in self.titled.cores}
        found |= self.called.blocks("c", NAME_BLOCK) | self.titled.blocks("d", TITLE_BLOCK)
        return frozenset(found | ({f"w:{self.domain}"} if self.domain else set()))


class Words:
    """Texts that say the same in several languages, made comparable."""

    def __init__(self, texts: Iterable[str]):
        known = [text for text in texts if is_telling(core(text))]
        self.cores = {core(text) for text in known}
        # How they sound, and whether they are written in characters.
        sounds = {said(text): bool(HAN.search(text)) for text in known}
        self.sounds = {sound: is_han for sound, is_han in sounds.items() if len(sound) >= SHORTEST}

    def blocks(self, kind: str, size: int) -> set[str]:
        ends = {(sound[:size], sound[-size:]) for sound in self.sounds}
        found = {f"{kind}l:{sound}" for sound in self.sounds}
        return found | {f"{kind}{at}:{end[at]}" for end in ends for at in (0, 1)}

    def compared(self, other: "Words") -> tuple[float, str]:
        """How much they are alike, and in what; nothing and "" where they are not."""
        if self.cores & other.cores:
            return SAME, "same"
        for sound in self.sounds.keys() & other.sounds.keys():
            across = self.sounds[sound] != other.sounds[sound]
            return (SCRIPTS, "scripts") if across else (SPELLING, "spelling")
        best = max((likeness(a, b) for a, b in self.comparable(other)), default=0.0)
        return (SPELLING * (0.5 + best / 2) + 6, "spelling") if best >= ALIKE else (0.0, "")

    def comparable(self, other: "Words") -> list[tuple[str, str]]:
        """The pairs of one script: other characters are other words, however they sound."""
        return [
            (a, b)
            for a, a_han in self.sounds.items()
            for b, b_han in other.sounds.items()
            if not a_han and not b_han
        ]

    def differs(self, other: "Words") -> bool:
        """Whether both say something in one script; across scripts it may be the same."""
        mine, theirs = set(self.sounds.values()), set(other.sounds.values())
        return bool(mine & theirs)


@dataclass(frozen=True)
class Pair:
    """Two entries by their keys, the smaller first."""

    first: int
    second: int
    score: int
    reasons: tuple[str, ...]


def is_telling(text: str) -> bool:
    return len(text) >= (2 if HAN.search(text) else SHORTEST)


def find_pairs(entries: Iterable[Entry]) -> list[Pair]:
    """All pairs worth asking about, in the order of their keys."""
    by_number = {entry.key: entry for entry in entries}
    found = (compare(by_number[a], by_number[b]) for a, b in sorted(sharing(by_number.values())))
    return [pair for pair in found if pair]


def sharing(entries: Iterable[Entry]) -> set[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        for key in entry.keys:
            holders[key].append(entry.key)
    pairs: set[tuple[int, int]] = set()
    for numbers in holders.values():
        if 2 <= len(numbers) <= MOST_OF_A_KEY:
            pairs.update(combinations(sorted(numbers), 2))
    return pairs


def compare(one: Entry, other: Entry) -> Pair | None:
    """How much speaks for one project; None if it is not worth asking."""
    called, how_called = one.called.compared(other.called)
    titled, how_titled = one.titled.compared(other.titled)
    score = max(called, titled) + (BOTH if called and titled else 0)
    if not called and one.called.differs(other.called):
        score += OTHER_NAME
    if not titled and one.titled.differs(other.titled):
        score += OTHER_TITLE
    reasons = dict.fromkeys(filter(None, [NAMED.get(how_called), TITLED.get(how_titled)]))
    if one.domain and one.domain == other.domain:
        reasons["domain"] = None
    return _weighed(one, other, score, list(reasons))


NAMED = {"same": "name", "scripts": "scripts", "spelling": "spelling"}
TITLED = {"same": "title", "scripts": "scripts", "spelling": "spelling"}


def _weighed(one: Entry, other: Entry, score: float, reasons: list[str]) -> Pair | None:
    """The pair with what else speaks for and against it."""
    if one.domain and other.domain:
        score += DOMAIN if "domain" in reasons else OTHER_DOMAIN
    if reasons and one.holder and one.holder == other.holder:
        score += HOLDER
        reasons.append("holder")
    if one.country and other.country and one.country != other.country:
        score += OTHER_COUNTRY
    if not reasons or score < WORTH_ASKING:
        return None
    first, second = sorted((one.key, other.key))
    return Pair(first, second, min(round(score), 100), tuple(reasons))
