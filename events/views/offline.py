"""What a browser keeps of the programme, and how it hears of the next release."""

import json
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from events.calendars import location
from events.feeds import Json, ProgrammeFile
from events.models import Release
from events.programme import SessionOf
from events.views.pages import ProgrammePage
from events.views.releases import counts_of
from hrconf.lib.fingerprint import build_fingerprint


def entry(session: SessionOf, slug: str) -> dict[str, Any]:
    """A session in a list: times are instants with the offset of the conference."""
    found = {
        "guid": session.guid,
        "url": reverse("events:session", kwargs={"edition": slug, "code": session.code}),
        "title": str(session.title),
        "lang": session.title.lang if session.title.is_foreign else "",
        "start": session.start.isoformat(),
        "end": session.end.isoformat(),
        "day": session.day.isoformat(),
        "place": str(session.room.name) if session.room else location(session),
        "track": str(session.track.name) if session.track else "",
        "colour": session.track.colour if session.track else 0,
        "people": [part.speaker.name for part in session.people],
        "kind": session.kind_label if session.names_its_kind else "",
        "cancelled": session.is_cancelled,
    }
    return {key: value for key, value in found.items() if value}


def written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class ScheduleEntries(Json, ProgrammeFile):
    """Every session in short, for pages that the browser fills by itself."""

    def content(self) -> bytes:
        sessions = self.programme.sessions.values()
        return written([entry(one, self.edition.slug) for one in sessions])

    def filename(self) -> str:
        return f"{self.edition.slug}-entries.json"


class ScheduleTexts(Json, ProgrammeFile):
    """What is said about each session, by the path of its page: to be read without a net."""

    def content(self) -> bytes:
        slug = self.edition.slug
        texts = {}
        for one in self.programme.sessions.values():
            told = filter(None, [str(one.subtitle), str(one.abstract), str(one.description)])
            if words := "\n\n".join(told):
                address = {"edition": slug, "code": one.code}
                texts[reverse("events:session", kwargs=address)] = words
        return written(texts)

    def filename(self) -> str:
        return f"{self.edition.slug}-texts.json"


class ReleaseNow(Json, ProgrammeFile):
    """Which release holds, and what it changed in words: asked for by every open page."""

    def content(self) -> bytes:
        release = Release.objects.public(self.edition.slug).first()
        counts = counts_of(release) if release else []
        return written(
            {
                "number": self.programme.number,
                "name": release.name if release else "",
                "counts": [f"{label}: {count}" for label, count in counts],
            }
        )

    def filename(self) -> str:
        return f"{self.edition.slug}-release.json"


class Offline(ProgrammePage):
    """The page of a session for who has no net and never opened it."""

    template_name = "events/offline.html"


class Manifest(ProgrammeFile):
    """The web app manifest: what the programme is called on a phone's home screen."""

    content_type = "application/manifest+json"

    def content(self) -> bytes:
        at = {"edition": self.edition.slug}
        return written(
            {
                "name": str(self.programme.name),
                "short_name": f"{self.programme.city} {self.edition.year}",
                "lang": get_language(),
                "start_url": reverse("events:schedule", kwargs=at),
                "scope": reverse("events:edition", kwargs=at),
                "display": "minimal-ui",
                "background_color": "#faf8f3",
                "theme_color": "#faf8f3",
                "icons": icons(),
            }
        )

    def filename(self) -> str:
        return f"{self.edition.slug}.webmanifest"


def icons() -> list[dict[str, str]]:
    """Our mark; those with a wide rim may be cut to any shape."""
    drawn = [{"src": static("img/favicon.svg"), "type": "image/svg+xml", "sizes": "any"}]
    for size in ["192x192", "512x512"]:
        source = static(f"img/icon-{size.partition('x')[0]}.png")
        drawn.append({"src": source, "type": "image/png", "sizes": size, "purpose": "any maskable"})
    return drawn


class ServiceWorker(ProgrammeFile):
    """The worker of an edition in a language: what it keeps, then the file that keeps it.

    Its bytes change with every release and build, so that browsers fetch it anew.
    """

    content_type = "text/javascript; charset=utf-8"

    def content(self) -> bytes:
        kept = written(
            {
                "name": f"{get_language()}/{self.edition.slug}",
                "version": f"{self.programme.number}-{build_fingerprint()[:12]}",
                "pages": self.pages(),
                "files": [self.at("schedule_entries"), self.at("schedule_texts")],
                "offline": self.at("offline"),
                "static": settings.STATIC_URL,
            }
        )
        core = json.dumps(static("js/offline-worker.js"))
        return b"self.KEPT = " + kept + f";\nimportScripts({core});\n".encode()

    def pages(self) -> list[str]:
        days = [self.at("schedule_day", day=day.isoformat()) for day in self.programme.days]
        return [self.at("schedule"), *days, self.at("my_schedule"), self.at("offline")]

    def at(self, name: str, **more: str) -> str:
        return reverse(f"events:{name}", kwargs={"edition": self.edition.slug, **more})

    def filename(self) -> str:
        return "sw.js"
