"""Releases: freezing the programme for the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.changes import difference, stamp_revisions, unstamped
from events.models import Booking, Edition, Release, Session
from events.services.clashes import clashes_of
from events.services.notices import KIND, order_telling
from events.signals import schedule_released
from events.snapshots import Snapshot, checksum, freeze
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Batch

NAMED_CLASHES = 5


class ScheduleClash(DomainError):
    """Sessions to be released clash in a room."""


class NothingToRelease(DomainError):
    """The programme is as it was released last."""


class LookedAway(DomainError):
    """The programme changed between the preview of a release and its order."""


@dataclass(frozen=True)
class Words:
    """What a release is called, and what its readers are told of it."""

    name_en: str = ""
    name_zh: str = ""
    note_en: str = ""
    note_zh: str = ""

    def columns(self, number: int) -> dict[str, str]:
        return {
            "name_en": self.name_en or f"Release {number}",
            "name_zh_hans": self.name_zh or f"第{number}版",
            "note_en": self.note_en,
            "note_zh_hans": self.note_zh,
        }


NO_WORDS = Words()


@transaction.atomic
def release_schedule(
    edition_id: int,
    words: Words = NO_WORDS,
    *,
    groups: Sequence[str] = (),
    seen: str = "",
    by: User | None = None,
) -> Release:
    """Freeze the edition's programme into its next release, which the public then reads.

    Confirmed sessions take their rooms for good, cancelled ones let go of theirs.
    Releasing twice without a change in between is refused, so a double click is
    harmless. Numbers are given only while we hold the edition's row. `groups` names
    who is told (see `events.notices`); `seen` is the checksum of what was looked at
    before: the programme must still be that.
    """
    edition = locked_edition(edition_id)
    return make_release(edition, words, groups=groups, seen=seen, by=by)


def locked_edition(edition_id: int) -> Edition:
    """The edition's row, ours until the transaction ends: releases are made one by one."""
    return Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition_id)


def make_release(
    edition: Edition,
    words: Words,
    *,
    groups: Sequence[str] = (),
    seen: str = "",
    by: User | None = None,
    restores: Release | None = None,
) -> Release:
    """Make the next release of an edition whose row we hold."""
    make_bookings_firm(edition)
    last = last_release(edition)
    number = last.number + 1 if last else 1
    moment = timezone.now()
    snapshot = frozen_for(edition, last, number, moment)
    refuse_unless_new(snapshot, last)
    if seen and seen != fingerprint(snapshot):
        raise LookedAway(
            _("The programme was changed while you looked at it. Here is what it says now."),
            code="changed_meanwhile",
        )
    release = Release.objects.create(
        edition=edition,
        number=number,
        **words.columns(number),
        snapshot=snapshot,
        changes=difference(last.snapshot if last else None, snapshot),
        sha256=checksum(snapshot),
        released_at=moment,
        released_by=by,
        restores=restores,
        groups=list(groups),
        batch=_batch(edition, number, by) if groups else None,
    )
    schedule_released.send(Release, release=release)
    if groups:
        order_telling(release, by=by)
    return release


def last_release(edition: Edition) -> Release | None:
    """What the public reads of the edition now."""
    return Release.objects.filter(edition=edition).newest_first().first()


def refuse_unless_new(snapshot: Snapshot, last: Release | None) -> None:
    if last and snapshot == last.snapshot:
        raise NothingToRelease(
            _("Nothing has changed since release %(number)s."),
            code="nothing_to_release",
            params={"number": last.number},
        )


def fingerprint(snapshot: Snapshot) -> str:
    """A checksum of what readers see of a snapshot, whichever release it may become."""
    return checksum({**snapshot, "sessions": [unstamped(one) for one in snapshot["sessions"]]})


def _batch(edition: Edition, number: int, by: User | None) -> Batch:
    title = _("%(edition)s: release %(number)s") % {"edition": edition, "number": number}
    return Batch.objects.create(kind=KIND, title=title, created_by=by)


def frozen_for(edition: Edition, last: Release | None, number: int, moment: datetime) -> Snapshot:
    """What release `number` would freeze, each session with the release that changed it last."""
    snapshot = freeze(edition)
    at = moment.isoformat(timespec="seconds")
    stamp_revisions(last.snapshot if last else None, snapshot, number=number, at=at)
    return snapshot


def make_bookings_firm(edition: Edition) -> None:
    """Give every confirmed session its room; the database refuses two at one time."""
    let_go_of_held_places(edition)
    bookings = Booking.objects.filter(Q(session__edition=edition) | Q(block__edition=edition))
    confirmed = bookings.filter(
        Q(session__status=Session.Status.CONFIRMED) | Q(block__isnull=False)
    )
    bookings.exclude(pk__in=confirmed).filter(is_firm=True).update(is_firm=False)
    try:
        with transaction.atomic():
            confirmed.filter(is_firm=False, is_shared=False).update(is_firm=True)
    except IntegrityError as error:
        raise clash_refusal(edition) from error


def let_go_of_held_places(edition: Edition) -> None:
    """Give back what sessions that were moved still held for readers of the last release."""
    moved = Session.objects.filter(edition=edition, held__isnull=False)
    held = list(moved.values_list("held", flat=True))
    moved.update(held=None)
    Booking.objects.filter(pk__in=held).delete()


def clash_refusal(edition: Edition) -> ScheduleClash:
    """Say which sessions clash, the first few by name."""
    clashes = clashes_of(edition)
    named = [str(clash) for clash in clashes[:NAMED_CLASHES]]
    if len(clashes) > NAMED_CLASHES:
        named.append(_("%(count)s more") % {"count": len(clashes) - NAMED_CLASHES})
    return ScheduleClash(
        _("The programme cannot be released, rooms are taken twice: %(clashes)s."),
        code="schedule_clash",
        params={"clashes": "; ".join(named)},
    )
