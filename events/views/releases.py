"""The releases of a programme: what each changed, and the programme as it was then."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from events.current import programme_of
from events.models import Release
from events.news import LABELS, SessionNews, news_of
from events.programme import Programme
from events.views.pages import ProgrammePage
from events.views.schedule import Schedule

SHOWN = 100  # releases that the changelog names


@dataclass(frozen=True)
class Entry:
    """A release in the changelog: its row, and how many sessions it changed how."""

    release: Release
    counts: list[tuple[str, int]]
    is_first: bool


def entries(slug: str) -> list[Entry]:
    """The releases of a public edition, the newest first; one query."""
    rows = Release.objects.public(slug).select_related("restores")
    rows = rows.defer("snapshot", "restores__snapshot", "restores__changes")
    return [Entry(row, counts_of(row), row.number == 1) for row in rows[:SHOWN]]


def counts_of(release: Release) -> list[tuple[str, int]]:
    """How many sessions it changed, by kind of change, in words."""
    found = ((kind, release.changes.get(kind, [])) for kind in LABELS)
    return [(str(LABELS[kind]), len(codes)) for kind, codes in found if codes]


class Changelog(ProgrammePage):
    """Every release with its note and what it changed."""

    template_name = "events/changelog.html"

    def get_context(self) -> dict[str, Any]:
        found = entries(self.edition.slug)
        return super().get_context() | {"entries": found}


class NewsOfRelease(ProgrammePage):
    """What one release changed, session by session, as it was and as it is."""

    template_name = "events/release_news.html"

    def find(self) -> None:
        self.release = release_or_404(self.edition.slug, self.kwargs["number"])

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {
            "release": self.release,
            "news": self.news(),
            "counts": counts_of(self.release),
        }

    def news(self) -> list[SessionNews]:
        return news_of(self.release, Release.objects.before(self.release).first())

    def ingredients(self) -> list[object]:
        return [*super().ingredients(), self.release.pk, self.release.sha256]


class EarlierSchedule(Schedule):
    """The programme of an earlier release, marked as such and out of search engines."""

    template_name = "events/schedule.html"
    current: Programme

    def find(self) -> None:
        self.current = self.programme
        self.release = release_or_404(self.edition.slug, self.kwargs["number"])
        self.programme = programme_of(self.release)
        super().find()

    def get_context(self) -> dict[str, Any]:
        shown = self.release if self.release.number != self.current.number else None
        more = {"earlier": shown, "current": self.current, "data": None}
        return super().get_context() | more

    def address_of(self, which: str) -> str:
        address = {"edition": self.edition.slug, "number": self.release.number, "day": which}
        return reverse("events:release_day", kwargs=address)

    def ingredients(self) -> list[object]:
        return [*super().ingredients(), self.current.sha256]

    def for_caches(self, response: HttpResponse, etag: str | None) -> HttpResponse:
        response = super().for_caches(response, etag)
        response["X-Robots-Tag"] = "noindex"
        return response


def release_or_404(slug: str, number: int) -> Release:
    """A release of a public edition by its number."""
    rows = Release.objects.public(slug)
    # No column is wide enough for what an address may hold.
    found = rows.filter(number=number).first() if number < 2**31 else None
    if found is None:
        raise Http404(_("There is no such release of the programme."))
    return found
