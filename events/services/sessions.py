"""Writes of the programme's drafts: where and when a session is, and whether it holds."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from events.models import Booking, Room, Session
from events.services.clashes import Clash, overlaps
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

Status = Session.Status


@transaction.atomic
def place_session(pk: int, *, starts_at: datetime | None, room: Room | None) -> Session:
    """Give a session its time (aware) and room, or take both away with no time.

    A draft may clash with others, which `clashes_with` shows; a released session
    is refused a room that another firm booking holds.
    """
    session = Session.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if starts_at is None:
        return _without_place(session)
    during = DateTimeTZRange(starts_at, starts_at + timedelta(minutes=session.minutes))
    booking = session.booking or Booking()
    if (booking.during, booking.room) != (during, room):
        booking.is_shared = False  # it was shared where it was
    booking.during, booking.room = during, room
    booking.full_clean()  # says "the room is taken" before the database must
    booking.save()
    if session.booking_id != booking.pk:
        session.booking = booking
        session.save(update_fields=["booking"])
    return session


def _without_place(session: Session) -> Session:
    if not session.booking:
        return session
    if session.booking.is_firm:
        raise DomainError(
            _("A released session keeps its time: cancel it, or move it."), code="released"
        )
    booking, session.booking = session.booking, None
    session.save(update_fields=["booking"])
    booking.delete()
    return session


def clashes_with(session: Session) -> list[Clash]:
    """What else is booked in the session's room at its time; one query."""
    if not (session.booking and session.booking.room_id):
        return []
    there = Booking.objects.filter(
        room=session.booking.room_id, during__overlap=session.booking.during
    ).exclude(session__status=Status.CANCELLED)
    found = overlaps(there.select_related("room", "session__edition"))
    mine = session.booking_id
    return [clash for clash in found if mine in {clash.first.pk, clash.second.pk}]


def confirm_session(pk: int, *, by: User) -> None:
    """Take a session into the programme; the public sees it with the next release."""
    _change(pk, [Status.DRAFT, Status.PENDING, Status.CANCELLED], Status.CONFIRMED)


def cancel_session(pk: int, *, by: User) -> None:
    """Take a session out of the programme with the next release."""
    _change(pk, [Status.DRAFT, Status.PENDING, Status.CONFIRMED], Status.CANCELLED)


def _change(pk: int, allowed: list[Status], status: Status) -> None:
    if not Session.objects.filter(pk=pk, status__in=allowed).update(status=status):
        raise DomainError(_("The session is in that state already."), code="wrong_state")
