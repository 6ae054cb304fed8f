"""A released programme with things to sign up for, and people who do."""

from datetime import datetime, timedelta

from attendees.models import Registration, Seat
from events.models import Bus, Edition, Session, VisitStop
from events.services.releases import Words, release_schedule
from tests import make


def released(
    *, places: int | None = 2, room_holds: int | None = None, edition: Edition | None = None
) -> Session:
    """A talk that needs signing up, alone in a released programme."""
    talk = bookable(edition or make.edition(), capacity=places, room_holds=room_holds)
    release(talk.edition)
    return talk


def bookable(
    edition: Edition, starts_at: datetime = make.OPENING, room_holds: int | None = None, **fields
) -> Session:
    room = make.room(capacity=room_holds)
    return make.session(edition=edition, starts_at=starts_at, room=room, needs_seat=True, **fields)


def release(edition: Edition, **more) -> None:
    release_schedule(edition.pk, Words("Next", "新版"), **more)


def guest(session: Session, **fields) -> Registration:
    return make.registration(edition=session.edition, **fields)


def seat(session: Session, registration: Registration | None = None, **fields) -> Seat:
    registration = registration or guest(session)
    return Seat.objects.create(session=session, registration=registration, **fields)


def visit(edition: Edition | None = None, *, places: int = 40, stops: int = 2) -> Session:
    """A park visit of some stops, an hour each, not yet released."""
    edition = edition or make.edition()
    made = make.session(
        edition=edition,
        kind=Session.Kind.VISIT,
        starts_at=make.OPENING,
        minutes=60 * (stops + 1),
        needs_seat=True,
        capacity=places,
    )
    for number in range(stops):
        during = make.booking(
            starts_at=make.OPENING + timedelta(minutes=30 + 60 * number), minutes=30
        ).during
        VisitStop.objects.create(session=made, park=make.park(), during=during, host="Ms Chen")
    return made


def bus(session: Session, seats: int = 10, **fields) -> Bus:
    number = make.number()
    fields = {"name": str(number), "plate": f"浙A{number:05}", **fields}
    return Bus.objects.create(session=session, seats=seats, **fields)
