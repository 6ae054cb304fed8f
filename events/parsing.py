"""A released snapshot, read: plain data becomes a programme."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from events.models import Edition
from events.programme import (
    EMPTY,
    NEVER,
    Part,
    Portrait,
    Programme,
    RoomOf,
    SessionOf,
    SpeakerOf,
    Stop,
    Text,
    TrackOf,
    VenueOf,
    day_at,
)
from events.snapshots import FORMAT, Snapshot, freeze_edition


def nothing_yet(edition: Edition) -> Programme:
    """The programme of an edition that has no release."""
    frozen = {"format": FORMAT, "edition": freeze_edition(edition)}
    empty: Snapshot = {key: [] for key in ["tracks", "venues", "rooms", "speakers", "sessions"]}
    return parse(frozen | empty, number=0, released_at=NEVER, sha256="")


def parse(snapshot: Snapshot, *, number: int, released_at: datetime, sha256: str) -> Programme:
    """Make the snapshot's plain data a programme whose parts know one another."""
    edition = snapshot["edition"]
    tz = ZoneInfo(edition["time_zone"])
    hour = edition.get("day_begins_at", 0)
    tracks = {
        t["slug"]: TrackOf(t["slug"], Text(t["name"]), t["colour"]) for t in snapshot["tracks"]
    }
    venues = {v["slug"]: _venue(v) for v in snapshot["venues"]}
    rooms = {r["key"]: _room(r, venues) for r in snapshot["rooms"]}
    speakers = {s["code"]: _speaker(s) for s in snapshot["speakers"]}
    sessions = [_session(s, tz, hour, tracks, rooms, speakers) for s in snapshot["sessions"]]
    order = {key: place for place, key in enumerate(rooms)}
    sessions.sort(key=lambda s: (s.start, order.get(s.room.key, -1) if s.room else -1, s.code))
    for session in sessions:
        for part in session.people:
            part.speaker.sessions.append(session)
    return Programme(
        slug=edition["slug"],
        name=Text(edition["name"]),
        city=Text(edition["city"]),
        tz=tz,
        starts_on=date.fromisoformat(edition["starts_on"]),
        ends_on=date.fromisoformat(edition["ends_on"]),
        day_begins_at=hour,
        number=number,
        released_at=released_at,
        sha256=sha256,
        tracks=tracks,
        venues=venues,
        rooms=rooms,
        speakers=speakers,
        sessions={s.code: s for s in sessions},
    )


def _venue(frozen: dict) -> VenueOf:
    return VenueOf(
        slug=frozen["slug"],
        name=Text(frozen["name"]),
        address=Text(frozen["address"]),
        district=Text(frozen["district"]) if frozen["district"] else EMPTY,
        latitude=frozen["latitude"],
        longitude=frozen["longitude"],
    )


def _room(frozen: dict, venues: dict[str, VenueOf]) -> RoomOf:
    name = Text(frozen["name"])
    way = {key: Text(frozen.get(key, {})) for key in ["directions", "plan_alt"]}
    plain = {key: frozen[key] for key in ["key", "floor", "capacity"]}
    return RoomOf(
        venue=venues[frozen["venue"]], name=name, plan=frozen.get("plan", ""), **plain, **way
    )


def _speaker(frozen: dict) -> SpeakerOf:
    names = {key: frozen[key] for key in ["name_native", "name_latin", "sort_key"]}
    texts = {key: Text(frozen[key]) for key in ["title", "organization", "biography"]}
    known = {"guid": "", "source_id": "", **frozen}
    plain = {key: known[key] for key in ["code", "country", "guid", "source_id"]}
    return SpeakerOf(**plain, **names, **texts, portrait=_portrait(frozen.get("portrait")))


def _portrait(frozen: dict | None) -> Portrait | None:
    return Portrait(frozen["file"], Text(frozen["alt"])) if frozen else None


def _session(
    frozen: dict, tz: ZoneInfo, hour: int, tracks: dict, rooms: dict, speakers: dict
) -> SessionOf:
    plain = ["code", "kind", "status", "language", "capacity", "needs_seat", "revision"]
    return SessionOf(
        **{key: frozen[key] for key in plain},
        track=tracks.get(frozen["track"]),
        title=Text(frozen["title"]),
        abstract=Text(frozen["abstract"]),
        interpretation=tuple(frozen["interpretation"]),
        start=(start := _local(frozen["start"], tz)),
        end=_local(frozen["end"], tz),
        day=day_at(start, hour),
        room=rooms.get(frozen["room"]),
        people=tuple(Part(speakers[p["speaker"]], p["role"]) for p in frozen["people"]),
        stops=tuple(_stop(stop, tz) for stop in frozen["stops"]),
        **_extras(frozen),
    )


def _extras(frozen: dict) -> dict:
    """What few sessions have; releases of before had none of it."""
    words = ["guid", "source_id", "format_name", "recording_licence"]
    return {
        **{key: frozen.get(key, "") for key in words},
        **{key: Text(frozen.get(key, {})) for key in ["subtitle", "description"]},
        **{key: tuple(frozen.get(key, [])) for key in ["links", "attachments"]},
        "is_off_record": frozen.get("is_off_record", False),
    }


def _stop(frozen: dict, tz: ZoneInfo) -> Stop:
    texts = {key: Text(frozen[key]) for key in ["park", "district", "strengths"]}
    start, end = _local(frozen["start"], tz), _local(frozen["end"], tz)
    return Stop(**texts, start=start, end=end, host=frozen["host"])


def _local(instant: str, tz: ZoneInfo) -> datetime:
    return datetime.fromisoformat(instant).astimezone(tz)
