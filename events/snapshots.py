"""What a release freezes: the public programme as plain data, in every language.

A snapshot is JSON without ids of rows, so that it can be read, compared and put
back years later. Texts are `{"en": …, "zh-hans": …}`; instants are ISO 8601 in
UTC. A change of this shape is a new `FORMAT`.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model, Prefetch
from modeltranslation.utils import build_localized_fieldname

from events.models import Appearance, Edition, Room, Session, Speaker, Track, Venue, VisitStop

FORMAT = 1
Snapshot = dict[str, Any]


def freeze(edition: Edition) -> Snapshot:
    """The edition's confirmed and cancelled sessions and all that a reader sees of them."""
    sessions = list(released_sessions(edition))
    rooms = _once(s.booking.room for s in sessions)
    appearances = [a for s in sessions for a in s.appearances.all()]
    return {
        "format": FORMAT,
        "edition": freeze_edition(edition),
        "tracks": [freeze_track(t) for t in _in_position(_once(s.track for s in sessions))],
        "venues": [freeze_venue(v) for v in _in_position(_once(r.venue for r in rooms))],
        "rooms": [freeze_room(r) for r in sorted(rooms, key=_room_order)],
        "speakers": [freeze_speaker(s) for s in _in_name_order(a.speaker for a in appearances)],
        "sessions": [freeze_session(s) for s in sessions],
    }


def released_sessions(edition: Edition):
    """What goes into a release: decided, and with a time."""
    appearances = Appearance.objects.select_related("speaker").order_by("position", "pk")
    stops = VisitStop.objects.select_related("park__district").order_by("during")
    return (
        edition.sessions.publishable()
        .select_related("track", "booking__room__venue__district")
        .prefetch_related(Prefetch("appearances", appearances), Prefetch("stops", stops))
        .order_by("booking__during", "code")
    )


def freeze_edition(edition: Edition) -> dict:
    return {
        "slug": edition.slug,
        "name": texts(edition, "name"),
        "city": texts(edition, "city"),
        "time_zone": edition.time_zone,
        "starts_on": edition.starts_on.isoformat(),
        "ends_on": edition.ends_on.isoformat(),
        "day_begins_at": edition.day_begins_at,
    }


def freeze_track(track: Track) -> dict:
    return {"slug": track.slug, "name": texts(track, "name"), "colour": track.colour}


def freeze_venue(venue: Venue) -> dict:
    return {
        "slug": venue.slug,
        "name": texts(venue, "name"),
        "address": texts(venue, "address"),
        "district": texts(venue.district, "name") if venue.district else None,
        "latitude": _number(venue.latitude),
        "longitude": _number(venue.longitude),
    }


def freeze_room(room: Room) -> dict:
    return {
        "key": room_key(room),
        "venue": room.venue.slug,
        "name": texts(room, "name"),
        "kind": room.kind,
        "floor": room.floor,
        "capacity": room.capacity,
        **freeze_way(room),
    }


def freeze_way(room: Room) -> dict:
    """How to find a room: left out where nothing is known, as it was before there was such."""
    directions, plan_alt = texts(room, "directions"), texts(room, "plan_alt")
    return {
        **({"directions": directions} if any(directions.values()) else {}),
        **({"plan": Path(room.plan.name).name, "plan_alt": plan_alt} if room.plan else {}),
    }


def freeze_speaker(speaker: Speaker) -> dict:
    return {
        "code": speaker.code,
        "guid": str(speaker.guid),
        "source_id": speaker.source_id,
        "name_native": speaker.name_native,
        "name_latin": speaker.name_latin,
        "sort_key": speaker.sort_key,
        "title": texts(speaker, "title"),
        "organization": texts(speaker, "organization"),
        "biography": texts(speaker, "biography"),
        "country": str(speaker.country or ""),
        **freeze_portrait(speaker),
    }


def freeze_portrait(speaker: Speaker) -> dict:
    """The file that shows them, and in words what it shows; left out where there is none."""
    if not speaker.portrait:
        return {}
    return {"portrait": {"file": speaker.portrait.name, "alt": texts(speaker, "portrait_alt")}}


def freeze_session(session: Session) -> dict:
    during = session.booking.during
    return {
        "code": session.code,
        "guid": str(session.guid),
        "source_id": session.source_id,
        "kind": session.kind,
        "status": session.status,
        "track": session.track.slug if session.track else None,
        "title": texts(session, "title"),
        "abstract": texts(session, "abstract"),
        "language": session.language,
        "interpretation": list(session.interpretation),
        "start": _instant(during.lower),
        "end": _instant(during.upper),
        "room": room_key(session.booking.room) if session.booking.room else None,
        "capacity": session.capacity,
        "needs_seat": session.needs_seat,
        "people": [{"speaker": a.speaker.code, "role": a.role} for a in session.appearances.all()],
        "stops": [freeze_stop(stop) for stop in session.stops.all()],
        **{key: value for key, value in freeze_extras(session).items() if value},
    }


def freeze_extras(session: Session) -> dict:
    """What few sessions have: left out where it is empty, as it was before there was such."""
    translated = {key: texts(session, key) for key in ["subtitle", "description"]}
    return {
        **{key: text for key, text in translated.items() if any(text.values())},
        "format_name": session.format_name,
        "links": session.links,
        "attachments": session.attachments,
        "recording_licence": session.recording_licence,
        "is_off_record": session.is_off_record,
        "shares_room": session.booking.is_shared,
    }


def freeze_stop(stop: VisitStop) -> dict:
    return {
        "park": texts(stop.park, "name"),
        "district": texts(stop.park.district, "name"),
        "strengths": texts(stop.park, "strengths"),
        "start": _instant(stop.during.lower),
        "end": _instant(stop.during.upper),
        "host": stop.host,
    }


def texts(row: Model, field: str) -> dict[str, str]:
    """A translated column in every language; an untranslated one is empty."""
    return {
        language: getattr(row, build_localized_fieldname(field, language)) or ""
        for language, _name in settings.LANGUAGES
    }


def room_key(room: Room) -> str:
    """Names a room within the programme: a slug is unique only in its venue."""
    return f"{room.venue.slug}/{room.slug}"


def checksum(snapshot: Snapshot) -> str:
    """SHA-256 of the snapshot, the same whatever order its keys came in."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _once(rows: Iterable[Model | None]) -> list:
    return list({row.pk: row for row in rows if row is not None}.values())


def _in_position(rows: list) -> list:
    return sorted(rows, key=lambda row: (row.position, row.slug))


def _in_name_order(speakers: Iterable[Speaker]) -> list[Speaker]:
    return sorted(_once(speakers), key=lambda speaker: (speaker.sort_key, speaker.code))


def _room_order(room: Room) -> tuple:
    return (room.venue.position, room.venue.slug, room.position, room.slug)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _number(value) -> float | None:
    return None if value is None else float(value)
