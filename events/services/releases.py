"""Releases: freezing the programme for the public."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.changes import difference, stamp_revisions
from events.models import Booking, Edition, Release, Session
from events.services.clashes import clashes_of
from events.snapshots import Snapshot, checksum, freeze
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

NAMED_CLASHES = 5


class ScheduleClash(DomainError):
    """Sessions to be released clash in a room."""


class NothingToRelease(DomainError):
    """The programme is as it was released last."""


@transaction.atomic
def release_schedule(
    edition_id: int, *, name_en: str = "", name_zh: str = "", by: User | None = None
) -> Release:
    """Freeze the edition's programme into its next release, which the public then reads.

    Confirmed sessions take their rooms for good, cancelled ones let go of theirs.
    Releasing twice without a change in between is refused, so a double click is
    harmless. Numbers are given only while we hold the edition's row.
    """
    edition = Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition_id)
    make_bookings_firm(edition)
    last = Release.objects.filter(edition=edition).newest_first().first()
    number = last.number + 1 if last else 1
    moment = timezone.now()
    snapshot = _frozen(edition, last, number, moment)
    if last and snapshot == last.snapshot:
        raise NothingToRelease(
            _("Nothing has changed since release %(number)s."),
            code="nothing_to_release",
            params={"number": last.number},
        )
    return Release.objects.create(
        edition=edition,
        number=number,
        name_en=name_en or f"Release {number}",
        name_zh_hans=name_zh or f"第{number}版",
        snapshot=snapshot,
        changes=difference(last.snapshot if last else None, snapshot),
        sha256=checksum(snapshot),
        released_at=moment,
        released_by=by,
    )


def _frozen(edition: Edition, last: Release | None, number: int, moment: datetime) -> Snapshot:
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
            confirmed.filter(is_firm=False).update(is_firm=True)
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
