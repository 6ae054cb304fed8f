"""Writes of the programme's drafts: where and when a session is, and whether it holds."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from events.models import Booking, Room, Session, Step
from events.services.clashes import Clash, overlaps
from events.services.edits import record_many
from events.services.placing import Place, place, unschedule
from events.services.steps import lock_edition
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

Status = Session.Status


def place_session(
    pk: int, *, starts_at: datetime | None, room: Room | None, by: User | None = None
) -> Session:
    """Give a session its time (aware) and room, or take both away with no time.

    A draft may clash with others, which `clashes_with` shows; hard clashes are refused
    when the programme is released.
    """
    if starts_at is None:
        return unschedule(pk, by=by)
    minutes = Session.objects.values_list("minutes", flat=True).get(pk=pk)
    return place(pk, to=Place(starts_at, minutes, room.pk if room else None), by=by)


def clashes_with(session: Session) -> list[Clash]:
    """What else is booked in the session's room at its time; one query."""
    if not (session.booking and session.booking.room_id):
        return []
    there = Booking.objects.filter(
        room=session.booking.room_id, during__overlap=session.booking.during
    ).exclude(session__status=Status.CANCELLED)
    # What the last release promised is let go of by the next.
    there = there.exclude(held_by__edition=session.edition_id)
    found = overlaps(there.select_related("room", "session__edition"))
    mine = session.booking_id
    return [clash for clash in found if mine in {clash.first.pk, clash.second.pk}]


def confirm_session(pk: int, *, by: User) -> None:
    """Take a session into the programme; the public sees it with the next release."""
    _change(pk, [Status.DRAFT, Status.PENDING, Status.CANCELLED], Status.CONFIRMED, by)


def cancel_session(pk: int, *, by: User) -> None:
    """Take a session out of the programme with the next release."""
    _change(pk, [Status.DRAFT, Status.PENDING, Status.CONFIRMED], Status.CANCELLED, by)


@transaction.atomic
def _change(pk: int, allowed: list[Status], status: Status, by: User | None) -> None:
    edition = lock_edition(Session.objects.values_list("edition", flat=True).get(pk=pk))
    if not Session.objects.filter(pk=pk, status__in=allowed).update(status=status):
        raise DomainError(_("The session is in that state already."), code="wrong_state")
    record_many(edition, Step.Kind.EDIT, [pk], by=by)
