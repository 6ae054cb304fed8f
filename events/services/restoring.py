"""Putting an earlier release back: the drafts say what they said then, and are released anew.

What belongs to the sessions is put back: time, room, texts, track, state, people in
their order, stops. Names of places and people stay as they are now: they were
corrected for a reason, and they are not the programme's alone. A session that came
later keeps its draft and is out of the programme until it is confirmed again.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from events.changes import by_code, unstamped
from events.models import (
    Appearance,
    Booking,
    Edition,
    Park,
    Release,
    Room,
    Session,
    Speaker,
    Step,
    Track,
    VisitStop,
)
from events.services.edits import record_many
from events.services.releases import Words, locked_edition, make_release
from events.snapshots import (
    Snapshot,
    freeze_session,
    freeze_stop,
    released_sessions,
    room_key,
)
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

PLAIN = ["kind", "status", "language", "capacity", "needs_seat"]
TEXTS = ["title", "abstract"]
# What a snapshot leaves out where it is empty.
EXTRAS = {
    "format_name": "",
    "links": [],
    "attachments": [],
    "recording_licence": "",
    "is_off_record": False,
}
EXTRA_TEXTS = ["subtitle", "description"]
NAMES = ["guid", "source_id"]  # releases of before had none
Status = Session.Status


@transaction.atomic
def put_back(
    edition_id: int,
    number: int,
    words: Words,
    *,
    groups: Sequence[str] = (),
    seen: str = "",
    by: User | None = None,
) -> Release:
    """Make the next release say what release `number` said."""
    edition = locked_edition(edition_id)
    earlier = Release.objects.get(edition=edition, number=number)
    touched = restore_drafts(edition, earlier.snapshot)
    record_many(edition, Step.Kind.RESTORE, touched, by=by)
    return make_release(edition, words, groups=groups, seen=seen, by=by, restores=earlier)


@transaction.atomic
def restore_drafts(edition: Edition, snapshot: Snapshot) -> list[int]:
    """Make the drafts say what a snapshot says; refuse if a place in it is gone.

    Returns the keys of the sessions that said something else before.
    """
    Booking.objects.filter(session__edition=edition, is_firm=True).update(is_firm=False)
    known = Known(edition, snapshot)
    frozen = by_code(snapshot)
    rows = {row.code: row for row in known.sessions}
    later = [row for code, row in rows.items() if code not in frozen]
    _take_out(edition, later)
    touched = [row.pk for row in later]
    # What does not take place makes room first: an edition has one opening.
    for code, one in sorted(frozen.items(), key=lambda item: item[1]["status"] != "cancelled"):
        row = rows.get(code)
        if row is None or differs(row, one):
            row = row or Session(edition=edition, code=code)
            _restore(row, one, known)
            touched.append(row.pk)
    return touched


def differs(session: Session, frozen: dict) -> bool:
    """Whether a draft says anything else than a release did."""
    if session.booking is None:
        return True
    told = unstamped(frozen)
    said = freeze_session(session)
    unsaid = [key for key in NAMES if key not in told]
    return {key: value for key, value in said.items() if key not in unsaid} != told


class Known:
    """The rows that a snapshot names, by the names it uses."""

    def __init__(self, edition: Edition, snapshot: Snapshot) -> None:
        self.edition = edition
        self.sessions = _with_all(edition)
        self.rooms = {room_key(room): room for room in Room.objects.select_related("venue")}
        self.parks = {park.name_zh_hans or park.name_en: park for park in Park.objects.all()}
        self.tracks = self._tracks(snapshot["tracks"])
        self.speakers = self._speakers(snapshot["speakers"])

    def _tracks(self, frozen: Iterable[dict]) -> dict[str, Track]:
        rows = {track.slug: track for track in self.edition.tracks.all()}
        return _completed(rows, frozen, "slug", self._new_track)

    def _new_track(self, frozen: dict) -> Track:
        track = Track(edition=self.edition, slug=frozen["slug"], colour=frozen["colour"])
        write_texts(track, frozen, ["name"])
        return track

    def _speakers(self, frozen: Iterable[dict]) -> dict[str, Speaker]:
        rows = {speaker.code: speaker for speaker in self.edition.speakers.all()}
        return _completed(rows, frozen, "code", self._new_speaker)

    def _new_speaker(self, frozen: dict) -> Speaker:
        plain = ["code", "name_native", "name_latin", "sort_key", "country"]
        plain += [key for key in NAMES if key in frozen]
        speaker = Speaker(edition=self.edition, **{key: frozen[key] for key in plain})
        write_texts(speaker, frozen, ["title", "organization", "biography"])
        if portrait := frozen.get("portrait"):
            speaker.portrait = portrait["file"]
            write_texts(speaker, {"portrait_alt": portrait["alt"]}, ["portrait_alt"])
        return speaker

    def room(self, key: str | None) -> Room | None:
        if key is not None and key not in self.rooms:
            raise DomainError(
                _("The room “%(room)s” of that release is gone."),
                code="room_gone",
                params={"room": key},
            )
        return self.rooms[key] if key else None

    def park(self, frozen: dict) -> Park:
        name = frozen["park"].get("zh-hans") or frozen["park"].get("en")
        if name not in self.parks:
            raise DomainError(
                _("The park “%(park)s” of that release is gone."),
                code="park_gone",
                params={"park": name},
            )
        return self.parks[name]


def _with_all(edition: Edition) -> list[Session]:
    """The edition's sessions, each with what a release freezes of it."""
    decided = {session.pk: session for session in released_sessions(edition)}
    others = edition.sessions.exclude(pk__in=decided)
    others = others.select_related("track", "booking__room__venue")
    stops = "stops__park__district"
    return [*decided.values(), *others.prefetch_related("appearances__speaker", stops)]


def _completed(
    rows: dict[str, Any], frozen: Iterable[dict], key: str, make: Callable[[dict], Any]
) -> dict[str, Any]:
    """The rows with those made again that were deleted since."""
    for one in frozen:
        if one[key] not in rows:
            rows[one[key]] = make(one)
            rows[one[key]].save()
    return rows


def _take_out(edition: Edition, later: Iterable[Session]) -> None:
    """Sessions that the release did not have leave the programme; their drafts stay."""
    decided = [row for row in later if row.status in {Status.CONFIRMED, Status.CANCELLED}]
    openings = [row for row in decided if row.kind == Session.Kind.OPENING]
    rows = Session.objects.filter(pk__in=[row.pk for row in decided if row not in openings])
    rows.filter(status=Status.CANCELLED).update(status=Status.DRAFT)
    rows.filter(status=Status.CONFIRMED).update(status=Status.PENDING)
    # An edition has one opening: a second waits as cancelled and without a time.
    called_off = Session.objects.filter(pk__in=[row.pk for row in openings])
    called_off.update(status=Status.CANCELLED, booking=None)
    Booking.objects.filter(pk__in=[row.booking_id for row in openings]).delete()


def _restore(session: Session, frozen: dict, known: Known) -> None:
    for key in PLAIN:
        setattr(session, key, frozen[key])
    session.interpretation = list(frozen["interpretation"])
    session.track = known.tracks.get(frozen["track"])
    write_texts(session, frozen, TEXTS)
    _restore_extras(session, frozen)
    start, end = instant(frozen["start"]), instant(frozen["end"])
    session.minutes = max(1, int((end - start).total_seconds() // 60))
    session.booking = _booked(session.booking, start, end, known.room(frozen["room"]))
    if session.booking.is_shared != frozen.get("shares_room", False):
        session.booking.is_shared = not session.booking.is_shared
        session.booking.save(update_fields=["is_shared"])
    session.save()
    _restore_people(session, frozen["people"], known)
    _restore_stops(session, frozen["stops"], known)


def _restore_extras(session: Session, frozen: dict) -> None:
    for key, empty in EXTRAS.items():
        setattr(session, key, frozen.get(key, empty))
    nothing = dict.fromkeys(dict(settings.LANGUAGES), "")
    for key in EXTRA_TEXTS:
        write_texts(session, {key: nothing | frozen.get(key, {})}, [key])
    if session.pk is None:
        for key in [key for key in NAMES if key in frozen]:
            setattr(session, key, frozen[key])


def _booked(booking: Booking | None, start: datetime, end: datetime, room: Room | None) -> Booking:
    booking = booking or Booking()
    booking.during, booking.room, booking.is_firm = DateTimeTZRange(start, end), room, False
    booking.save()
    return booking


def _restore_people(session: Session, frozen: list[dict], known: Known) -> None:
    wanted = [(one["speaker"], one["role"]) for one in frozen]
    rows = session.appearances.all()
    if [(row.speaker.code, row.role) for row in rows] == wanted:
        return
    rows.delete()
    Appearance.objects.bulk_create(
        Appearance(session=session, speaker=known.speakers[code], role=role, position=place)
        for place, (code, role) in enumerate(wanted, 1)
    )


def _restore_stops(session: Session, frozen: list[dict], known: Known) -> None:
    rows = session.stops.all()
    if [freeze_stop(row) for row in rows] == frozen:
        return
    rows.delete()
    VisitStop.objects.bulk_create(
        VisitStop(
            session=session,
            park=known.park(one),
            during=DateTimeTZRange(instant(one["start"]), instant(one["end"])),
            host=one["host"],
        )
        for one in frozen
    )


def write_texts(row: Any, frozen: dict, fields: Iterable[str]) -> None:
    """Fill the translated columns of a row with every language of a snapshot's texts."""
    for field in fields:
        for language, text in frozen[field].items():
            setattr(row, build_localized_fieldname(field, language), text)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
