"""Who is told of a release, by mail: groups of readers that the storeys register.

Each app registers its groups in a module `readers.py`, found at start-up:

    register(NoticeGroup(name="speakers", title=…, kinds=…, readers=…))

Somebody in several groups is told once, of everything that concerns them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from events.models import Edition
from events.news import SessionNews
from events.programme import Programme, SessionOf

# Kinds of news that may bring two seats of somebody to the same time.
CLASHING = {"moved", "restored"}


@dataclass(frozen=True)
class Reader:
    """Somebody whom sessions concern: how the outbox knows them, and which sessions."""

    recipient: str
    address: str
    name: str
    language: str
    codes: frozenset[str]
    link: str = ""  # a page of their own, if they have one
    holds: frozenset[str] = frozenset()  # sessions in which they have a seat

    @property
    def identity(self) -> tuple[str, str]:
        """The same human by whatever list: an office's address may serve several."""
        return self.address.casefold(), self.name.casefold()


@dataclass(frozen=True)
class NoticeGroup:
    """People told of changes of some kinds to the sessions that concern them."""

    name: str
    title: Any
    kinds: frozenset[str]
    readers: Callable[[Edition, Sequence[SessionNews]], Iterable[Reader]]
    is_told_first: bool = False  # whether a first release is news to them

    def news_for(self, news: Iterable[SessionNews]) -> list[SessionNews]:
        """What among the news is of a kind that this group is told."""
        return [one for one in news if self.kinds.intersection(one.kinds)]


@dataclass(frozen=True)
class Notice:
    """What one reader is told of a release, and as whom."""

    reader: Reader
    news: tuple[SessionNews, ...]
    groups: tuple[str, ...]

    def clashes(self, programme: Programme) -> list[tuple[SessionOf, SessionOf]]:
        """What moved to a time at which the reader has a seat elsewhere, with that."""
        moved = [one.now for one in self.news if one.now and CLASHING.intersection(one.kinds)]
        theirs = [programme.sessions.get(code) for code in self.reader.holds]
        held = sorted(filter(None, theirs), key=lambda one: (one.start, one.code))
        pairs = {
            tuple(sorted((one, other), key=lambda s: (s.start, s.code)))
            for one in moved
            for other in held
            if one.code in self.reader.holds and one is not other and one.overlaps(other)
        }
        return sorted(pairs, key=lambda pair: [(s.start, s.code) for s in pair])


_groups: dict[str, NoticeGroup] = {}


def register(*groups: NoticeGroup) -> None:
    """Make groups known, in the order in which they are shown."""
    for group in groups:
        _groups[group.name] = group


def all_groups() -> list[NoticeGroup]:
    return list(_groups.values())


def groups_named(names: Iterable[str]) -> list[NoticeGroup]:
    """The groups of these names; what no app registers any more is left out."""
    wanted = set(names)
    return [group for name, group in _groups.items() if name in wanted]


def notices(
    edition: Edition, news: Sequence[SessionNews], groups: Iterable[NoticeGroup], *, is_first: bool
) -> list[Notice]:
    """One notice for each human of the groups whom the news concern, in order of names."""
    found: dict[tuple[str, str], Notice] = {}
    for group in groups:
        theirs = group.news_for(news) if group.is_told_first or not is_first else []
        if theirs:
            _add_readers(found, group, theirs, group.readers(edition, theirs))
    return sorted(found.values(), key=lambda one: (one.reader.name, one.reader.recipient))


def _add_readers(
    found: dict[tuple[str, str], Notice],
    group: NoticeGroup,
    news: Sequence[SessionNews],
    readers: Iterable[Reader],
) -> None:
    for reader in readers:
        told = [one for one in news if one.session.code in reader.codes]
        if told:
            earlier = found.get(reader.identity)
            found[reader.identity] = _joined(earlier, Notice(reader, tuple(told), (group.name,)))


def _joined(earlier: Notice | None, later: Notice) -> Notice:
    """Both in one; the first list that named the reader says how they are written to."""
    if earlier is None:
        return later
    news = {one.session.code: one for one in [*earlier.news, *later.news]}
    in_order = sorted(news.values(), key=lambda one: (one.session.start, one.session.code))
    link = earlier.reader.link or later.reader.link
    groups = dict.fromkeys([*earlier.groups, *later.groups])
    holds = earlier.reader.holds | later.reader.holds
    reader = replace(earlier.reader, link=link, holds=holds)
    return Notice(reader, tuple(in_order), tuple(groups))
