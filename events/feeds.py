"""Feeds of the released programme: files that other programs read."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.calendars import edition_calendar, session_calendar
from events.exports.schedule_json import schedule_json, session_json
from events.exports.schedule_xml import schedule_xml, session_xml
from events.gone import gone_sessions
from events.search import searched
from events.shelf import made_once
from events.views.pages import ProgrammePage
from events.views.releases import Entry, entries
from events.views.sessions import session_or_404
from hrconf.lib.links import absolute
from hrconf.lib.wording import labelled

NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ProgrammeFile(ProgrammePage):
    """A file for other programs; it depends on the release and the address alone."""

    content_type: str
    ending: str

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.programme.number:
            raise Http404(_("The programme of this edition is not published yet."))
        self.find()
        etag = self.etag()
        changed = int(self.programme.released_at.timestamp())
        response = None
        if not self.keep_in_front(etag, changed):
            response = get_conditional_response(request, etag=etag, last_modified=changed)
        if response is None:
            made = (
                made_once(etag, self.content) if etag and not self.request.GET else self.content()
            )
            response = HttpResponse(made, content_type=self.content_type)
            response["Content-Disposition"] = f'inline; filename="{self.filename()}"'
        return self.for_caches(response, etag)

    @property
    def language(self) -> str:
        return get_language() or "en"

    def holds_until(self) -> datetime:
        """A file says nothing of the hour: it changes with a release."""
        return self.moment + timedelta(days=1)

    def content(self) -> bytes:
        raise NotImplementedError

    def filename(self) -> str:
        raise NotImplementedError

    def ingredients(self) -> list[object]:
        return []


class ChangesFeed(ProgrammeFile):
    """The releases as an Atom feed (RFC 4287), one entry each, with what it changed."""

    content_type = "application/atom+xml; charset=utf-8"

    def content(self) -> bytes:
        slug = self.edition.slug
        feed = Atom1Feed(
            title=labelled(self.programme.name, _("Changes of the programme")),
            link=absolute(reverse("events:changes", kwargs={"edition": slug})),
            description=None,
            language=get_language(),
            feed_url=absolute(self.request.path),
            feed_guid=f"tag:{host()},{self.edition.starts_on.year}:{slug}:changes",
        )
        for entry in entries(slug):
            self.add(feed, entry)
        return feed.writeString("utf-8").encode()

    def add(self, feed: Atom1Feed, entry: Entry) -> None:
        release, slug = entry.release, self.edition.slug
        counts = [f"{label}: {count}" for label, count in entry.counts]
        feed.add_item(
            title=str(release),
            link=absolute(
                reverse("events:news", kwargs={"edition": slug, "number": release.number})
            ),
            description=linebreaks(_in_xml("\n\n".join(filter(None, [release.note, *counts])))),
            unique_id=f"tag:{host()},{self.edition.starts_on.year}:{slug}:release:{release.number}",
            pubdate=release.released_at,
            updateddate=release.released_at,
        )

    def filename(self) -> str:
        return f"{self.edition.slug}-changes.atom"


def host() -> str:
    """The name by which our feeds call themselves; it outlives addresses."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _in_xml(text: str) -> str:
    """Plain text in which nothing is markup and XML allows every character."""
    return escape(NOT_IN_XML.sub("", text))


class WholeFile(ProgrammeFile):
    """Every session, or with `?track=` those of a track."""

    def find(self) -> None:
        self.track = self.request.GET.get("track", "")
        if self.track and self.track not in self.programme.tracks:
            raise Http404(_("There is no such track in the programme."))

    def filename(self) -> str:
        part = f"-{self.track}" if self.track else ""
        return f"{self.edition.slug}-schedule{part}.{self.ending}"


class SessionFile(ProgrammeFile):
    """One session."""

    def find(self) -> None:
        self.session = session_or_404(self.programme, self.kwargs["code"])

    def filename(self) -> str:
        return f"{self.edition.slug}-{self.session.code}.{self.ending}"


class Calendar:
    content_type = "text/calendar; charset=utf-8"
    ending = "ics"


class Xml:
    content_type = "application/xml; charset=utf-8"
    ending = "xml"


class Json:
    content_type = "application/json; charset=utf-8"
    ending = "json"


class ScheduleCalendar(Calendar, WholeFile):
    def ingredients(self) -> list[object]:
        # What a release took out is told from the one before it.
        if self.programme.number == 1:
            return []
        return list(self.edition.releases.order_by("number").values_list("sha256", flat=True))

    def content(self) -> bytes:
        gone = tuple(gone_sessions(self.edition, self.programme))
        return edition_calendar(self.programme, self.language, self.track, gone)


class ScheduleXml(Xml, WholeFile):
    def content(self) -> bytes:
        return schedule_xml(self.programme, self.language, self.track)


class ScheduleJson(Json, WholeFile):
    def content(self) -> bytes:
        return schedule_json(self.programme, self.language, self.track)


class RoomPlan(ProgrammeFile):
    """The plan of a room: a picture named by its content, of this release's rooms only."""

    content_type = "image/webp"

    def find(self) -> None:
        name = self.kwargs["picture"]
        held = {room.plan for room in self.programme.rooms.values() if room.plan}
        self.path = f"plans/{name}"
        if name not in held or not default_storage.exists(self.path):
            raise Http404(_("There is no such plan in the programme."))

    def content(self) -> bytes:
        with default_storage.open(self.path) as file:
            return file.read()

    def filename(self) -> str:
        return str(self.kwargs["picture"])


class ScheduleWords(Json, ProgrammeFile):
    """What the filters of the schedule look at, for the reader's own browser."""

    def content(self) -> bytes:
        found = {code: searched(one) for code, one in self.programme.sessions.items()}
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()

    def filename(self) -> str:
        return f"{self.edition.slug}-words.json"


class SessionCalendar(Calendar, SessionFile):
    def content(self) -> bytes:
        return session_calendar(self.programme, self.session, self.language)


class SessionXml(Xml, SessionFile):
    def content(self) -> bytes:
        return session_xml(self.programme, self.session, self.language)


class SessionJson(Json, SessionFile):
    def content(self) -> bytes:
        return session_json(self.programme, self.session, self.language)
