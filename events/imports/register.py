"""The programme there is, in memory: what the rows of a file are compared with.

Six queries, however long the programme.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from pypinyin import lazy_pinyin

from events.imports.files import NamedIn, PersonIn, ScheduleIn, SessionIn, Words, folded
from events.models import Appearance, Edition, Room, Session, Speaker, Track, Venue
from hrconf.lib.names import HAN, sort_key

COLOURS = 8
COLUMN = {"en": "en", "zh-hans": "zh_hans"}


def translated(field_name: str, words: Words) -> dict[str, str]:
    """The columns of a translated field; a language that is not given is empty."""
    return {f"{field_name}_{column}": words.get(code, "") for code, column in COLUMN.items()}


@dataclass
class Register:
    """The rows of an edition, and those that a plan adds; nothing here writes."""

    edition: Edition
    venue: Venue
    rooms: list[Room]
    tracks: list[Track]
    speakers: list[Speaker]
    sessions: list[Session]
    appearances: dict[int, list[Appearance]]
    new_rooms: list[Room] = field(default_factory=list)
    new_tracks: list[Track] = field(default_factory=list)
    new_speakers: list[Speaker] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rooms = by_names(self.rooms)
        self._tracks = by_names(self.tracks)
        self._speakers: dict[str, Speaker] = {}
        for one in self.speakers:
            for key in keys_of_speaker(one):
                self._speakers.setdefault(key, one)
        self._slugs = {(room.venue_id, room.slug) for room in self.rooms}
        self._codes = {session.code for session in self.sessions}
        self._claimed: set[int] = set()
        self._index_sessions()

    def _index_sessions(self) -> None:
        self._by_guid = {session.guid: session for session in self.sessions}
        self._by_source = {s.source_id: s for s in self.sessions if s.source_id}
        self._by_code = {session.code: session for session in self.sessions}
        self._by_title: dict[str, list[Session]] = defaultdict(list)
        for session in self.sessions:
            if session.imported is not None and not session.source_id:
                self._by_title[folded(title_of(session))].append(session)

    def session_of(self, entry: SessionIn, code: str) -> Session | None:
        """The session that an entry is about: by its GUID, its id, its address, its title."""
        candidates: list[Session | None] = [
            self._by_guid.get(entry.guid) if entry.guid else None,
            self._by_source.get(entry.source_id) if entry.source_id else None,
        ]
        by_code = self._by_code.get(code)
        if by_code and (not entry.source_id or by_code.source_id in {"", entry.source_id}):
            candidates.append(by_code)
        if not entry.source_id:
            candidates += self._by_title[folded(entry.label)]
        found = next((s for s in candidates if s and s.pk not in self._claimed), None)
        if found:
            self._claimed.add(found.pk)
        return found

    @property
    def unclaimed(self) -> list[Session]:
        """What an import of before brought and this file does not have."""
        return [s for s in self.sessions if s.imported is not None and s.pk not in self._claimed]

    def free_code(self, wanted: str) -> str:
        """An address that no session has yet."""
        code, number = wanted[:60], 1
        while code in self._codes:
            number += 1
            code = f"{wanted[:55]}-{number}"
        self._codes.add(code)
        return code

    def room_of(self, named: NamedIn | None) -> Room | None:
        """The room of a name or an id, made if there is none."""
        if named is None:
            return None
        found = find(self._rooms, named)
        if found is None:
            found = self._new_room(named)
            self.new_rooms.append(found)
        remember(self._rooms, named, found)
        return found

    def _new_room(self, named: NamedIn) -> Room:
        slug = self._free_slug(slug_of(named.source_id) or slug_of(named.label) or "room")
        return Room(
            venue=self.venue,
            slug=slug,
            position=len(self.new_rooms) + 1,
            source_id=source_of(named),
            **translated("name", named.name),
        )

    def _free_slug(self, wanted: str) -> str:
        slug, number = wanted[:50], 1
        while (self.venue.pk, slug) in self._slugs:
            number += 1
            slug = f"{wanted[:45]}-{number}"
        self._slugs.add((self.venue.pk, slug))
        return slug

    def track_of(self, named: NamedIn | None) -> Track | None:
        if named is None:
            return None
        found = find(self._tracks, named)
        if found is None:
            found = self._new_track(named)
            self.tracks.append(found)
            self.new_tracks.append(found)
        remember(self._tracks, named, found)
        return found

    def _new_track(self, named: NamedIn) -> Track:
        place = len(self.tracks)
        taken = {track.slug for track in self.tracks}
        wanted = slug_of(named.label) or "track"
        slug = wanted[:50] if wanted[:50] not in taken else f"{wanted[:40]}-{place + 1}"
        return Track(
            edition=self.edition,
            slug=slug,
            colour=place % COLOURS + 1,
            position=place,
            source_id=source_of(named),
            **translated("name", named.name),
        )

    def speaker_of(self, person: PersonIn) -> tuple[Speaker, bool]:
        """Who a person of the file is, and whether they are new."""
        keys = keys_of_person(person)
        found = next((self._speakers[key] for key in keys if key in self._speakers), None)
        if found is not None and not found._state.adding:
            return found, False
        if found is None:
            found = self._new_speaker(person)
            self.new_speakers.append(found)
        for key in keys:
            if not key.startswith("free "):  # a namesake of another id is somebody else
                self._speakers.setdefault(key, found)
        return found, True

    def _new_speaker(self, person: PersonIn) -> Speaker:
        taken = {key for key in self._speakers if key.startswith("code ")}
        wanted = slug_of(person.label)[:60] or slug_of(person.source_id)[:60] or "speaker"
        code, number = wanted, 1
        while f"code {code}" in taken:
            number += 1
            code = f"{wanted[:55]}-{number}"
        names = names_of(person)
        made = Speaker(
            edition=self.edition,
            code=code,
            source_id=person.source_id,
            sort_key=sort_key(names["name_native"], names["name_latin"]),
            **names,
            **translated("biography", person.biography),
        )
        if person.guid:
            made.guid = person.guid
        self._speakers[f"code {code}"] = made
        return made


def load_register(edition: Edition, schedule: ScheduleIn) -> Register:
    """The programme of an edition; one that is not saved yet has none."""
    sessions = list(sessions_of(edition))
    venue = venue_of(edition, schedule, sessions)
    in_use = {s.booking.room_id for s in sessions if s.booking and s.booking.room_id}
    wanted = Q(pk__in=in_use) | (Q(venue=venue) if venue.pk else Q())
    rooms = Room.objects.select_related("venue").filter(wanted) if in_use or venue.pk else []
    appearances: dict[int, list[Appearance]] = defaultdict(list)
    for one in Appearance.objects.filter(session__edition=edition.pk).order_by("position", "pk"):
        appearances[one.session_id].append(one)
    return Register(
        edition=edition,
        venue=venue,
        rooms=list(rooms),
        tracks=list(Track.objects.filter(edition=edition.pk)),
        speakers=list(Speaker.objects.filter(edition=edition.pk)),
        sessions=sessions,
        appearances=appearances,
    )


def sessions_of(edition: Edition) -> Iterable[Session]:
    rows = Session.objects.filter(edition=edition.pk)
    return rows.select_related("booking__room__venue", "track").order_by("pk")


def venue_of(edition: Edition, schedule: ScheduleIn, sessions: list[Session]) -> Venue:
    """Where new rooms are: the venue that the file names, else that of most sessions."""
    known = list(Venue.objects.all())
    if schedule.venue:
        same = (v for v in known if folded(schedule.venue) in {folded(n) for n in names_in(v)})
        if found := next(same, None):
            return found
    else:
        used = [s.booking.room.venue for s in sessions if s.booking and s.booking.room]
        if used:
            return max(used, key=used.count)
    name = schedule.venue or schedule.city or schedule.title or edition.slug
    taken = {venue.slug for venue in known}
    wanted = slug_of(schedule.venue)[:40] or edition.slug[:40]
    slug = wanted if wanted not in taken else f"{wanted}-{edition.slug}"[:50]
    if slug in taken:  # of an import of before
        return next(venue for venue in known if venue.slug == slug)
    return Venue(slug=slug, **translated("name", {"zh-hans" if HAN.search(name) else "en": name}))


def by_names(rows: Iterable[Any]) -> dict[str, Any]:
    """Rooms or tracks by each of their names, and by their ids in the source."""
    found: dict[str, Any] = {}
    for row in rows:
        for name in names_in(row):
            found.setdefault(folded(name), row)
    found.update({f"id {row.source_id}": row for row in rows if row.source_id})
    return found


def names_in(row: Any) -> list[str]:
    return [name for name in [row.name_en, row.name_zh_hans] if name]


def find(known: dict[str, Any], named: NamedIn) -> Any:
    """By its id first, so that a row that we renamed is still found."""
    keys = [f"id {source_of(named)}", *(folded(name) for name in named.name.values())]
    return next((known[key] for key in keys if key in known), None)


def remember(known: dict[str, Any], named: NamedIn, row: Any) -> None:
    known.setdefault(f"id {source_of(named)}", row)
    for name in named.name.values():
        known.setdefault(folded(name), row)


def source_of(named: NamedIn) -> str:
    """Its id in the file, else the name as the file first wrote it."""
    return named.source_id or folded(named.label)[:200]


def keys_of_speaker(speaker: Speaker) -> list[str]:
    """By which they are recognised; `free` for who has no id in a source yet."""
    names = [folded(n) for n in [speaker.name_native, speaker.name_latin] if n]
    keys = [f"guid {speaker.guid}", f"code {speaker.code}", *(f"name {n}" for n in names)]
    if speaker.source_id:
        return [*keys, f"id {speaker.source_id}"]
    return keys + [f"free {name}" for name in names]


def keys_of_person(person: PersonIn) -> list[str]:
    names = [folded(name) for name in person.name.values()]
    keys = [f"guid {person.guid}"] if person.guid else []
    if person.source_id:
        return [*keys, f"id {person.source_id}", *(f"free {name}" for name in names)]
    return [*keys, *(f"name {name}" for name in names)]


def names_of(person: PersonIn) -> dict[str, str]:
    """Chinese characters are a name in its own script, other letters a Latin one."""
    return {
        "name_native": person.name.get("zh-hans", ""),
        "name_latin": person.name.get("en", ""),
    }


def title_of(session: Session) -> str:
    return session.title_en or session.title_zh_hans or ""


def slug_of(text: str) -> str:
    """Latin letters, figures and hyphens; Chinese by its pinyin."""
    return slugify(" ".join(lazy_pinyin(text)) if HAN.search(text) else text).strip("-_")
