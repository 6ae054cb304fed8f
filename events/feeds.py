"""Feeds of the released programme: files that other programs read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.calendars import edition_calendar, session_calendar
from events.exports.schedule_json import schedule_json, session_json
from events.exports.schedule_xml import schedule_xml, session_xml
from events.views.pages import ProgrammePage
from events.views.sessions import session_or_404


class ScheduleFile(ProgrammePage):
    """A file that depends on the release, the language and the address alone."""

    content_type: str
    ending: str

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.programme.number:
            raise Http404(_("The programme of this edition is not published yet."))
        self.find()
        etag = self.etag()
        changed = int(self.programme.released_at.timestamp())
        response = get_conditional_response(request, etag=etag, last_modified=changed)
        if response is None:
            response = HttpResponse(self.content(), content_type=self.content_type)
            response["Content-Disposition"] = f'inline; filename="{self.filename()}"'
        return self.for_caches(response, etag)

    @property
    def language(self) -> str:
        return get_language() or "en"

    def content(self) -> bytes:
        raise NotImplementedError

    def filename(self) -> str:
        raise NotImplementedError

    def ingredients(self) -> list[object]:
        return []


class WholeFile(ScheduleFile):
    """Every session, or with `?track=` those of a track."""

    def find(self) -> None:
        self.track = self.request.GET.get("track", "")
        if self.track and self.track not in self.programme.tracks:
            raise Http404(_("There is no such track in the programme."))

    def filename(self) -> str:
        part = f"-{self.track}" if self.track else ""
        return f"{self.edition.slug}-schedule{part}.{self.ending}"


class SessionFile(ScheduleFile):
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
    def content(self) -> bytes:
        return edition_calendar(self.programme, self.language, self.track)


class ScheduleXml(Xml, WholeFile):
    def content(self) -> bytes:
        return schedule_xml(self.programme, self.language, self.track)


class ScheduleJson(Json, WholeFile):
    def content(self) -> bytes:
        return schedule_json(self.programme, self.language, self.track)


class SessionCalendar(Calendar, SessionFile):
    def content(self) -> bytes:
        return session_calendar(self.programme, self.session, self.language)


class SessionXml(Xml, SessionFile):
    def content(self) -> bytes:
        return session_xml(self.programme, self.session, self.language)


class SessionJson(Json, SessionFile):
    def content(self) -> bytes:
        return session_json(self.programme, self.session, self.language)
