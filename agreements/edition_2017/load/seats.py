"""Seats in what needs signing up for: park visits and workshops."""

from random import Random

from agreements.edition_2017.load.context import Context, between, moment
from agreements.edition_2017.load.guests import Guest, Guests
from agreements.edition_2017.load.programme import Stage
from attendees.models import Seat, Wait
from events.models import Session

WAITING = (2, 7)


def load_seats(context: Context, guests: Guests, stage: Stage, busy: set[int]) -> None:
    """Fill the sessions with guests who have no meeting; nobody gets two seats."""
    rng = context.rng("seats")
    free = [
        guest
        for kind in ("professional", "project_holder")
        for guest in guests.confirmed(kind)
        if guest.seated_at and guest.registration.pk not in busy
    ]
    rng.shuffle(free)
    rows: list[Seat | Wait] = []
    for session in stage.sessions.values():
        if session.needs_seat:
            rows += seats_in(session, free, rng)
    context.save([row for row in rows if isinstance(row, Seat)])
    context.save([row for row in rows if isinstance(row, Wait)])


def seats_in(session: Session, free: list[Guest], rng: Random) -> list[Seat | Wait]:
    """A visit is full and has a waiting list; a workshop has a few seats left."""
    is_visit = session.kind == Session.Kind.VISIT
    confirmed = session.capacity if is_visit else int(session.capacity * rng.uniform(0.6, 0.95))
    waiting = rng.randint(*WAITING) if is_visit else 0
    rows: list[Seat | Wait] = []
    for number in range(min(confirmed + waiting, len(free))):
        place = {"session": session, "registration": free.pop().registration}
        at = between(moment(10, 20), moment(11, 6), rng)
        if number < confirmed:
            rows.append(Seat(created_at=at, **place))
        else:
            rows.append(Wait(joined_at=at, **place))
    return rows
