"""A schedule file of any format we know, read into plain data and set right."""

import codecs
import json
import re
from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from events.imports import bilingual_json, frab_json, frab_xml, ical_file
from events.imports.files import ScheduleIn, SessionIn, refusal

LARGEST = 20 * 1024 * 1024  # bytes
MOST = 20_000  # sessions
USUAL_LENGTH = 30  # minutes
FARTHEST = timedelta(days=400)


def read_schedule(
    data: bytes, *, zone: ZoneInfo | None = None, fallback: ZoneInfo | None = None
) -> ScheduleIn:
    """What a file says. `zone` overrules the file's, `fallback` is for one that names none.

    Raises NotASchedule with one sentence for what is no schedule, or a broken one.
    """
    if len(data) > LARGEST:
        raise refusal(_("The file is larger than 20 MB."))
    schedule = _read(_without_bom(data), zone, fallback)
    if not schedule.sessions:
        raise refusal(_("There are no sessions in this file."))
    if len(schedule.sessions) > MOST:
        raise refusal(_("There are more than %(count)s sessions in this file."), count=MOST)
    for session in schedule.sessions:
        settle(schedule, session)
    tell_apart(schedule.sessions)
    return schedule


def _read(data: bytes, zone: ZoneInfo | None, fallback: ZoneInfo | None) -> ScheduleIn:
    start = data.lstrip()[:20]
    if start.startswith(b"<"):
        return frab_xml.read(data, zone, fallback)
    if start.upper().startswith(b"BEGIN:VCALENDAR"):
        return ical_file.read(data.lstrip(), zone, fallback)
    if start.startswith((b"{", b"[")):
        return _json(data, zone, fallback)
    raise refusal(_("This is no schedule that can be read: give schedule.xml, JSON or iCalendar."))


def _json(data: bytes, zone: ZoneInfo | None, fallback: ZoneInfo | None) -> ScheduleIn:
    try:
        content = json.loads(data)
    except RecursionError:
        raise refusal(_("This JSON is no schedule.")) from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise refusal(
            _("This JSON is broken in line %(line)s: nothing of it is read."), line=line
        ) from error
    if isinstance(content, dict) and isinstance(content.get("schedule"), dict):
        return frab_json.read(content, zone, fallback)
    if isinstance(content, dict) and isinstance(content.get("sessions"), list):
        return bilingual_json.read(content, zone, fallback)
    raise refusal(_("This JSON is no schedule."))


def _without_bom(data: bytes) -> bytes:
    """UTF-8 without its mark; UTF-16, which some editors save, as UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode()  # it would name the encoding
    return data.removeprefix(codecs.BOM_UTF8)


def settle(schedule: ScheduleIn, session: SessionIn) -> None:
    """Fill in what is missing and can be guessed; say why an entry cannot be taken."""
    if not session.title:
        session.trouble = _("has no title")
    if session.start and session.minutes is None:
        session.minutes = USUAL_LENGTH
        session.notes.append(
            _("has no length: %(minutes)s minutes are assumed") % {"minutes": USUAL_LENGTH}
        )
    if session.start and schedule.starts_on:
        away = abs(session.start.astimezone(schedule.zone).date() - schedule.starts_on)
        if away > FARTHEST:
            session.trouble = _("is more than a year away from the conference")
    named, session.people = session.people, []
    for person in named:
        known = {one.key for one in session.people}
        if person.name and person.key not in known:
            session.people.append(person)


def tell_apart(sessions: list[SessionIn]) -> None:
    """Entries of one id: the same once more is refused, another is kept under an id of its own."""
    by_id: dict[str, list[SessionIn]] = defaultdict(list)
    for session in sessions:
        if session.source_id:
            by_id[session.source_id].append(session)
    for source_id, group in by_id.items():
        _number(source_id, group)
    seen: dict = {}
    for session in sessions:
        if session.guid and seen.setdefault(session.guid, session) is not session:
            session.guid = None


def _number(source_id: str, group: list[SessionIn]) -> None:
    kept: list[SessionIn] = []
    for session in sorted(group, key=lambda s: (s.start is None, s.start or 0, s.row)):
        twin = next((one for one in kept if is_same(one, session)), None)
        if twin:
            session.trouble = _("the same as row %(row)s once more") % {"row": twin.row}
            session.source_id = ""
            continue
        kept.append(session)
        if len(kept) > 1:
            session.source_id = f"{source_id[:190]}#{len(kept)}"
            session.notes.append(_("another session has the same id: both are kept"))


def is_same(one: SessionIn, other: SessionIn) -> bool:
    parts = ["title", "start", "minutes", "room"]
    return all(getattr(one, part) == getattr(other, part) for part in parts)
