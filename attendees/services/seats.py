"""Seats in sessions: how many there are, who has one, what else they hold at that time.

Locking: the registration, then the session, then what waits for it; whoever counts the
seats of a session holds its row.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.duties import Duty, duties_of
from attendees.models import Registration, Seat, Wait
from attendees.services.letters import letter_to, registration_link
from attendees.services.previews import mail_trouble
from attendees.tasks import settle_waits
from events.calendars import session_calendar
from events.current import programme_of
from events.models import Edition, Release, Session
from events.parsing import nothing_yet
from events.programme import Programme, SessionOf
from hrconf.lib.errors import DomainError
from hrconf.lib.wake import wake_on_commit
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters

CONFIRMED, ENDED = "seat_confirmed", "seat_ended"
Status = Seat.Status
# What to do about seats in other sessions at the same time.
ASK, KEEP, SWAP = "ask", "keep", "swap"


class SeatClash(DomainError):
    """Somebody would be in two places at once, and has not said that this is meant."""


@dataclass(frozen=True)
class Held:
    """A seat that somebody has, with its session as it was released."""

    seat: Seat
    item: SessionOf


# What was released ------------------------------------------------------------------------


def programme_for(edition: Edition) -> Programme:
    """What the public reads of an edition, whose page may not be public yet."""
    rows = Release.objects.filter(edition=edition).without_programme()
    release = rows.newest_first().first()
    return programme_of(release) if release else nothing_yet(edition)


def released(session: Session) -> SessionOf | None:
    """A session as it was released last, cancelled ones too."""
    return programme_for(session.edition).sessions.get(session.code)


def capacity_of(session: Session, item: SessionOf | None) -> int | None:
    """How many seats a session has: its own number, or what its released room holds."""
    if session.capacity:
        return session.capacity
    return item.room.capacity if item and item.room else None


# Counting ---------------------------------------------------------------------------------


def with_seats(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions with how many seats are taken, held by offers, and waited for."""
    return sessions.annotate(
        taken=Count("seats", filter=Q(seats__status=Status.CONFIRMED), distinct=True),
        offered=Count("waits", filter=Q(waits__in=Wait.objects.holding()), distinct=True),
        waiting=Count("waits", filter=Q(waits__state=Wait.State.WAITING), distinct=True),
    )


def seats_free(session: Session) -> int | None:
    """Seats that are neither taken nor offered; None where there is no limit."""
    places = capacity_of(session, released(session))
    if places is None:
        return None
    taken = session.seats.confirmed().count()
    return max(places - taken - session.waits.holding().count(), 0)


def overfull(sessions: Iterable[Session]) -> list[Session]:
    """Those of some sessions in which more seats are taken or offered than there are."""
    rows = with_seats(Session.objects.filter(pk__in=[one.pk for one in sessions]))
    found = []
    for row in rows.select_related("edition"):
        places = capacity_of(row, released(row))
        if places is not None and row.taken + row.offered > places:
            found.append(row)
    return found


# Locks ------------------------------------------------------------------------------------


def lock_holder(pk: int) -> Registration:
    """Lock a registration whose seats change."""
    rows = Registration.objects.select_related("edition", "person", "category")
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if found is None:
        raise DomainError(_("This registration is no longer there."), code="gone")
    return found


def lock_session(pk: int) -> Session:
    """Lock a session whose seats are counted."""
    return lock_sessions([pk])[0]


def lock_sessions(pks: Collection[int]) -> list[Session]:
    rows = Session.objects.filter(pk__in=pks).select_related("edition").order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


# Two places at once -----------------------------------------------------------------------


def held_by(registration: Registration, programme: Programme) -> list[Held]:
    """The seats somebody has in what was released and takes place, in order of time."""
    rows = registration.seats.confirmed().select_related("session")
    found = [(row, programme.sessions.get(row.session.code)) for row in rows]
    held = [Held(row, item) for row, item in found if item and not item.is_cancelled]
    return sorted(held, key=lambda one: (one.item.start, one.item.code))


def clashes_among(held: Iterable[Held], item: SessionOf) -> list[Held]:
    """The seats in other sessions that are on at the same time."""
    return [one for one in held if one.item.code != item.code and one.item.overlaps(item)]


def duties_at(registration: Registration, programme: Programme, item: SessionOf) -> list[Duty]:
    """Where else somebody has to be while a session is on: on stage, at a meeting."""
    return [duty for duty in duties_of(registration, programme) if duty.overlaps(item)]


# Giving and taking ------------------------------------------------------------------------


def refuse_unfit(registration: Registration) -> None:
    if registration.status != Registration.Status.CONFIRMED:
        text = _("Seats are for people whose place at the conference is confirmed.")
        raise DomainError(text, code="not_confirmed")


def closed_because(session: Session, item: SessionOf | None) -> str:
    """Why nobody can sign up for a session now; nothing if one can."""
    now = timezone.now()
    if item is None or not item.needs_seat:
        return _("There is no sign-up for this.")
    if item.is_cancelled:
        return _("This session is cancelled.")
    if session.seats_open_at and now < session.seats_open_at:
        return _("The sign-up has not opened yet.")
    if now >= (session.seats_close_at or item.start) and not settings.DEMO:
        return _("The sign-up is over.")
    return ""


def give_seat(registration: Registration, session: Session, *, clash: str = ASK) -> Seat:
    """Give a seat that is free to somebody; both rows are locked.

    Where they have seats in other sessions at that time, or duties, `clash` says whether
    they are asked first, keep both, or give the other seats up.
    """
    programme = programme_for(session.edition)
    item = programme.sessions.get(session.code)
    others = clashes_among(held_by(registration, programme), item) if item else []
    if clash == ASK and item:
        _ask_first(others, duties_at(registration, programme, item))
    if others and clash == SWAP:
        end_seats([one.seat for one in others])
        wake_on_commit(settle_waits)
    seat = Seat.objects.create(registration=registration, session=session)
    tell(CONFIRMED, [seat])
    return seat


def _ask_first(others: list[Held], duties: list[Duty]) -> None:
    if others:
        raise SeatClash(_("You have a seat in something else at that time."), code="clash")
    if duties:
        text = _("You are expected elsewhere at that time: %(what)s.") % {"what": duties[0].title}
        raise SeatClash(text, code="clash")


def end_seats(seats: Iterable[Seat], status: str = Status.CANCELLED) -> None:
    """End seats; their places on a bus go with them."""
    for seat in seats:
        seat.status, seat.bus = status, None
        seat.save(update_fields=["status", "bus"])


# Letters ----------------------------------------------------------------------------------


def tell(kind: str, seats: Iterable[Seat], reason: str = "") -> int:
    """Mail who got a seat, or lost one; return how many can be mailed."""
    told = [seat for seat in seats if not mail_trouble(seat.registration.person)]
    return len(queue_letters(kind, [letter_for(kind, seat, reason) for seat in told]))


def letter_for(kind: str, seat: Seat, reason: str = "") -> Letter:
    """The letter about a seat; one that was got carries the entry for a calendar."""
    registration, session = seat.registration, seat.session
    person, edition = registration.person, session.edition
    language = person.preferred_language
    programme = programme_for(edition)
    item = programme.sessions.get(session.code)
    letter = letter_to(
        person,
        edition,
        occasion=f"{kind}:{seat.pk}",
        context={
            "session": session,
            "released": item,
            "programme": programme,
            "reason": reason,
            "registration_link": registration_link(registration, language),
        },
    )
    if item and kind == CONFIRMED:
        content = session_calendar(programme, item, language)
        letter = replace(letter, attachments=[(f"{item.code}.ics", "text/calendar", content)])
    return letter
