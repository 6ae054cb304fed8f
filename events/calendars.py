"""The released programme as iCalendar (RFC 5545): the whole of it, or one session.

Entries keep their UID, the session's GUID, over releases and languages. SEQUENCE is the number of the
release that last changed a session, so a calendar that holds an older state
takes the newer one; a cancelled session stays, with STATUS:CANCELLED.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vText

from events.models import Session
from events.news import SessionNews
from events.programme import Programme, SessionOf
from hrconf.lib.links import absolute

PRODUCT = "-//hrconf//Conference programme//EN"
REFRESH = timedelta(hours=1)


def edition_calendar(
    programme: Programme, language: str, track: str = "", gone: tuple[SessionOf, ...] = ()
) -> bytes:
    """Every session of the release, or of a track.

    `gone` is what earlier releases had (see `events.gone`), in it as cancelled.
    """
    chosen = programme.of_track(track) if track else list(programme.sessions.values())
    chosen += [one for one in gone if not track or (one.track and one.track.slug == track)]
    with override(language):
        name = f"{programme.name} · {programme.tracks[track].name}" if track else programme.name
        return _calendar(programme, chosen, language, str(name))


def chosen_calendar(programme: Programme, chosen: list[SessionOf], language: str) -> bytes:
    """Some sessions, for somebody's own calendar."""
    with override(language):
        return _calendar(programme, chosen, language, f"★ {programme.name}")


def session_calendar(programme: Programme, session: SessionOf, language: str) -> bytes:
    """One session, for the button on its page."""
    with override(language):
        return _calendar(programme, [session], language, str(programme.name))


def changes_calendar(programme: Programme, news: Iterable[SessionNews], language: str) -> bytes:
    """The entries that a release changed; what is gone is in it as cancelled."""
    with override(language):
        changed = [entry_of(programme, one) for one in news]
        return _calendar(programme, changed, language, str(programme.name))


def entry_of(programme: Programme, news: SessionNews) -> SessionOf:
    """The session as a calendar is to have it from this release on."""
    if news.now:
        return news.now
    at = programme.released_at.isoformat(timespec="seconds")
    revision = {"number": programme.number, "at": at, "kinds": list(news.kinds)}
    return replace(news.session, status=Session.Status.CANCELLED, revision=revision)


def _calendar(programme: Programme, sessions: list[SessionOf], language: str, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(name, params={"LANGUAGE": language}))
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", programme.tz.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for session in sessions:
        calendar.add_component(_event(programme, session))
    _add_time_zone(calendar, programme)
    return calendar.to_ical()


def _add_time_zone(calendar: Calendar, programme: Programme) -> None:
    first = programme.starts_on - timedelta(days=366)
    calendar.add_missing_timezones(first, programme.ends_on + timedelta(days=366))


def _event(programme: Programme, session: SessionOf) -> Event:
    event = Event()
    changed_at = datetime.fromisoformat(session.revision["at"])
    event.add("uid", uid(programme, session))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", session.revision["number"])
    event.add("dtstart", session.start)
    event.add("dtend", session.end)
    event.add("summary", str(session.title))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("description", description(programme, session))
    event.add("url", session_url(programme, session))
    event.add("categories", categories(session))
    if place := location(session):
        event.add("location", place)
    if session.room:
        event.add("x-hrconf-room", str(session.room.name))  # for our own import
    if session.room and session.room.venue.latitude is not None:
        event.add("geo", (session.room.venue.latitude, session.room.venue.longitude))
    return event


def uid(programme: Programme, session: SessionOf) -> str:
    host = urlsplit(settings.BASE_URL).hostname
    return f"{session.guid or f'{programme.slug}-{session.code}'}@{host}"


def session_url(programme: Programme, session: SessionOf) -> str:
    address = {"edition": programme.slug, "code": session.code}
    return absolute(reverse("events:session", kwargs=address))


def location(session: SessionOf) -> str:
    """Room, venue and address, or the parks that a visit goes to."""
    if session.room:
        venue = session.room.venue
        return ", ".join(filter(None, map(str, [session.room.name, venue.name, venue.address])))
    return " → ".join(str(stop.park) for stop in session.stops)


def categories(session: SessionOf) -> list[str]:
    return [session.kind_label, *([str(session.track.name)] if session.track else [])]


def description(programme: Programme, session: SessionOf) -> str:
    """What the abstract says, who is on stage in order of precedence, where to read more."""
    parts = [_("This session is cancelled.") if session.is_cancelled else ""]
    parts += [str(session.abstract), _people(session), session_url(programme, session)]
    return "\n\n".join(filter(None, parts))


def _people(session: SessionOf) -> str:
    lines = []
    for part in session.people:
        names = " ".join(part.speaker.names)
        about = ", ".join(filter(None, [str(part.speaker.title), str(part.speaker.organization)]))
        lines.append(f"{names} ({about})" if about else names)
    return "\n".join(lines)
