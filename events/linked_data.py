"""schema.org descriptions of the conference for search engines, as plain data."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from events.models import Edition
from events.programme import Programme, RoomOf, SessionOf, SpeakerOf, VenueOf
from hrconf.lib.links import absolute

Data = dict[str, Any]
SCHEDULED = "https://schema.org/EventScheduled"
CANCELLED = "https://schema.org/EventCancelled"
RESCHEDULED = "https://schema.org/EventRescheduled"
MOST_PARTS = 150
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
            "organizer": organizer(edition),
        }
    )


def schedule_data(edition: Edition, programme: Programme, sessions: Iterable[SessionOf]) -> Data:
    """The conference with the sessions of a page, each as briefly as an Event may be.

    Of a long page none: they would be a tenth of it, and each has a page that says more.
    """
    parts = [sub_event(edition, programme, one) for one in sessions if not one.is_minor]
    told = {"subEvent": parts} if 0 < len(parts) <= MOST_PARTS else {}
    return edition_data(edition, programme) | told


def sub_event(edition: Edition, programme: Programme, session: SessionOf) -> Data:
    place = session.room.name if session.room else edition.city
    return {
        "@type": "Event",
        "name": str(session.title),
        "url": page("events:session", edition, code=session.code),
        "startDate": session.start.isoformat(),
        "endDate": session.end.isoformat(),
        "eventStatus": status_of(programme, session),
        "location": {"@type": "Place", "name": str(place), "address": address_of(session, edition)},
    }


def status_of(programme: Programme, session: SessionOf) -> str:
    """Cancelled, at another time than in the release before, or as planned."""
    if session.is_cancelled:
        return CANCELLED
    return RESCHEDULED if "moved" in programme.changes_of(session) else SCHEDULED


def session_data(edition: Edition, programme: Programme, session: SessionOf) -> Data:
    """A session as an Event within the conference."""
    return described(
        {
            "@type": "Event",
            "name": str(session.title),
            "description": str(session.abstract),
            "url": page("events:session", edition, code=session.code),
            "startDate": session.start.isoformat(),
            "endDate": session.end.isoformat(),
            "eventStatus": status_of(programme, session),
            "eventAttendanceMode": IN_PERSON,
            "inLanguage": session.language,
            "location": place_of(session, edition),
            "performer": [person(edition, part.speaker) for part in session.people],
            "organizer": organizer(edition),
            "superEvent": {"@type": "Event", **edition_reference(edition)},
        }
    )


def speaker_data(edition: Edition, programme: Programme, speaker: SpeakerOf) -> Data:
    """A person with the sessions in which one hears them."""
    known = {
        **person(edition, speaker),
        "description": str(speaker.biography),
        "performerIn": [sub_event(edition, programme, one) for one in speaker.sessions],
    }
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


def organizer(edition: Edition) -> Data:
    return {"@type": "Organization", "name": str(edition.series), "url": page("events:home")}


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


def address_of(session: SessionOf, edition: Edition) -> str:
    venue = session.room.venue if session.room else None
    return str(venue.address) or str(venue.name) if venue else edition.city


def room_data(room: RoomOf) -> Data:
    return {**venue_data(room.venue), "name": f"{room.name}, {room.venue.name}"}


def venue_data(venue: VenueOf) -> Data:
    address = str(venue.address) or str(venue.name)
    data: Data = {"@type": "Place", "name": str(venue.name), "address": address}
    if venue.latitude is not None:
        geo = {"latitude": venue.latitude, "longitude": venue.longitude}
        data["geo"] = {"@type": "GeoCoordinates", **geo}
    return data


def page(view: str, edition: Edition | None = None, **kwargs: str) -> str:
    """The full address of a page, in the reader's language."""
    of = {"edition": edition.slug} if edition else {}
    return absolute(reverse(view, kwargs={**of, **kwargs}))
