"""The days of an edition as iCalendar (RFC 5545), for who has accepted."""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import override
from icalendar import Calendar, Event

from events.models import Edition
from hrconf.lib.links import link

PRODUCT = "-//hrconf//Conference days//EN"


def edition_days(edition: Edition, language: str) -> bytes:
    """One entry over whole days. It keeps its UID, so importing it again adds nothing."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with override(language):
        calendar.add_component(_days(edition, language))
    return calendar.to_ical()


def _days(edition: Edition, language: str) -> Event:
    event = Event()
    event.add("uid", f"{edition.slug}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", datetime.combine(edition.starts_on, time(), UTC))
    event.add("dtstart", edition.starts_on)
    event.add("dtend", edition.ends_on + timedelta(days=1))
    event.add("summary", edition.name)
    event.add("location", edition.city)
    event.add("transp", "TRANSPARENT")
    event.add("url", link("events:edition", language=language, edition=edition.slug))
    return event
