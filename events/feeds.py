"""Feeds of the released programme: files that other programs read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.calendars import edition_calendar, session_calendar
from events.views.pages import ProgrammePage
from events.views.sessions import session_or_404


class CalendarFile(ProgrammePage):
    """A calendar file; it depends on the release alone."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.programme.number:
            raise Http404(_("The programme of this edition is not published yet."))
        self.find()
        etag = self.etag()
        changed = int(self.programme.released_at.timestamp())
        response = get_conditional_response(request, etag=etag, last_modified=changed)
        if response is None:
            response = HttpResponse(self.content(), content_type="text/calendar; charset=utf-8")
            response["Content-Disposition"] = f'inline; filename="{self.filename()}"'
        return self.for_caches(response, etag)

    def content(self) -> bytes:
        raise NotImplementedError

    def filename(self) -> str:
        raise NotImplementedError

    def ingredients(self) -> list[object]:
        return []


class ScheduleCalendar(CalendarFile):
    """The whole programme, to subscribe to."""

    def content(self) -> bytes:
        return edition_calendar(self.programme, get_language() or "en")

    def filename(self) -> str:
        return f"{self.edition.slug}-schedule.ics"


class SessionCalendar(CalendarFile):
    """One session."""

    def find(self) -> None:
        self.session = session_or_404(self.programme, self.kwargs["code"])

    def content(self) -> bytes:
        return session_calendar(self.programme, self.session, get_language() or "en")

    def filename(self) -> str:
        return f"{self.edition.slug}-{self.session.code}.ics"
