"""schedule.xml, as frab, pretalx, Pentabarf and others write it; read leniently.

Elements in any order, without dates, languages, ids or rooms, under a namespace
or not; but a file that is broken or has a document type is refused whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from lxml import etree

from events.imports import moments, texts
from events.imports.files import (
    NamedIn,
    PersonIn,
    Reference,
    ScheduleIn,
    SessionIn,
    refusal,
    words,
)

Element = etree._Element
OURS = "hrconf"  # as a generator: texts are plain whatever they look like
NO_ROOM = "—"  # of ours, where a format wants a room
TITLE, NAME = 300, 200


def read(data: bytes, zone: ZoneInfo | None, fallback: ZoneInfo | None) -> ScheduleIn:
    root = parsed(data)
    if local(root) != "schedule":
        raise refusal(
            _("This XML is no schedule: its first element is <%(tag)s>."), tag=local(root)
        )
    head = child(root, "conference")
    generator = child(root, "generator")
    name = (generator.get("name") or "").casefold() if generator is not None else ""
    days = [Day.of(node, place) for place, node in enumerate(named(root, "day"), 1)]
    found = zone or zone_of(root, head, days) or fallback
    schedule = ScheduleIn("xml", found or ZoneInfo("UTC"))
    if found is None:
        schedule.notes.append(_("The file names no time zone: its times are taken for UTC."))
    schedule.is_ours = name == OURS
    read_conference(schedule, head)
    change = moments.clock_of(text(head, "day_change"))
    context = Context(schedule, change, schedule.is_ours, name in {OURS, "pretalx"})
    for day in days:
        for room, node in day.events():
            schedule.sessions.append(read_event(context, day, room, node))
    return schedule


def parsed(data: bytes) -> Element:
    """The tree of a file without entities of its own and without the network."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data.lstrip(b" \t\r\n"), parser)
    except etree.XMLSyntaxError as error:
        raise refusal(
            _("This XML is broken in line %(line)s: nothing of it is read."), line=error.lineno
        ) from error
    if root.getroottree().docinfo.doctype:
        raise refusal(_("XML with a document type of its own is not read."))
    return root


@dataclass
class Context:
    """What holds for every event of a file."""

    schedule: ScheduleIn
    change: time | None
    is_plain: bool
    has_days: bool  # in lengths of three numbers


@dataclass
class Day:
    """A day of the file, and when it begins."""

    node: Element
    day: date | None
    start: datetime | None

    @classmethod
    def of(cls, node: Element, place: int) -> "Day":
        start = moments.moment_of(node.get("start"))
        return cls(node, moments.day_of(node.get("date")), start)

    def local_date(self, zone: ZoneInfo) -> date | None:
        """Its date, else that of its start by clocks at the conference."""
        if self.day or self.start is None:
            return self.day
        return (self.start.astimezone(zone) if self.start.tzinfo else self.start).date()

    def events(self) -> Iterator[tuple[str, Element]]:
        """Each event with the name of the room it is listed under."""
        for node in self.node:
            if local(node) == "event":
                yield "", node
            for event in named(node, "event") if local(node) == "room" else []:
                yield node.get("name") or "", event


def zone_of(root: Element, head: Element | None, days: list[Day]) -> ZoneInfo | None:
    """The zone that the file names, by its name, its city, or its offsets from UTC."""
    if head is None:
        return None
    for said in [
        text(head, "time_zone_name"),
        text(head, "timezone"),
        text(root, "time_zone_name"),
    ]:
        if zone := moments.zone_named(said):
            return zone
    if zone := moments.zone_of_city(text(head, "city")):
        return zone
    starts = [day.start for day in days if day.start]
    dates = [moments.moment_of(text(node, "date")) for day in days for _r, node in day.events()]
    return moments.zone_of_offsets(starts) or moments.zone_of_offsets(filter(None, dates))


def read_conference(schedule: ScheduleIn, head: Element | None) -> None:
    if head is None:
        return
    schedule.title = texts.one_line(text(head, "title"), NAME)
    schedule.acronym = texts.one_line(text(head, "acronym"), 50)
    schedule.venue = texts.one_line(text(head, "venue"), NAME)
    schedule.city = texts.one_line(text(head, "city"), 100)
    schedule.starts_on = moments.day_of(text(head, "start"))
    schedule.ends_on = moments.day_of(text(head, "end"))


def read_event(context: Context, day: Day, room: str, node: Element) -> SessionIn:
    session = SessionIn(row=len(context.schedule.sessions) + 1, title={})
    session.day = day.local_date(context.schedule.zone)
    read_names(context, session, node)
    session.room = named_in(room or text(node, "room"), 100, session)
    session.track = named_in(text(node, "track"), NAME, session)
    session.format_name = texts.one_line(text(node, "type"), 100, session)
    session.language = texts.one_line(text(node, "language"), 10).lower().replace("_", "-")
    session.minutes = moments.minutes_of(text(node, "duration"), has_days=context.has_days)
    session.start = start_of(context, day, node, session)
    session.people = [read_person(one, session) for one in inside(node, "persons", "person")]
    session.links = references(node, "links", "link", session)
    session.attachments = references(node, "attachments", "attachment", session)
    read_recording(session, child(node, "recording"))
    return session


def read_names(context: Context, session: SessionIn, node: Element) -> None:
    ids = [node.get("code"), node.get("id")]  # our numbers are made up where there is a code
    if not context.is_plain:
        ids.reverse()
    session.source_id = texts.one_line(ids[0] or ids[1], 200)
    session.guid = guid_of(node.get("guid"))
    session.slug = texts.one_line(text(node, "slug"), 200)
    session.title = words(texts.one_line(text(node, "title"), TITLE, session))
    session.subtitle = words(texts.one_line(text(node, "subtitle"), TITLE, session))
    is_plain = context.is_plain
    session.abstract = words(texts.prose(text(node, "abstract"), session, is_plain=is_plain))
    session.description = words(texts.prose(text(node, "description"), session, is_plain=is_plain))


def start_of(context: Context, day: Day, node: Element, session: SessionIn) -> datetime | None:
    """When it starts: the event's own date, else the day it is listed under and its clock."""
    zone = context.schedule.zone
    clock = moments.clock_of(text(node, "start"))
    own = moments.moment_of(text(node, "date"))
    if own and own.utcoffset() is not None:
        return own
    if own and "T" in text(node, "date"):
        return own.replace(tzinfo=zone)
    listed = own.date() if own else session.day
    if listed is None or clock is None:
        session.notes.append(_("has no time, and waits to be scheduled"))
        return None
    if own:
        return datetime.combine(listed, clock, tzinfo=zone)
    change = context.change or (day.start.astimezone(zone).time() if day.start else None)
    return moments.on_day(listed, clock, change, zone)


def read_person(node: Element, session: SessionIn) -> PersonIn:
    name = texts.one_line(said(node), NAME, session)
    return PersonIn(words(name), (node.get("id") or "").strip()[:200], guid_of(node.get("guid")))


def read_recording(session: SessionIn, node: Element | None) -> None:
    if node is not None:
        session.licence = texts.one_line(text(node, "license"), 100, session)
        session.is_off_record = text(node, "optout").lower() in {"true", "1", "yes"}


def references(node: Element, group: str, tag: str, session: SessionIn) -> list[Reference]:
    return known_references(
        session,
        [
            (one.get("href") or "", said(one), one.get("type") or "")
            for one in inside(node, group, tag)
        ],
    )


def known_references(session: SessionIn, found: list[tuple[str, str, str]]) -> list[Reference]:
    """Those that lead to the web; others are left out and told."""
    kept = []
    for url, title, kind in found:
        address = texts.one_line(url, 2000)
        if re.match(r"https?://[^\s/]+", address, re.IGNORECASE):
            named = texts.one_line(title, TITLE)
            kept.append(Reference(address, "" if named == address else named, kind.strip()[:50]))
        elif address:
            session.notes.append(_("a link that leads to no web page is left out"))
    return kept


def named_in(name: str, longest: int, session: SessionIn) -> NamedIn | None:
    plain = texts.one_line(name, longest, session)
    return NamedIn(words(plain)) if plain not in {"", NO_ROOM} else None


def guid_of(value: str | None) -> UUID | None:
    try:
        return UUID((value or "").strip())
    except ValueError:
        return None


def local(node: Element) -> str:
    """A tag without its namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def named(node: Element, tag: str) -> list[Element]:
    return [one for one in node if local(one) == tag]


def child(node: Element | None, tag: str) -> Element | None:
    return next((one for one in node if local(one) == tag), None) if node is not None else None


def inside(node: Element, group: str, tag: str) -> list[Element]:
    found = child(node, group)
    return named(found, tag) if found is not None else []


def said(node: Element) -> str:
    """All text in an element."""
    return "".join(str(piece) for piece in node.itertext())


def text(node: Element | None, tag: str) -> str:
    found = child(node, tag)
    return said(found).strip() if found is not None else ""
