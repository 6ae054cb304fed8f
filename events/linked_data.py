"""schema.org descriptions of the conference for search engines, as plain data."""

from typing import Any

from django.urls import reverse

from events.models import Edition
from events.programme import Programme, RoomOf, SessionOf, SpeakerOf, VenueOf
from hrconf.lib.links import absolute

Data = dict[str, Any]
SCHEDULED = "https://schema.org/EventScheduled"
CANCELLED = "https://schema.org/EventCancelled"
IN_PERSON = "https://schema.org/OfflineEventAttendanceMode"


def edition_data(edition: Edition, programme: Programme) -> Data:
    """The conference as a schema.org Event."""
    venues = [venue_data(venue) for venue in programme.venues.values()]
    return described(
        {
            "@type": "Event",
            **edition_reference(edition),
            "description": edition.tagline,
            "startDate": edition.starts_on.isoformat(),
            "endDate": edition.ends_on.isoformat(),
            "eventStatus": SCHEDULED,
            "eventAttendanceMode": IN_PERSON,
            "location": venues or {"@type": "Place", "name": edition.city, "address": edition.city},
            "organizer": {"@type": "Organization", "name": str(edition.series)},
        }
    )


def session_data(edition: Edition, session: SessionOf) -> Data:
    """A session as an Event within the conference."""
    return described(
        {
            "@type": "Event",
            "name": str(session.title),
            "description": str(session.abstract),
            "url": page("events:session", edition, code=session.code),
            "startDate": session.start.isoformat(),
            "endDate": session.end.isoformat(),
            "eventStatus": CANCELLED if session.is_cancelled else SCHEDULED,
            "eventAttendanceMode": IN_PERSON,
            "inLanguage": session.language,
            "location": place_of(session, edition),
            "performer": [person(edition, part.speaker) for part in session.people],
            "superEvent": {"@type": "Event", **edition_reference(edition)},
        }
    )


def speaker_data(edition: Edition, speaker: SpeakerOf) -> Data:
    known = {**person(edition, speaker), "description": str(speaker.biography)}
    if speaker.portrait:
        address = {"edition": edition.slug, "code": speaker.code, "picture": speaker.portrait.name}
        known["image"] = absolute(reverse("events:portrait", kwargs=address))
    return described(known)


def described(data: Data) -> Data:
    """Leave out what is not known."""
    known = {key: value for key, value in data.items() if value not in ("", [], None)}
    return {"@context": "https://schema.org", **known}


def edition_reference(edition: Edition) -> Data:
    return {
        "name": edition.name,
        "url": page("events:edition", edition),
        "startDate": edition.starts_on.isoformat(),
        "location": {"@type": "Place", "name": edition.city, "address": edition.city},
    }


def person(edition: Edition, speaker: SpeakerOf) -> Data:
    known = {
        "@type": "Person",
        "name": speaker.name,
        "alternateName": speaker.other_name,
        "jobTitle": str(speaker.title),
        "affiliation": organization(str(speaker.organization)),
        "url": page("events:speaker", edition, code=speaker.code),
    }
    return {key: value for key, value in known.items() if value}


def organization(name: str) -> Data | None:
    return {"@type": "Organization", "name": name} if name else None


def place_of(session: SessionOf, edition: Edition) -> Data:
    if session.room:
        return room_data(session.room)
    return {"@type": "Place", "name": edition.city, "address": edition.city}


def room_data(room: RoomOf) -> Data:
    return {**venue_data(room.venue), "name": f"{room.name}, {room.venue.name}"}


def venue_data(venue: VenueOf) -> Data:
    address = str(venue.address) or str(venue.name)
    data: Data = {"@type": "Place", "name": str(venue.name), "address": address}
    if venue.latitude is not None:
        geo = {"latitude": venue.latitude, "longitude": venue.longitude}
        data["geo"] = {"@type": "GeoCoordinates", **geo}
    return data


def page(view: str, edition: Edition, **kwargs: str) -> str:
    """The full address of a page, in the reader's language."""
    return absolute(reverse(view, kwargs={"edition": edition.slug, **kwargs}))
