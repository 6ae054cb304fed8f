"""What a release would change, before it is made: for whom, in which words, what prevents it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from events.changes import difference
from events.current import programme_of
from events.models import Edition, Release
from events.news import SessionNews, news_between
from events.notices import Notice, NoticeGroup, all_groups, notices
from events.parsing import parse
from events.programme import Programme
from events.services.clashes import clashes_of
from events.services.notices import sample_letters
from events.services.releases import Words, fingerprint, frozen_for, last_release
from events.services.restoring import restore_drafts
from events.snapshots import Snapshot, checksum
from hrconf.mailing.models import Message


@dataclass(frozen=True)
class GroupTold:
    """A group with whom of it the news concern."""

    group: NoticeGroup
    told: list[Notice]


@dataclass
class Outlook:
    """The next release as it would be now."""

    edition: Edition
    last: Release | None
    release: Release  # not saved
    programme: Programme
    seen: str
    news: list[SessionNews]
    lost: list[SessionNews] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)
    groups: list[GroupTold] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.programme.sessions)

    @property
    def samples(self) -> list[Message]:
        """A mail in each language, to a real reader, not sent."""
        return sample_letters(self.release, self.programme, self.told)


def outlook(edition: Edition, words: Words, back_to: Release | None = None) -> Outlook:
    """Look at the next release; with `back_to` as if the drafts were put back to that one."""
    last = last_release(edition)
    lost = unreleased(edition, last) if back_to else []
    with rehearsal(edition, back_to):
        number = last.number + 1 if last else 1
        moment = timezone.now()
        snapshot = frozen_for(edition, last, number, moment)
        clashes = [str(clash) for clash in clashes_of(edition)]
    release = Release(edition=edition, number=number, snapshot=snapshot, released_at=moment)
    for column, text in words.columns(number).items():
        setattr(release, column, text)
    found = Outlook(
        edition=edition,
        last=last,
        release=release,
        programme=programme_from(snapshot, release),
        seen=fingerprint(snapshot),
        news=[],
        lost=lost,
        clashes=clashes,
    )
    add_readers(found)
    return found


def add_readers(found: Outlook) -> None:
    """Say what is new in it, and who would be told."""
    before = programme_of(found.last) if found.last else None
    changes = difference(found.last.snapshot if found.last else None, found.release.snapshot)
    news = news_between(before, found.programme, changes)
    is_first = before is None
    found.news = [] if is_first else news
    found.told = notices(found.edition, news, all_groups(), is_first=is_first)
    found.groups = [
        GroupTold(group, [one for one in found.told if group.name in one.groups])
        for group in all_groups()
    ]


def unreleased(edition: Edition, last: Release | None) -> list[SessionNews]:
    """What the drafts say that no release has said: putting one back loses it."""
    if last is None:
        return []
    moment = timezone.now()
    snapshot = frozen_for(edition, last, last.number + 1, moment)
    drafts = Release(edition=edition, number=last.number + 1, snapshot=snapshot, released_at=moment)
    changes = difference(last.snapshot, snapshot)
    return news_between(programme_of(last), programme_from(snapshot, drafts), changes)


def programme_from(snapshot: Snapshot, release: Release) -> Programme:
    """A snapshot that is not released, as its readers would have it."""
    return parse(
        snapshot,
        number=release.number,
        released_at=release.released_at,
        sha256=checksum(snapshot),
    )


@contextmanager
def rehearsal(edition: Edition, back_to: Release | None) -> Iterator[None]:
    """The drafts as an earlier release had them, for as long as we look."""
    with transaction.atomic():
        if back_to:
            restore_drafts(edition, back_to.snapshot)
        yield
        transaction.set_rollback(True)
