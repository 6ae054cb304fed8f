"""Overlaps of an import: two things in one room at one time.

Real files have them: a corner of a hall, a programme within a programme, or a
mistake. What a file itself has twice in a room is kept as it is, shared, and
told; what collides with something else of ours is told only.
"""

from collections import defaultdict

from django.utils.translation import gettext as _

from events.imports.plans import Planned
from events.imports.register import Register, title_of
from events.models import Booking, Session


def settle_rooms(register: Register, rows: list[Planned]) -> None:
    mine = {id(row.session.booking): row for row in rows if row.session and row.session.booking}
    bookings = [row.session.booking for row in rows if row.session and row.session.booking]
    others = [s for s in register.sessions if s.booking and id(s.booking) not in mine]
    owners: dict[int, Session] = {id(s.booking): s for s in others}
    by_room: dict[tuple, list[Booking]] = defaultdict(list)
    for booking in [*bookings, *(s.booking for s in others)]:
        if booking and booking.room and not is_off(mine, owners, booking):
            by_room[booking.room.venue.slug, booking.room.slug].append(booking)
    for together in by_room.values():
        for first, second in overlapping(together):
            meet(mine, owners, first, second)


def is_off(mine: dict[int, Planned], owners: dict[int, Session], booking: Booking) -> bool:
    """Whether what was to be there is cancelled."""
    row = mine.get(id(booking))
    session = row.session if row else owners[id(booking)]
    return session is not None and session.status == Session.Status.CANCELLED


def overlapping(bookings: list[Booking]) -> list[tuple[Booking, Booking]]:
    """Every pair that shares the room for a while; each is compared with its neighbours only."""
    found: list[tuple[Booking, Booking]] = []
    running: list[Booking] = []
    for booking in sorted(bookings, key=lambda b: (b.during.lower, b.during.upper)):
        running = [one for one in running if one.during.upper > booking.during.lower]
        found += [(one, booking) for one in running]
        running.append(booking)
    return found


def meet(
    mine: dict[int, Planned], owners: dict[int, Session], first: Booking, second: Booking
) -> None:
    rows = [mine.get(id(one)) for one in (first, second)]
    if not any(row and row.moves for row in rows):
        return  # it was so before this import
    for booking, other in [(first, second), (second, first)]:
        row, rival = mine.get(id(booking)), mine.get(id(other))
        if row is None or not row.moves:
            continue
        title = rival.label if rival else title_of(owners[id(other)])
        if rival:
            booking.is_shared, booking.is_firm = True, False
            row.notes.append(
                _("overlaps “%(title)s” in the same room: both are kept there") % {"title": title}
            )
        else:
            row.notes.append(
                _("clashes with “%(title)s” in the same room: settle it before the release")
                % {"title": title}
            )
