"""What the office does with seats: signs people up, takes seats back.

Locking as in seats.py: the registration, then the session.
"""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from attendees.models import Registration, Seat, Wait
from attendees.services.previews import Preview, mail_troubles
from attendees.services.seats import (
    ENDED,
    KEEP,
    closed_because,
    end_seats,
    lock_holder,
    lock_session,
    refuse_unfit,
    released,
    tell,
)
from attendees.services.signing_up import seat_or_line
from attendees.services.waiting import settle_thing
from events.models import Session
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError


def seats_shown():
    """Seats with all that is told of them, in a fixed number of queries."""
    return Seat.objects.select_related(
        "registration__person",
        "registration__edition",
        "registration__delegation",
        "session__edition",
        "session__booking",
        "bus",
    )


@transaction.atomic
def sign_up_for(registration_id: int, *, session: Session, clash: str, by: User) -> Seat | Wait:
    """A seat for somebody, or a place in line where none is free; never one too many.

    The office may do so before the sign-up opens and after it closes.
    """
    registration = lock_holder(registration_id)
    refuse_unfit(registration)
    locked = lock_session(session.pk)
    if locked.edition_id != registration.edition_id:
        raise DomainError(_("The session is of another edition."), code="other_edition")
    item = released(locked)
    if item is None or item.is_cancelled:
        raise DomainError(closed_because(locked, item), code="closed")
    return seat_or_line(registration, locked, clash=clash or KEEP)


def preview_taking_back(ids: Collection[int]) -> Preview[Seat]:
    """Whose seats would be taken back, and who can be told so."""
    found: Preview[Seat] = Preview()
    rows = list(seats_shown().filter(pk__in=ids).order_by("created_at", "pk"))
    troubles = mail_troubles(row.registration.person for row in rows)
    for row in rows:
        if row.status != Seat.Status.CONFIRMED:
            found.left_out.append((row, "no_seat"))
            continue
        found.going.append(row)
        if row.registration.person_id in troubles:
            found.unmailed.append(row)
    return found


@transaction.atomic
def take_back(seat_id: int, *, by: User, reason: str = "") -> None:
    """Take a seat back and say so; the gap is offered to who waits once this is committed."""
    registration = lock_holder(Registration.objects.get(seats=seat_id).pk)
    session = lock_session(Session.objects.get(seats=seat_id).pk)
    seat = seats_shown().get(pk=seat_id)
    if seat.status != Seat.Status.CONFIRMED:
        raise DomainError(_("This seat was given back already."), code="no_seat")
    seat.registration = registration
    end_seats([seat])
    tell(ENDED, [seat], reason)
    transaction.on_commit(partial(settle_thing, None, None, session.pk), robust=True)
