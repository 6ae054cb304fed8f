"""schedule.xml, as frab made it known: strict, by the XSD of the CCC's video team."""

import re
from functools import lru_cache

from django.conf import settings
from django.utils.translation import override
from lxml import etree

from events.exports.outline import (
    COLOURS,
    GENERATOR,
    SLOT,
    Outline,
    guid_of,
    kind_name,
    length,
    number_of,
)
from events.imports.texts import printable
from events.programme import Part, Programme, SessionOf, TrackOf

Element = etree._Element


@lru_cache(maxsize=64)
def schedule_xml(programme: Programme, language: str, track: str = "") -> bytes:
    """Every session of the release, or of a track. The same bytes whenever it is asked for."""
    chosen = programme.of_track(track) if track else programme.sessions.values()
    return written(Outline.of(programme, chosen), language)


def session_xml(programme: Programme, session: SessionOf, language: str) -> bytes:
    return written(Outline.of(programme, [session]), language)


def written(outline: Outline, language: str) -> bytes:
    with override(language):
        root = etree.Element("schedule")
        etree.SubElement(root, "generator", name=GENERATOR, system=settings.BASE_URL)
        add(root, "url", outline.url)
        add(root, "version", str(outline.programme.number))
        add_conference(root, outline)
        for number, day in outline.days:
            node = etree.SubElement(root, "day", date=day.isoformat(), index=str(number))
            node.set("start", outline.start_of(day).isoformat())
            node.set("end", outline.end_of(day).isoformat())
            for name, sessions in outline.rooms_of(day).items():
                add_room(node, outline, name, sessions)
        etree.indent(root)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def add_conference(root: Element, outline: Outline) -> None:
    programme = outline.programme
    node = etree.SubElement(root, "conference")
    add(node, "acronym", outline.acronym)
    add(node, "title", str(programme.name))
    add(node, "start", programme.starts_on.isoformat())
    add(node, "end", programme.ends_on.isoformat())
    add(node, "days", str((programme.ends_on - programme.starts_on).days + 1))
    add(node, "timeslot_duration", SLOT)
    add(node, "base_url", settings.BASE_URL)
    add(node, "url", outline.url)
    add(node, "time_zone_name", programme.tz.key)
    for track in programme.tracks.values():
        add_track(node, track)


def add_track(conference: Element, track: TrackOf) -> None:
    node = etree.SubElement(conference, "track", name=printable(str(track.name)))
    node.set("color", COLOURS[track.colour - 1])
    if re.fullmatch(r"[a-z][a-z0-9-]+", track.slug):
        node.set("slug", track.slug)


def add_room(day: Element, outline: Outline, name: str, sessions: list[SessionOf]) -> None:
    node = etree.SubElement(day, "room", name=printable(name))
    node.set("guid", outline.room_guid(sessions[0].room))
    for session in sessions:
        add_event(node, outline, name, session)


def add_event(room: Element, outline: Outline, name: str, session: SessionOf) -> None:
    node = etree.SubElement(room, "event", guid=guid_of(session))
    node.set("id", str(outline.ids[session.code]))
    if re.fullmatch(r"[0-9A-Z]{6}", session.source_id) and not number_of(session.source_id):
        node.set("code", session.source_id)
    add(node, "date", session.start.isoformat())
    add(node, "start", f"{session.start:%H:%M}")
    add(node, "duration", length(session.minutes, most_hours=99))
    add(node, "room", name)
    add(node, "slug", outline.slug_of(session))
    add(node, "url", outline.url_of(session))
    add(node, "title", str(session.title))
    add(node, "subtitle", str(session.subtitle))
    add(node, "track", str(session.track.name) if session.track else "")
    add(node, "type", kind_name(session))
    add(node, "language", session.language)
    add(node, "abstract", str(session.abstract))
    add(node, "description", str(session.description))
    recording = etree.SubElement(node, "recording")
    add(recording, "license", session.recording_licence)
    add(recording, "optout", "true" if session.is_off_record else "false")
    add_people(node, session.people)
    add_references(node, "links", "link", session.links)
    add_references(node, "attachments", "attachment", session.attachments)


def add_people(event: Element, people: tuple[Part, ...]) -> None:
    persons = etree.SubElement(event, "persons")
    for part in people:
        node = etree.SubElement(persons, "person")
        node.text = printable(part.speaker.name)
        if part.speaker.guid:
            node.set("guid", part.speaker.guid)
        if number := number_of(part.speaker.source_id):
            node.set("id", str(number))


def add_references(event: Element, group: str, tag: str, references: tuple) -> None:
    parent = etree.SubElement(event, group)
    for reference in references:
        node = etree.SubElement(parent, tag, href=printable(reference["url"]))
        node.text = printable(reference.get("title", "")) or None
        if kind := reference.get("type"):
            node.set("type", printable(kind))


def add(parent: Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = printable(text) or None
