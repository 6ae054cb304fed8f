"""iCalendar files; what they lack of a schedule (tracks, speakers) is read where it can be."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from django.utils.translation import gettext as _

from events.imports import kinds, moments, texts
from events.imports.files import NamedIn, PersonIn, ScheduleIn, SessionIn, refusal, words
from events.imports.frab_xml import NAME, TITLE, guid_of, known_references, named_in

UNSAID = frozenset(
    ["subtitle", "description", "attachments", "licence", "is_off_record", "language"]
)
# Our own descriptions also name who speaks, and the address.
UNSAID_OF_OURS = UNSAID | {"abstract", "links", "people", "format_name"}


def read(data: bytes, zone: ZoneInfo | None, fallback: ZoneInfo | None) -> ScheduleIn:
    try:
        calendars = icalendar.Calendar.from_ical(data.decode("utf-8", "replace"), multiple=True)
    except ValueError as error:
        raise refusal(_("This calendar file is broken: nothing of it is read.")) from error
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    head = next(iter(calendars), icalendar.Calendar())
    found = zone or zone_of(head, events) or fallback
    schedule = ScheduleIn("ics", found or ZoneInfo("UTC"))
    schedule.title = texts.one_line(str(head.get("x-wr-calname") or head.get("name") or ""), NAME)
    if found is None:
        schedule.notes.append(_("The file names no time zone: its times are taken for UTC."))
    schedule.is_ours = is_ours = "//hrconf//" in str(head.get("prodid", ""))
    for event in events:
        schedule.sessions.append(read_event(schedule, event, is_ours))
    return schedule


def zone_of(head: icalendar.Calendar, events: list) -> ZoneInfo | None:
    """The calendar's zone, else the one that most of its times are in."""
    if zone := moments.zone_named(str(head.get("x-wr-timezone", ""))):
        return zone
    starts = [event["dtstart"] for event in events if "dtstart" in event]
    names = (str(one.params.get("TZID", "")) for one in starts if hasattr(one, "params"))
    named = Counter(zone.key for name in names if (zone := moments.zone_named(name)))
    return ZoneInfo(named.most_common(1)[0][0]) if named else None


def read_event(schedule: ScheduleIn, event: Any, is_ours: bool) -> SessionIn:
    session = SessionIn(row=len(schedule.sessions) + 1, title={}, unsaid=UNSAID)
    uid = texts.one_line(str(event.get("uid", "")), 180)
    if again := event.get("recurrence-id"):
        uid = f"{uid}/{again.to_ical().decode()}"
    session.guid = guid_of(uid.partition("@")[0])
    if is_ours:
        session.unsaid = UNSAID_OF_OURS
    session.source_id = "" if is_ours else uid
    session.title = words(texts.one_line(str(event.get("summary", "")), TITLE, session))
    description = str(event.get("description", ""))
    session.abstract = words(texts.prose(description, session, is_plain=is_ours))
    place = event.get("x-hrconf-room" if is_ours else "location", "")
    session.room = named_in(str(place), 100, session)
    session.track = track_of(event, session)
    session.people = people_of(event, session)
    address = str(event.get("url", ""))
    session.links = known_references(session, [(address, "", "")]) if not is_ours else []
    session.is_cancelled = str(event.get("status", "")).upper() == "CANCELLED"
    if "rrule" in event:
        session.notes.append(_("is repeated: only the first time is taken"))
    read_time(schedule, session, event)
    return session


def read_time(schedule: ScheduleIn, session: SessionIn, event: Any) -> None:
    start, end = value_of(event, "dtstart"), value_of(event, "dtend")
    if not isinstance(start, datetime):
        session.notes.append(_("has no time, and waits to be scheduled"))
        return
    session.start = aware(start, schedule.zone)
    length = value_of(event, "duration")
    if isinstance(end, datetime):
        length = aware(end, schedule.zone) - session.start
    minutes = int(length.total_seconds() // 60) if isinstance(length, timedelta) else 0
    session.minutes = minutes if 1 <= minutes <= moments.LONGEST else None


def value_of(event: Any, key: str) -> datetime | date | timedelta | None:
    value = event.get(key)
    return getattr(value, "dt", None)


def aware(moment: datetime, zone: ZoneInfo) -> datetime:
    """A time without a zone is by clocks at the conference."""
    return moment if moment.utcoffset() is not None else moment.replace(tzinfo=zone)


def track_of(event: Any, session: SessionIn) -> NamedIn | None:
    """The last of its categories: ours, and pretalx's, put the kind in front."""
    found = event.get("categories")
    groups = found if isinstance(found, list) else [found] if found else []
    names = [str(one) for group in groups for one in getattr(group, "cats", [group])]
    if len(names) > 1 or (names and not kinds.foreign_name(names[0])):
        session.format_name = texts.one_line(names[0], 100, session)
        names = names[1:]
    return named_in(names[-1], NAME, session) if names else None


def people_of(event: Any, session: SessionIn) -> list[PersonIn]:
    found = event.get("attendee")
    attendees = found if isinstance(found, list) else [found] if found else []
    names = (str(getattr(one, "params", {}).get("CN", "")) for one in attendees)
    plain = (texts.one_line(name, NAME, session) for name in names)
    return [PersonIn(words(name)) for name in dict.fromkeys(plain) if name]
