"""schedule.json, as frab and pretalx write it: strict, by the schema of the CCC's video team."""

import json
import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import override

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
from events.programme import Programme, RoomOf, SessionOf, SpeakerOf

Json = dict[str, Any]
TYPES = {"slides", "paper", "web", "blog", "article", "media", "related", "activitypub"}
MEDIA = {"audio", "video"}
SCHEMA = "https://c3voc.de/schedule/schema.json"


@lru_cache(maxsize=64)
def schedule_json(programme: Programme, language: str, track: str = "") -> bytes:
    """Every session of the release, or of a track. The same bytes whenever it is asked for."""
    chosen = programme.of_track(track) if track else programme.sessions.values()
    return written(Outline.of(programme, chosen), language)


def session_json(programme: Programme, session: SessionOf, language: str) -> bytes:
    return written(Outline.of(programme, [session]), language)


def written(outline: Outline, language: str) -> bytes:
    with override(language):
        content = {
            "$schema": SCHEMA,
            "generator": {"name": GENERATOR, "url": settings.BASE_URL},
            "schedule": {
                "version": str(outline.programme.number),
                "base_url": settings.BASE_URL,
                "conference": conference(outline),
            },
        }
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def conference(outline: Outline) -> Json:
    programme = outline.programme
    zone = programme.tz.key
    is_known = re.match(r"([A-Z][a-z]+/[A-Z][a-z]+)|UTC$", zone)
    return {
        "acronym": outline.acronym,
        "title": str(programme.name),
        "start": programme.starts_on.isoformat(),
        "end": programme.ends_on.isoformat(),
        "daysCount": (programme.ends_on - programme.starts_on).days + 1,
        "timeslot_duration": SLOT,
        **({"time_zone_name": zone} if is_known else {}),
        "url": outline.url,
        "tracks": [
            {"name": str(t.name), "slug": t.slug.lower(), "color": COLOURS[t.colour - 1]}
            for t in programme.tracks.values()
        ],
        "rooms": [room(outline, one) for one in programme.rooms.values()],
        "days": [day(outline, number, when) for number, when in outline.days],
    }


def room(outline: Outline, one: RoomOf) -> Json:
    return {
        "name": outline.room_name(one),
        "guid": outline.room_guid(one),
        "description": str(one.venue.name),
        "capacity": one.capacity,
    }


def day(outline: Outline, number: int, when: Any) -> Json:
    return {
        "index": number,
        "date": when.isoformat(),
        "day_start": outline.start_of(when).isoformat(),
        "day_end": outline.end_of(when).isoformat(),
        "rooms": {
            name: [event(outline, name, session) for session in sessions]
            for name, sessions in outline.rooms_of(when).items()
        },
    }


def event(outline: Outline, name: str, session: SessionOf) -> Json:
    is_code = re.fullmatch(r"[A-Z0-9]+", session.source_id) and not number_of(session.source_id)
    return {
        "guid": guid_of(session),
        "id": outline.ids[session.code],
        **({"code": session.source_id} if is_code else {}),
        "date": session.start.isoformat(),
        "start": f"{session.start:%H:%M}",
        "end": session.end.isoformat(),
        "duration": length(session.minutes),
        "room": name,
        "slug": outline.slug_of(session),
        "url": outline.url_of(session),
        "title": str(session.title),
        "subtitle": str(session.subtitle),
        "track": str(session.track.name) if session.track else None,
        "type": kind_name(session),
        "language": session.language or None,
        "abstract": str(session.abstract),
        "description": str(session.description),
        "recording_license": session.recording_licence,
        "do_not_record": session.is_off_record,
        "persons": [person(outline, part.speaker) for part in session.people],
        "links": [reference(one) for one in session.links],
        "attachments": [reference(one) for one in session.attachments],
    }


def person(outline: Outline, speaker: SpeakerOf) -> Json:
    number = number_of(speaker.source_id)
    is_code = re.fullmatch(r"[A-Z0-9]+", speaker.source_id) and not number
    return {
        "name": speaker.name,
        **({"guid": speaker.guid} if speaker.guid else {}),
        **({"id": number} if number else {}),
        **({"code": speaker.source_id} if is_code else {}),
        "biography": str(speaker.biography),
        "url": outline.url_of_speaker(speaker),
    }


def reference(one: Any) -> Json:
    kind = "media" if one.get("type") in MEDIA else one.get("type")
    known = {"url": one["url"], "title": one.get("title"), "type": kind if kind in TYPES else None}
    return {key: value for key, value in known.items() if value}
