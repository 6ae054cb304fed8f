"""Clashes of a programme: two things in one room at one time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Booking, Edition, Session


@dataclass(frozen=True)
class Clash:
    """Two bookings of one room that overlap."""

    first: Booking
    second: Booking

    def __str__(self) -> str:
        return _("“%(first)s” and “%(second)s” in %(room)s at %(time)s") % {
            "first": title_of(self.first),
            "second": title_of(self.second),
            "room": self.second.room,
            "time": self._time(),
        }

    def _time(self) -> str:
        start = max(self.first.during.lower, self.second.during.lower)
        owners = (getattr(b, "session", None) for b in (self.first, self.second))
        edition = next(owner.edition for owner in owners if owner)
        return f"{timezone.localtime(start, edition.tz):%Y-%m-%d %H:%M}"


def title_of(booking: Booking) -> str:
    """The session that owns the booking; what upper storeys book is not named here."""
    owners = (getattr(booking, name, None) for name in ("session", "held_by", "block"))
    owner = next(filter(None, owners), None)
    return str(owner) if owner else _("another booking")


def clashes_of(edition: Edition) -> list[Clash]:
    """What keeps the programme from being released: confirmed sessions that clash.

    With each other, or with a firm booking of anything else in the same room.
    """
    ours = Booking.objects.filter(
        session__edition=edition,
        session__status=Session.Status.CONFIRMED,
        room__isnull=False,
        is_shared=False,
    )
    rivals = Q(is_firm=True, room__in=ours.values("room"))
    # A cancelled session of ours lets go of its room in the same release.
    rivals &= ~Q(session__edition=edition) & ~Q(held_by__edition=edition)
    rivals |= Q(block__edition=edition)
    bookings = Booking.objects.filter(Q(pk__in=ours) | rivals).select_related(
        "room", "session__edition", "held_by", "block"
    )
    mine = set(ours.values_list("pk", flat=True))
    return [c for c in overlaps(bookings) if c.first.pk in mine or c.second.pk in mine]


def overlaps(bookings: Iterable[Booking]) -> Iterator[Clash]:
    """Every pair that shares a room for a while, in order of time."""
    by_room = defaultdict(list)
    for booking in sorted(bookings, key=lambda b: (b.during.lower, b.pk)):
        by_room[booking.room_id].append(booking)
    for together in by_room.values():
        for first, second in combinations(together, 2):
            if second.during.lower < first.during.upper:
                yield Clash(first, second)
