"""schedule.json, as frab, pretalx and the hub of the CCC write it; read leniently."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from events.imports import moments, texts
from events.imports.files import PersonIn, Reference, ScheduleIn, SessionIn, words
from events.imports.frab_xml import NAME, OURS, TITLE, guid_of, known_references, named_in

Json = dict[str, Any]


def read(data: Json, zone: ZoneInfo | None, fallback: ZoneInfo | None) -> ScheduleIn:
    head = as_dict(data["schedule"])
    conference = as_dict(head.get("conference")) or head
    generator = as_dict(data.get("generator") or head.get("generator"))
    events = list(all_events(head, conference))
    found = zone or zone_of(conference, [event for _d, _r, event in events]) or fallback
    schedule = ScheduleIn("json", found or ZoneInfo("UTC"))
    if found is None:
        schedule.notes.append(_("The file names no time zone: its times are taken for UTC."))
    read_conference(schedule, conference)
    schedule.is_ours = is_plain = word(generator, "name").casefold() == OURS
    for day, room, event in events:
        schedule.sessions.append(read_event(schedule, day, room, event, is_plain))
    return schedule


def all_events(head: Json, conference: Json) -> Iterator[tuple[Json, str, Json]]:
    """Each event with its day and room: by day and room as frab lists them, or all in one."""
    for day in as_list(conference.get("days") or head.get("days")):
        rooms = as_dict(day).get("rooms")
        groups = rooms.items() if isinstance(rooms, dict) else _listed(as_list(rooms))
        for room, events in groups:
            for event in as_list(events):
                yield as_dict(day), str(room), as_dict(event)
    for event in as_list(head.get("events")):
        yield {}, "", as_dict(event)


def _listed(rooms: list) -> list[tuple[str, Any]]:
    return [(word(as_dict(room), "name"), as_dict(room).get("events")) for room in rooms]


def zone_of(conference: Json, events: list[Json]) -> ZoneInfo | None:
    for key in ["time_zone_name", "timezone", "time_zone"]:
        if zone := moments.zone_named(word(conference, key)):
            return zone
    if zone := moments.zone_of_city(word(conference, "city")):
        return zone
    dates = (moments.moment_of(word(e, "date") or word(e, "start")) for e in events)
    return moments.zone_of_offsets(filter(None, dates))


def read_conference(schedule: ScheduleIn, conference: Json) -> None:
    schedule.title = texts.one_line(word(conference, "title"), NAME)
    schedule.acronym = texts.one_line(word(conference, "acronym"), 50)
    schedule.venue = texts.one_line(word(conference, "venue"), NAME)
    schedule.city = texts.one_line(word(conference, "city"), 100)
    schedule.starts_on = moments.day_of(word(conference, "start"))
    schedule.ends_on = moments.day_of(word(conference, "end"))


def read_event(
    schedule: ScheduleIn, day: Json, room: str, event: Json, is_plain: bool
) -> SessionIn:
    session = SessionIn(row=len(schedule.sessions) + 1, title={})
    session.day = moments.day_of(word(day, "date"))
    ids = [word(event, "code"), word(event, "id")]  # our numbers are made up where there is a code
    if not is_plain:
        ids.reverse()
    session.source_id = texts.one_line(ids[0] or ids[1], 200)
    session.guid = guid_of(word(event, "guid"))
    session.slug = texts.one_line(word(event, "slug"), 200)
    session.title = words(texts.one_line(word(event, "title"), TITLE, session))
    session.subtitle = words(texts.one_line(word(event, "subtitle"), TITLE, session))
    session.abstract = words(texts.prose(word(event, "abstract"), session, is_plain=is_plain))
    session.description = words(texts.prose(word(event, "description"), session, is_plain=is_plain))
    session.room = named_in(room or word(event, "room"), 100, session)
    session.track = named_in(word(event, "track"), NAME, session)
    session.format_name = texts.one_line(word(event, "type"), 100, session)
    session.language = texts.one_line(word(event, "language"), 10).lower().replace("_", "-")
    read_time(schedule, session, day, event)
    people = as_list(event.get("persons") or event.get("participants") or event.get("speakers"))
    session.people = [person for one in people if (person := read_person(one, session))]
    session.links = references(event, "links", session)
    session.attachments = references(event, "attachments", session)
    session.licence = texts.one_line(word(event, "recording_license"), 100, session)
    session.is_off_record = event.get("do_not_record") in (True, "true", 1)
    return session


def read_time(schedule: ScheduleIn, session: SessionIn, day: Json, event: Json) -> None:
    session.start = start_of(schedule, session, day, event)
    end = moments.moment_of(word(event, "end"))
    if end and session.start:
        end = end if end.utcoffset() is not None else end.replace(tzinfo=schedule.zone)
        minutes = int((end - session.start).total_seconds() // 60)
        session.minutes = minutes if 1 <= minutes <= moments.LONGEST else None
    session.minutes = session.minutes or moments.minutes_of(word(event, "duration"))


def start_of(schedule: ScheduleIn, session: SessionIn, day: Json, event: Json) -> datetime | None:
    for key in ["date", "start"]:
        own = moments.moment_of(word(event, key))
        if own and "T" in word(event, key):
            return own if own.utcoffset() is not None else own.replace(tzinfo=schedule.zone)
    listed = moments.day_of(word(event, "date")) or session.day
    clock = moments.clock_of(word(event, "start"))
    if listed is None or clock is None:
        session.notes.append(_("has no time, and waits to be scheduled"))
        return None
    begins = moments.moment_of(word(day, "day_start") or word(day, "start"))
    change = begins.astimezone(schedule.zone).time() if begins else None
    return moments.on_day(listed, clock, change, schedule.zone)


def read_person(said: Any, session: SessionIn) -> PersonIn | None:
    if isinstance(said, str):
        said = {"name": said}
    person = as_dict(said)
    names = (word(person, key) for key in ["public_name", "name", "full_public_name"])
    name = texts.one_line(next(filter(None, names), ""), NAME, session)
    if not name:
        return None
    source_id = (word(person, "id") or word(person, "code"))[:200]
    biography = texts.prose(word(person, "biography") or word(person, "abstract"), session)
    return PersonIn(words(name), source_id, guid_of(word(person, "guid")), words(biography))


def references(event: Json, key: str, session: SessionIn) -> list[Reference]:
    found = [as_dict(one) for one in as_list(event.get(key))]
    return known_references(
        session,
        [
            (word(one, "url") or word(one, "href"), word(one, "title"), word(one, "type"))
            for one in found
        ],
    )


def word(data: Json, key: str) -> str:
    """A value as text; of an object its name, or its text in some language."""
    value = data.get(key)
    if isinstance(value, dict):
        value = value.get("name") or value.get("en") or value.get("slug")
        value = value or next((one for one in data[key].values() if isinstance(one, str)), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def as_dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list:
    return value if isinstance(value, list) else []
