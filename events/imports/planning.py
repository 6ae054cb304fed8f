"""What an import would do with each entry of a file; nothing is written.

Each value is compared three ways: what the file says, what we have, and what the
last import brought. What only the file changed is taken over; what only we
changed stays; what both changed stays too and is told, unless the file is to win.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.imports import kinds
from events.imports.files import PersonIn, ScheduleIn, SessionIn
from events.imports.plans import Outcome, Plan, Planned, Wishes
from events.imports.register import (
    Register,
    load_register,
    names_of,
    slug_of,
    title_of,
    translated,
)
from events.imports.rooms import settle_rooms
from events.imports.stamps import stamps, token
from events.models import Booking, Edition, Session, Speaker
from hrconf.lib.names import sort_key

Values = dict[str, Any]
PLAIN = ["kind", "format_name", "language", "recording_licence", "is_off_record"]
LISTS = ["links", "attachments"]
TEXTS = ["title", "subtitle", "abstract", "description"]
PLACES = {"start", "minutes", "room"}  # what its booking holds


def plan_import(edition: Edition, schedule: ScheduleIn, wishes: Wishes) -> Plan:
    """What importing the file would do now: seven queries, and nothing is written."""
    planner = Planner(load_register(edition, schedule), schedule, wishes)
    rows = [planner.plan(entry) for entry in schedule.sessions]
    rows += [planner.plan_gone(session) for session in planner.register.unclaimed]
    planner.settle_rooms(rows)
    return Plan(schedule, planner.register, rows, planner.changed_speakers)


class Planner:
    """Compares entries with the register, one after the other."""

    def __init__(self, register: Register, schedule: ScheduleIn, wishes: Wishes) -> None:
        self.register = register
        self.schedule = schedule
        self.wishes = wishes
        self.changed_speakers: dict[int, Speaker] = {}
        self.speakers = {speaker.pk: speaker for speaker in register.speakers}
        self.has_opening = any(
            s.kind == Session.Kind.OPENING and s.status != Session.Status.CANCELLED
            for s in register.sessions
        )

    def plan(self, entry: SessionIn) -> Planned:
        if entry.trouble:
            if entry.guid or entry.source_id:  # it is in the file, if not as it should be
                self.register.session_of(entry, code_of(entry, self.schedule.acronym))
            return Planned(Outcome.REFUSED, entry.row, entry.label, [entry.trouble, *entry.notes])
        code = code_of(entry, self.schedule.acronym)
        session = self.register.session_of(entry, code)
        people = [self.speaker(person) for person in entry.people]
        values = self.values_of(entry, session, people)
        if session is None:
            return self.created(entry, code, values, people)
        return self.compared(entry, session, values, people)

    def values_of(self, entry: SessionIn, session: Session | None, people: list[Speaker]) -> Values:
        """What the file says, in our columns; rooms and tracks as our rows."""
        values: Values = {}
        for name in TEXTS:
            values |= translated(name, getattr(entry, name))
        values["kind"] = self.kind_of(entry, session)
        values["format_name"] = kinds.foreign_name(entry.format_name)
        values["language"] = entry.language
        values["recording_licence"] = entry.licence
        values["is_off_record"] = entry.is_off_record
        values["links"] = [link.as_json for link in entry.links]
        values["attachments"] = [one.as_json for one in entry.attachments]
        values["track"] = self.register.track_of(entry.track)
        values["start"] = entry.start.astimezone(UTC) if entry.start else None
        values["minutes"] = entry.minutes if entry.start else None
        values["room"] = self.register.room_of(entry.room) if entry.start else None
        values["people"] = people
        values["status"] = "cancelled" if entry.is_cancelled else "confirmed"
        return values

    def kind_of(self, entry: SessionIn, session: Session | None) -> str:
        """An edition has one opening: a second one in the file is a ceremony."""
        kind = kinds.kind_of(entry.format_name)
        if kind != Session.Kind.OPENING or (session and session.kind == kind):
            return kind
        if self.has_opening:
            return Session.Kind.CEREMONY
        self.has_opening = True
        return kind

    def created(
        self, entry: SessionIn, code: str, values: Values, people: list[Speaker]
    ) -> Planned:
        session = Session(
            edition=self.register.edition,
            code=self.register.free_code(code),
            guid=entry.guid or self.new_guid(entry),
            source_id=entry.source_id,
            minutes=values["minutes"] or 60,
            status=status_of(entry),
            imported=stamps(values),
        )
        for name in columns(values):
            setattr(session, name, values[name])
        if entry.start:
            session.booking = Booking(room=values["room"], during=span(values))
        planned = Planned(Outcome.CREATED, entry.row, entry.label, list(entry.notes), session)
        planned.people, planned.moves = people, session.booking is not None
        return planned

    def new_guid(self, entry: SessionIn) -> uuid.UUID:
        """The same whenever the same file is imported into the same edition."""
        if not entry.source_id:
            return uuid.uuid4()
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.register.edition.slug}/{entry.source_id}")

    def compared(
        self, entry: SessionIn, session: Session, values: Values, people: list[Speaker]
    ) -> Planned:
        """Take over what the file changed since the last import; keep what we changed."""
        planned = Planned(Outcome.UNCHANGED, entry.row, entry.label, list(entry.notes), session)
        present = self.present_of(session)
        base = dict(session.imported or {})
        for name, said in values.items():
            if group_of(name) in entry.unsaid or self.is_unsaid(name, said):
                continue
            verdict = self.verdict(name, said, present[name], base.get(name))
            if verdict == "take":
                planned.changes.append(name)
            elif verdict in {"ours", "both"}:
                planned.notes.append(note_of(name, verdict))
            if verdict in {"take", "same"} and token(said) != base.get(name):
                base[name] = token(said)
        self.carry_out(planned, session, values, people, base)
        return planned

    def is_unsaid(self, name: str, said: Any) -> bool:
        """What a file of ours has in the other language it does not take away in this one."""
        texts = (*TEXTS, "name", "biography")
        return self.schedule.is_ours and said == "" and name.startswith(texts)

    def verdict(self, name: str, said: Any, present: Any, base: str | None) -> str:
        """“same”, “take” (the file's), “ours” (kept), “both” (changed here and there), “skip”."""
        new, now = token(said), token(present)
        if new == now:
            return "same"
        if base is None:
            says_nothing = said in ("", None, [], False) or (name, said) == ("status", "confirmed")
            return "skip" if says_nothing else "take"
        if now == base or self.wishes.overwrites:
            return "take"
        return "ours" if new == base else "both"

    def present_of(self, session: Session) -> Values:
        """What we have, in the same terms as `values_of`."""
        found: Values = {
            name: getattr(session, name) or "" for text in TEXTS for name in translated(text, {})
        }
        found |= {name: getattr(session, name) for name in [*PLAIN, *LISTS]}
        booking = session.booking
        found["track"] = session.track
        found["start"] = booking.during.lower.astimezone(UTC) if booking else None
        found["minutes"] = length_of(booking) if booking else None
        found["room"] = booking.room if booking else None
        appearances = self.register.appearances.get(session.pk, [])
        found["people"] = [self.speakers[one.speaker_id] for one in appearances]
        # The office decides what is pending or a draft.
        is_cancelled = session.status == Session.Status.CANCELLED
        found["status"] = "cancelled" if is_cancelled else "confirmed"
        return found

    def carry_out(
        self,
        planned: Planned,
        session: Session,
        values: Values,
        people: list[Speaker],
        base: dict[str, str],
    ) -> None:
        """Set what changes on the row in memory."""
        planned.stamps = base != session.imported
        session.imported = base
        for name in set(planned.changes) & set(columns(values)):
            setattr(session, name, values[name])
        if "status" in planned.changes:
            session.status = Session.Status(values["status"])
        if "people" in planned.changes:
            planned.people = people
        if PLACES.intersection(planned.changes):
            planned.moves = True
            self.move(session, values, planned.changes)
        if planned.changes:
            planned.outcome = Outcome.CHANGED

    def move(self, session: Session, values: Values, changes: list[str]) -> None:
        """Change its booking in memory; one that the file takes away stays as it is."""
        booking = session.booking or Booking()
        start = values["start"] if "start" in changes else None
        start = start or (booking.during.lower if session.booking else values["start"])
        if start is None:
            return
        session.minutes = (values["minutes"] if "minutes" in changes else 0) or session.minutes
        booking.during = DateTimeTZRange(start, start + timedelta(minutes=session.minutes))
        if "room" in changes:
            booking.room = values["room"]
        booking.is_firm = booking.is_shared = False
        session.booking = booking

    def speaker(self, person: PersonIn) -> Speaker:
        """Who it is, with the name and the biography that the file gives."""
        speaker, is_new = self.register.speaker_of(person)
        values = names_of(person) | translated("biography", person.biography)
        if is_new:
            speaker.imported = stamps(values)
            return speaker
        base = dict(speaker.imported or {})
        for name, said in values.items():
            if self.is_unsaid(name, said):
                continue
            verdict = self.verdict(name, said, getattr(speaker, name) or "", base.get(name))
            if verdict == "take":
                setattr(speaker, name, said)
            if verdict in {"take", "same"} and (said or name in base):
                base[name] = token(said)
        if base != (speaker.imported or {}):
            speaker.imported = base
            speaker.source_id = speaker.source_id or person.source_id
            speaker.sort_key = sort_key(speaker.name_native, speaker.name_latin)
            self.changed_speakers[speaker.pk] = speaker
        return speaker

    def plan_gone(self, session: Session) -> Planned:
        """A session of an earlier import that this file lacks: told, and cancelled if wished."""
        if session.status == Session.Status.CANCELLED:
            return Planned(Outcome.UNCHANGED, None, title_of(session), [_("is cancelled here")])
        planned = Planned(Outcome.GONE, None, title_of(session), session=session)
        if self.wishes.cancels_gone:
            session.status = Session.Status.CANCELLED
            planned.outcome = Outcome.CHANGED
            planned.changes = ["status"]
            planned.notes = [_("is not in the file: cancelled")]
        return planned

    def settle_rooms(self, rows: list[Planned]) -> None:
        """Entries that overlap in a room as the file has it share it; others are told."""
        settle_rooms(self.register, rows)
        self.tell_days(rows)

    def tell_days(self, rows: list[Planned]) -> None:
        edition = self.register.edition
        for row in rows:
            if row.moves and row.session and row.session.booking:
                start = row.session.booking.during.lower.astimezone(edition.tz)
                day = (start - timedelta(hours=edition.day_begins_at)).date()
                if not edition.starts_on <= day <= edition.ends_on:
                    row.notes.append(_("is outside the days of the edition"))


def columns(values: Values) -> list[str]:
    """The values that are columns of the session itself."""
    return [name for name in values if name not in {*PLACES, "people", "status"}]


def status_of(entry: SessionIn) -> Session.Status:
    if entry.is_cancelled:
        return Session.Status.CANCELLED
    return Session.Status.CONFIRMED if entry.start else Session.Status.DRAFT


def span(values: Values) -> DateTimeTZRange:
    start: datetime = values["start"]
    return DateTimeTZRange(start, start + timedelta(minutes=values["minutes"]))


def length_of(booking: Booking) -> int:
    return int((booking.during.upper - booking.during.lower).total_seconds() // 60)


def note_of(name: str, verdict: str) -> str:
    text = {
        "ours": _("%(what)s: changed here since, and kept"),
        "both": _("%(what)s: changed here and in the file; ours is kept"),
    }
    return text[verdict] % {"what": name_of(name)}


def group_of(name: str) -> str:
    """What a value is called in a file: its text in any language, the kind by its name."""
    known = {"kind": "format_name", "recording_licence": "licence"}
    return next((text for text in TEXTS if name.startswith(f"{text}_")), known.get(name, name))


def name_of(name: str) -> str:
    """A value as the office calls it."""
    if name in {"start", "room", "people"}:
        return {"start": _("Time"), "room": _("Room"), "people": _("Speakers")}[name]
    text = next((t for t in TEXTS if name.startswith(f"{t}_")), name)
    return str(capfirst(Session._meta.get_field(text).verbose_name))


def code_of(entry: SessionIn, acronym: str) -> str:
    """Its part of an address: the file's slug, or made of its id or its title."""
    slug = entry.slug.lower().removeprefix(f"{acronym.lower()}-") if acronym else entry.slug
    wanted = slug_of(slug)
    if not wanted and entry.source_id and not entry.source_id.isdecimal():
        wanted = slug_of(entry.source_id.partition("@")[0])
    return (wanted or slug_of(entry.label) or f"session-{entry.row}")[:60].strip("-_")
