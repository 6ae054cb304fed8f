"""The schedule for the pages of other sites: small, in a frame, its links open outside it."""

from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from events.views.schedule import ALL_DAYS, Schedule, parsed_day


class EmbeddedSchedule(Schedule):
    """A list by time; `?day=`, `?track=` and the other filters choose what it shows.

    Which sites may show it is a setting of the edition (docs/decisions/0024-reader.md).
    """

    template_name = "events/embed.html"

    def find(self) -> None:
        asked = parsed_day(self.request.GET.get("day", ""))
        if asked in self.programme.days:
            self.kwargs["day"] = asked.isoformat()
        elif self.request.GET.get("day") == ALL_DAYS:
            self.kwargs["day"] = ALL_DAYS
        super().find()
        self.looks = self.chosen_looks = "list"

    def url_of(
        self, day: date | None, looks: str = "", wanted: dict[str, str] | None = None
    ) -> str:
        query = QueryDict(mutable=True)
        query.update(self.form.wanted if wanted is None else wanted)
        query["day"] = day.isoformat() if day else ALL_DAYS
        return f"{self.address_of('')}?{query.urlencode()}"

    def address_of(self, which: str) -> str:
        return reverse("events:schedule_embed", kwargs={"edition": self.edition.slug})

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {"data": None}

    def for_caches(self, response: HttpResponse, etag: str | None) -> HttpResponse:
        response = super().for_caches(response, etag)
        response["X-Robots-Tag"] = "noindex"
        response._csp_replace = {"frame-ancestors": self.edition.frame_ancestors}
        response.xframe_options_exempt = True
        return response
