"""Signing up for sessions: a seat if there is one, else a place in the line of who waits.

Locking as in seats.py: the registration, then the session.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from attendees.duties import Duty, duties_of
from attendees.models import Registration, Seat, Wait
from attendees.services.lines import places_in_line, waits_for
from attendees.services.seats import (
    ASK,
    Held,
    capacity_of,
    clashes_among,
    closed_because,
    end_seats,
    give_seat,
    held_by,
    lock_holder,
    lock_session,
    lock_sessions,
    programme_for,
    refuse_unfit,
    released,
    seats_free,
    with_seats,
)
from attendees.services.waiting import end_waits, join_line, offer_places
from events.models import Edition, Session
from events.programme import Programme, SessionOf
from hrconf.lib.errors import DomainError

Status = Seat.Status
State = Wait.State


# What there is to sign up for -------------------------------------------------------------


@dataclass
class SignUp:
    """A session that needs signing up, and how things stand between it and somebody."""

    item: SessionOf
    session: Session
    places: int | None
    free: int | None
    waiting: int
    closed: str
    seat: Seat | None = None
    wait: Wait | None = None
    place: int = 0  # in line, from 1; 0 where a seat is offered
    clashes: list[Held] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)

    @property
    def others(self) -> list[str]:
        """The titles of what the person has at that time besides."""
        return [str(held.item.title) for held in self.clashes] + [d.title for d in self.duties]

    @property
    def is_full(self) -> bool:
        """Whether who comes now has to wait: nothing is free, or others were here before."""
        return self.free is not None and (self.free < 1 or self.waiting > 0)

    @property
    def is_few(self) -> bool:
        return self.free is not None and self.free <= 10

    @property
    def concerns(self) -> bool:
        """Whether the person has something in it."""
        return bool(self.seat or self.wait)


def sign_ups(registration: Registration, code: str = "") -> list[SignUp]:
    """What somebody can sign up for, or one of it, in order of time; a few queries."""
    programme = programme_for(registration.edition)
    items = [s for s in programme.sessions.values() if s.needs_seat]
    codes = [one.code for one in items if code in {"", one.code}]
    rows = with_seats(Session.objects.filter(edition=registration.edition, code__in=codes))
    known = {row.code: row for row in rows}
    found = [_sign_up(item, known[item.code]) for item in items if item.code in known]
    return _with_own(found, registration, programme)


def _sign_up(item: SessionOf, row: Session) -> SignUp:
    places = capacity_of(row, item)
    held = row.taken + row.offered
    return SignUp(
        item=item,
        session=row,
        places=places,
        free=None if places is None else max(places - held, 0),
        waiting=row.waiting,
        closed=closed_because(row, item),
    )


def _with_own(
    found: list[SignUp], registration: Registration, programme: Programme
) -> list[SignUp]:
    """Each with what the person has in it, or at that time elsewhere."""
    held, duties = held_by(registration, programme), duties_of(registration, programme)
    seats = {one.seat.session_id: one.seat for one in held}
    open_waits = registration.waits.open().filter(session__isnull=False)
    waits = {wait.session_id: wait for wait in open_waits.select_related("group")}
    places = places_in_line(waits.values())
    for one in found:
        one.seat, one.wait = seats.get(one.session.pk), waits.get(one.session.pk)
        one.place = places.get(one.wait.pk, (0, 0))[0] if one.wait else 0
        one.clashes = clashes_among(held, one.item)
        one.duties = [duty for duty in duties if duty.overlaps(one.item)]
    return found


# Signing up, and off ----------------------------------------------------------------------


@transaction.atomic
def sign_up(registration_id: int, code: str, *, clash: str = ASK) -> Seat | Wait:
    """Get a seat in the session of a code, or a place in line where none is left.

    Twice is once. Where the person has seats elsewhere at that time, `clash` says
    whether they are asked first, keep both, or give the others up.
    """
    registration = lock_holder(registration_id)
    refuse_unfit(registration)
    session = lock_session(session_of(registration.edition, code).pk)
    if reason := closed_because(session, released(session)):
        raise DomainError(reason, code="closed")
    return seat_or_line(registration, session, clash=clash)


def seat_or_line(registration: Registration, session: Session, *, clash: str) -> Seat | Wait:
    """A seat if one is free and nobody waits before; both rows are locked."""
    if seat := registration.seats.confirmed().filter(session=session).first():
        return seat
    waits = waits_for(session).open()
    if wait := waits.filter(registration=registration).first():
        return wait
    if seats_free(session) == 0 or waits.exists():
        wait = join_line(registration, session)
        offer_places(session)
        wait.refresh_from_db()
        return wait
    return give_seat(registration, session, clash=clash)


def session_of(edition: Edition, code: str) -> Session:
    found = Session.objects.filter(edition=edition, code=code).first()
    if found is None:
        raise DomainError(_("There is no sign-up for this."), code="no_session")
    return found


@transaction.atomic
def give_back(registration_id: int, code: str) -> None:
    """Give a seat back, or leave the line; the next who waits is asked. Twice is once."""
    registration = lock_holder(registration_id)
    session = lock_session(session_of(registration.edition, code).pk)
    seats = registration.seats.confirmed().filter(session=session)
    end_seats(seats.select_related("session"))
    end_waits(waits_for(session).open().filter(registration=registration), State.LEFT)
    offer_places(session)


# What a release does to seats ---------------------------------------------------------------


@transaction.atomic
def follow_release(edition: Edition, changes: Mapping[str, Iterable[str]]) -> None:
    """End the seats of what no longer takes place; give them back where it does after all."""
    gone = {code for kind in ("cancelled", "removed") for code in changes.get(kind, [])}
    back = {code for kind in ("restored", "new") for code in changes.get(kind, [])}
    for session in _with_holders(edition, gone):
        _call_off(session)
    for session in _with_holders(edition, back):
        _take_up(session)


def _with_holders(edition: Edition, codes: Iterable[str]) -> list[Session]:
    rows = Session.objects.filter(edition=edition, code__in=list(codes))
    of_holders = rows.filter(seats__isnull=False) | rows.filter(waits__isnull=False)
    return lock_sessions(list(of_holders.values_list("pk", flat=True).distinct()))


def _call_off(session: Session) -> None:
    """Who waits keeps their place, in case it takes place after all; no offer stands."""
    session.seats.confirmed().update(status=Status.CALLED_OFF, bus=None)
    offered = waits_for(session).filter(state=State.OFFERED)
    offered.update(state=State.WAITING, offered_at=None, offer_until=None)


def _take_up(session: Session) -> None:
    """Seats that ended with their session, in the order in which they were taken."""
    places = capacity_of(session, released(session))
    rows = session.seats.filter(status=Status.CALLED_OFF).order_by("created_at", "pk")
    holders = Registration.objects.confirmed().filter(seats__in=rows)
    keys = list(rows.filter(registration__in=holders).values_list("pk", flat=True)[:places])
    rows.filter(pk__in=keys).update(status=Status.CONFIRMED)
    for seat in session.seats.filter(status=Status.CALLED_OFF).select_related("registration"):
        seat.status = Status.CANCELLED
        seat.save(update_fields=["status"])
        if seat.registration.status == Registration.Status.CONFIRMED:
            join_line(seat.registration, session)
