"""How times, days, languages and linked data are written on the pages of the programme."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from events import calendars, languages
from events.models import Edition
from events.programme import Programme, SessionOf, VenueOf

register = template.Library()

register.filter("short_day", languages.short_day)
register.filter("date_alone", languages.date_alone)
register.filter("weekday", languages.weekday)
register.filter("long_day", languages.long_day)
register.filter("full_day", languages.full_day)
register.filter("language_name", languages.language_name)
register.filter("zone_name", languages.zone_name)

# What could end the script element or be read as markup inside it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def clock(moment: datetime) -> str:
    """The time of day as it stands: moments of a programme are in the conference's zone."""
    return f"{moment:%H:%M}"


@register.filter
def utc(moment: datetime) -> str:
    """“2017-11-08T01:30Z”: what scripts read, the same wherever the reader is."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


@register.filter
def anchor(moment: datetime) -> str:
    """The id of the group of sessions that start at a moment."""
    return f"t{moment:%m%d-%H%M}"


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """“English, Japanese”."""
    return pgettext("between names", ", ").join(map(languages.language_name, codes))


@register.filter
def changes_of(programme: Programme, session: SessionOf) -> list[str]:
    """How this release moved the session: "moved", "room"; "new" after a first one."""
    return programme.changes_of(session)


@register.filter
def place_of(session: SessionOf) -> str:
    """Room and venue, or the parks that a visit goes to; empty where there is neither."""
    if session.room:
        names = dict.fromkeys([str(session.room.name), str(session.room.venue.name)])
        return pgettext("between names", ", ").join(filter(None, names))
    return " → ".join(str(stop.park) for stop in session.stops)


@register.filter
def session_link(programme: Programme, session: SessionOf) -> str:
    """The full address of a session's page, for a mail."""
    return calendars.session_url(programme, session)


@register.filter
def wall_clock(moment: datetime, edition: Edition) -> str:
    """An instant as the clocks of the host city show it, with the day."""
    local = moment.astimezone(edition.tz)
    return f"{languages.full_day(local.date())} {clock(local)}"


@register.filter
def when_and_where(edition: Edition) -> list[str]:
    """“8–10 November 2017”, “Hangzhou”."""
    return [languages.day_range(edition.starts_on, edition.ends_on), edition.city]


@register.simple_tag
def day_range(first: date, last: date) -> str:
    return languages.day_range(first, last)


@register.simple_tag
def map_link(venue: VenueOf) -> str:
    """Where a venue lies, on the map that readers of the language use; empty if not known."""
    if venue.latitude is None or venue.longitude is None:
        return ""
    if languages.reader() == "zh-hans":
        place = f"{venue.longitude},{venue.latitude}"
        query = {"position": place, "name": str(venue.name), "coordinate": "wgs84"}
        return f"https://uri.amap.com/marker?{urlencode(query)}"
    spot = {"mlat": venue.latitude, "mlon": venue.longitude}
    return f"https://www.openstreetmap.org/?{urlencode(spot)}"


@register.simple_tag
def time_range(start: datetime, end: datetime) -> SafeString:
    """“09:00–10:30” as two time elements."""
    return format_html(
        '<time datetime="{}">{}</time>–<time datetime="{}">{}</time>',
        utc(start),
        clock(start),
        utc(end),
        clock(end),
    )


@register.simple_tag
def linked_data(data: dict[str, Any]) -> SafeString:
    """A data block for search engines; it is never run, so a strict CSP lets it be."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.tag
def tight(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """{% tight %}…{% endtight %}: without the indentation and the empty lines of templates."""
    inside = parser.parse(("endtight",))
    parser.delete_first_token()
    return Tight(inside)


class Tight(template.Node):
    """What stands between tight and endtight."""

    def __init__(self, inside: template.NodeList):
        self.inside = inside

    def render(self, context: template.Context) -> SafeString:
        # It was safe before: nothing is taken away but white space around line ends.
        return mark_safe(re.sub(r"\s*\n\s*", "\n", self.inside.render(context)))  # noqa: S308
