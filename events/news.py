"""The news of a release: what it changed for a reader, session by session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from events.current import programme_of
from events.models import Release
from events.programme import Programme, SessionOf

LABELS = {
    "new": _("New"),
    "moved": _("Moved in time"),
    "room": _("In another room"),
    "text": _("Described anew"),
    "people": _("With other people"),
    "cancelled": _("Cancelled"),
    "restored": _("Takes place after all"),
    "removed": _("Removed"),
}
# What must be known before the day; the rest can be read up.
WEIGHTY = frozenset({"cancelled", "removed", "moved", "room", "restored", "new"})


@dataclass(frozen=True)
class SessionNews:
    """What became of one session: as it was, as it is now, in which ways they differ."""

    kinds: tuple[str, ...]
    was: SessionOf | None
    now: SessionOf | None

    @property
    def session(self) -> SessionOf:
        """The session as it is, or as it was last if it is gone."""
        found = self.now or self.was
        if found is None:
            raise ValueError("News of no session.")
        return found

    @property
    def labels(self) -> list[str]:
        return [str(LABELS[kind]) for kind in self.kinds]

    @property
    def is_gone(self) -> bool:
        """Whether it does not take place any more."""
        return self.now is None or self.now.is_cancelled

    @property
    def has_moved(self) -> bool:
        """Whether it is held at another time or place than was known."""
        return bool({"moved", "room"}.intersection(self.kinds)) and not self.is_gone

    @property
    def speakers(self) -> set[str]:
        """Codes of everybody who is or was on its stage."""
        versions = filter(None, [self.was, self.now])
        return {part.speaker.code for one in versions for part in one.people}


def news_of(release: Release, before: Release | None) -> list[SessionNews]:
    """The news of a release over the one before it; a first release has none."""
    if before is None:
        return []
    return news_between(programme_of(before), programme_of(release), release.changes)


def news_between(
    before: Programme | None, after: Programme, changes: Mapping[str, Iterable[str]]
) -> list[SessionNews]:
    """What the changes by kind (see `events.changes.difference`) say, by session and time.

    Without anything before, every session is new.
    """
    if before is None:
        changes = {"new": list(after.sessions)}
    kinds: dict[str, list[str]] = {}
    for kind, codes in changes.items():
        for code in codes:
            kinds.setdefault(code, []).append(kind)
    was = before.sessions if before else {}
    found = [
        SessionNews(tuple(of_it), was.get(code), after.sessions.get(code))
        for code, of_it in kinds.items()
        if code in was or code in after.sessions
    ]
    return sorted(found, key=lambda news: (news.session.start, news.session.code))
