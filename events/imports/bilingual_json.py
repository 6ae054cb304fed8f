"""The JSON that COSCUP and OPass write: sessions in two languages, the rest named by ids."""

from typing import Any
from zoneinfo import ZoneInfo

from events.imports import moments, texts
from events.imports.files import NamedIn, PersonIn, ScheduleIn, SessionIn, Words, both
from events.imports.frab_json import as_dict, as_list, word
from events.imports.frab_xml import NAME, TITLE, known_references

Json = dict[str, Any]
SPOKEN = {"漢語": "zh", "中文": "zh", "华语": "zh", "華語": "zh", "english": "en", "英文": "en"}
UNSAID = frozenset(
    ["subtitle", "description", "attachments", "licence", "is_off_record", "format_name"]
)
SPOKEN |= {"日本語": "ja", "한국어": "ko"}


def read(data: Json, zone: ZoneInfo | None, fallback: ZoneInfo | None) -> ScheduleIn:
    entries = [as_dict(one) for one in as_list(data["sessions"])]
    starts = (moments.moment_of(word(one, "start")) for one in entries)
    found = zone or moments.zone_of_offsets(filter(None, starts)) or fallback or ZoneInfo("UTC")
    schedule = ScheduleIn("bilingual", found)
    names = {key: by_id(data, key) for key in ["rooms", "session_types", "speakers"]}
    for entry in entries:
        schedule.sessions.append(read_session(schedule, names, entry))
    return schedule


def by_id(data: Json, key: str) -> dict[str, Json]:
    return {word(as_dict(one), "id"): as_dict(one) for one in as_list(data.get(key))}


def read_session(schedule: ScheduleIn, names: dict[str, dict[str, Json]], entry: Json) -> SessionIn:
    session = SessionIn(row=len(schedule.sessions) + 1, title={}, unsaid=UNSAID)
    session.source_id = texts.one_line(word(entry, "id"), 200)
    session.title = in_both(entry, "title", lambda text: texts.one_line(text, TITLE, session))
    session.abstract = in_both(entry, "description", lambda text: texts.prose(text, session))
    session.room = named(names["rooms"], word(entry, "room"), 100)
    session.track = named(names["session_types"], word(entry, "type"), NAME)
    said = word(entry, "language")
    session.language = SPOKEN.get(said.casefold(), said.casefold()[:10])
    session.people = [
        person(names["speakers"], str(one), session) for one in as_list(entry.get("speakers"))
    ]
    keys = ["qa", "slide", "live", "record", "pad", "co_write"]
    found = [(word(entry, key), key, "") for key in keys]
    session.links = known_references(session, found)
    read_time(schedule, session, entry)
    return session


def read_time(schedule: ScheduleIn, session: SessionIn, entry: Json) -> None:
    start, end = (moments.moment_of(word(entry, key)) for key in ["start", "end"])
    if start is None:
        return
    zone = schedule.zone
    session.start = start if start.utcoffset() is not None else start.replace(tzinfo=zone)
    if end:
        end = end if end.utcoffset() is not None else end.replace(tzinfo=zone)
        minutes = int((end - session.start).total_seconds() // 60)
        session.minutes = minutes if 1 <= minutes <= moments.LONGEST else None


def in_both(entry: Json, key: str, made: Any) -> Words:
    chinese, english = (made(word(as_dict(entry.get(lang)), key)) for lang in ["zh", "en"])
    return both(chinese, english)


def named(known: dict[str, Json], key: str, longest: int) -> NamedIn | None:
    """A room or a track by its id; an id that nothing explains is its own name."""
    if not key:
        return None
    entry = known.get(key, {"zh": {"name": key}})
    return NamedIn(in_both(entry, "name", lambda text: texts.one_line(text, longest)), key[:200])


def person(known: dict[str, Json], key: str, session: SessionIn) -> PersonIn:
    entry = known.get(key, {"zh": {"name": key}})
    name = in_both(entry, "name", lambda text: texts.one_line(text, NAME, session))
    biography = in_both(entry, "bio", lambda text: texts.prose(text, session))
    return PersonIn(name, key[:200], None, biography)
