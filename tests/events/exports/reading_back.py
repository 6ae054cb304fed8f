"""What a schedule file says, boiled down to what must come out as it went in."""

from collections.abc import Iterable

from events.imports.files import NamedIn, PersonIn, ScheduleIn, SessionIn, Words

READERS = ["en", "zh-hans"]


def boiled(schedule: ScheduleIn, language: str, *, with_ids: bool) -> dict[str, dict]:
    """Each session by its id, as a reader of a language finds it."""
    return {s.source_id: session(s, language, with_ids) for s in schedule.sessions}


def session(entry: SessionIn, language: str, with_ids: bool) -> dict:
    names = ["title", "subtitle", "abstract", "description"]
    return {
        **{name: in_language(getattr(entry, name), language) for name in names},
        "start": entry.start.timestamp() if entry.start else None,
        "minutes": entry.minutes,
        "room": name_of(entry.room, language),
        "track": name_of(entry.track, language),
        "type": entry.format_name,
        "language": entry.language,
        "people": list(people(entry.people, language, with_ids)),
        "links": [(link.url, link.title) for link in entry.links],
        "attachments": [(one.url, one.title) for one in entry.attachments],
        "licence": entry.licence,
    }


def in_language(words: Words, language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


def name_of(named: NamedIn | None, language: str) -> str:
    return in_language(named.name, language) if named else ""


def people(found: Iterable[PersonIn], language: str, with_ids: bool) -> Iterable[tuple]:
    for person in found:
        biography = in_language(person.biography, language)
        ids = (person.source_id, biography) if with_ids else ()
        yield (in_language(person.name, language), *ids)
