"""Placing sessions in the grid: every write is a step that can be taken back.

Only drafts are edited. What the last release promised stays held for the public by a
firm booking of its own (`Session.held`), until the next release lets go of it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from events.models import Booking, Edition, Session, Step
from events.services.steps import change, lock_edition, record, refuse_stale
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

Kind = Step.Kind
LONGEST = 24 * 60
SHORTEST = 5


class NotYours(DomainError):
    """A session of a track that somebody else organizes."""


@dataclass(frozen=True)
class Place:
    """An aware start, a length in minutes, and a room's key or none."""

    starts_at: datetime
    minutes: int
    room: int | None

    @property
    def during(self) -> DateTimeTZRange:
        return DateTimeTZRange(self.starts_at, self.starts_at + timedelta(minutes=self.minutes))

    def as_json(self) -> dict[str, Any]:
        at = self.starts_at.astimezone(UTC).isoformat()
        return {"starts_at": at, "minutes": self.minutes, "room": self.room}

    @classmethod
    def of_booking(cls, booking: Booking | None) -> "Place | None":
        if booking is None:
            return None
        length = booking.during.upper - booking.during.lower
        return cls(booking.during.lower, round(length.total_seconds() / 60), booking.room_id)

    @classmethod
    def of_json(cls, kept: dict[str, Any] | None) -> "Place | None":
        if not kept:
            return None
        return cls(datetime.fromisoformat(kept["starts_at"]), kept["minutes"], kept["room"])


def may_edit_all(user: User) -> bool:
    return user.has_perm("events.change_session")


def may_edit(user: User, session: Session) -> bool:
    """Organizers edit every session, organizers of a track those of their track."""
    if may_edit_all(user):
        return True
    return bool(session.track_id) and user.tracks.filter(pk=session.track_id).exists()


@transaction.atomic
def place(
    pk: int, *, to: Place, seen: int | None = None, by: User | None = None, kind=Kind.PLACE
) -> Session:
    """Put a session at a time and into a room; `seen` is the revision the actor saw."""
    edition, session = locked_session(pk, seen, by)
    check_length(to.minutes)
    _take(edition, kind, [(session, to)], by)
    return session


@transaction.atomic
def resize(pk: int, *, minutes: int, seen: int | None = None, by: User | None = None) -> Session:
    """Give a session that has its time another length."""
    now = Place.of_booking(Session.objects.select_related("booking").get(pk=pk).booking)
    if now is None:
        raise DomainError(_("The session has no time yet."), code="unscheduled")
    to = Place(now.starts_at, minutes, now.room)
    return place(pk, to=to, seen=seen, by=by, kind=Kind.RESIZE)


@transaction.atomic
def unschedule(pk: int, *, seen: int | None = None, by: User | None = None) -> Session:
    """Take a session out of the grid; what was released is moved or cancelled instead."""
    edition, session = locked_session(pk, seen, by)
    _take(edition, Kind.UNSCHEDULE, [(session, None)], by)
    return session


@transaction.atomic
def swap(pk: int, *, other: int, seen: int | None = None, by: User | None = None) -> Session:
    """Let two sessions exchange their times and rooms; each keeps its length."""
    edition, session = locked_session(pk, seen, by)
    _edition, rival = locked_session(other, seen, by)
    mine, theirs = Place.of_booking(session.booking), Place.of_booking(rival.booking)
    if not (mine and theirs) or rival.edition_id != edition.pk:
        raise DomainError(_("Both need a time to be exchanged."), code="unscheduled")
    moves: list[tuple[Session, Place | None]] = [
        (session, Place(theirs.starts_at, mine.minutes, theirs.room)),
        (rival, Place(mine.starts_at, theirs.minutes, mine.room)),
    ]
    _take(edition, Kind.SWAP, moves, by)
    return session


def locked_session(pk: int, seen: int | None, by: User | None) -> tuple[Edition, Session]:
    edition = lock_edition(Session.objects.values_list("edition", flat=True).get(pk=pk))
    sessions = Session.objects.select_for_update(of=("self",), no_key=True)
    session = sessions.select_related("booking", "held").get(pk=pk)
    if by and not may_edit(by, session):
        raise NotYours(_("This session belongs to a track of others."), code="not_yours")
    refuse_stale(edition, seen, [("session", pk), ("text", pk)])
    return edition, session


def check_length(minutes: int) -> None:
    if not SHORTEST <= minutes <= LONGEST:
        raise DomainError(_("A session lasts between 5 minutes and 24 hours."), code="length")


def _take(
    edition: Edition, kind: Kind, moves: list[tuple[Session, Place | None]], by: User | None
) -> None:
    changes = []
    for session, to in moves:
        before = Place.of_booking(session.booking)
        if before != to:
            put(session, to)
            changes.append(change("session", session.pk, json_of(before), json_of(to)))
    if changes:
        record(edition, kind, changes, by=by)


def json_of(at: Place | None) -> dict[str, Any] | None:
    return at.as_json() if at else None


def put(session: Session, to: Place | None) -> None:
    """Write a place without a step; the session's row is held by the caller."""
    if to is None:
        return _take_out(session)
    if session.held and Place.of_booking(session.held) == to:
        return _put_back(session, to)
    booking = session.booking
    if booking and booking.is_firm:  # the public was told this one
        session.held, booking = booking, None
    booking = booking or Booking()
    booking.during, booking.room_id = to.during, to.room
    booking.is_shared = False  # it was shared where it was
    booking.full_clean()
    booking.save()
    session.booking, session.minutes = booking, to.minutes
    session.save(update_fields=["booking", "held", "minutes"])


def _put_back(session: Session, to: Place) -> None:
    draft = session.booking
    session.booking, session.held, session.minutes = session.held, None, to.minutes
    session.save(update_fields=["booking", "held", "minutes"])
    if draft and draft.pk != session.booking_id:
        draft.delete()


def _take_out(session: Session) -> None:
    if session.held or (session.booking and session.booking.is_firm):
        raise DomainError(
            _("A released session keeps its time: cancel it, or move it."), code="released"
        )
    booking, session.booking = session.booking, None
    session.save(update_fields=["booking"])
    if booking:
        booking.delete()
