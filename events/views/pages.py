"""What all public pages of an edition share: one release, one ETag, no cookie."""

import hashlib
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from events.current import public_programme
from events.models import Edition
from events.programme import NowAndNext, Programme
from events.shelf import Shelf, made_once
from hrconf.lib.fingerprint import build_fingerprint
from hrconf.lib.front import keep

# The pages asked for last, by their ETag: some 10 MB in a process at most.
_pages: Shelf[bytes] = Shelf(size=100)
MAX_AGE = 60  # seconds a cache may hand out a page before it asks again


class EditionMixin:
    """Finds the public edition of the address and what is released of its programme."""

    edition: Edition
    programme: Programme
    moment: datetime

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        found = public_programme(kwargs["edition"])
        if found is None:
            raise Http404(_("There is no such edition of the conference."))
        self.edition, self.programme = found
        self.moment = timezone.now()

    @cached_property
    def now(self) -> NowAndNext:
        """What is on at the moment of the request, and what is next."""
        return self.programme.now(self.moment)


class ProgrammePage(EditionMixin, View):
    """A page made of the release, the same for every reader of a language.

    `find` looks up what the address names and raises 404; `get_context` then
    gathers what the template shows.
    """

    http_method_names = ["get", "head", "options"]
    template_name: str

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.find()
        etag = self.etag()
        response = None
        if not self.keep_in_front(etag):
            response = get_conditional_response(request, etag=etag)
        return self.for_caches(response or self.page(etag), etag)

    def keep_in_front(self, etag: str | None, changed: int | None = None) -> bool:
        """Let the front hand the answer out until it changes by itself; whether it does.

        `changed` is when it did last (seconds since the epoch), for what changes with a
        release only.
        """
        until = self.holds_until().timestamp()
        return bool(etag) and keep(self.request.META, until, changed=changed)

    def holds_until(self) -> datetime:
        """When the page will be another without anybody changing anything."""
        return self.programme.next_turn(self.moment)

    def page(self, etag: str | None) -> HttpResponse:
        """The page under this ETag, made only once while it is asked for."""
        if etag is None:
            return self.rendered()
        if kept := _pages.get(etag):
            return HttpResponse(kept)
        # What strangers type into a search field fills this process's shelf only.
        is_shared = not self.request.GET
        made = made_once(etag, self.content) if is_shared else self.content()
        return HttpResponse(_pages.put(etag, made))

    def content(self) -> bytes:
        return self.rendered().content

    def rendered(self) -> HttpResponse:
        return render(self.request, self.template_name, self.get_context())

    def find(self) -> None:
        """Look up what the address names."""

    def get_context(self) -> dict[str, Any]:
        return {
            "edition": self.edition,
            "programme": self.programme,
            "now": self.now,
        }

    def etag(self) -> str | None:
        """Changes with all that the page is made of, and with nothing else."""
        if settings.DEBUG:
            return None  # while templates are edited
        parts = [build_fingerprint(), get_language(), self.request.get_full_path()]
        parts += [self.programme.sha256, *self.ingredients()]
        return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'

    def ingredients(self) -> list[object]:
        """What the page shows beside the release: the edition's row, and what is on now."""
        row = [getattr(self.edition, f.attname) for f in self.edition._meta.concrete_fields]
        on, coming = ([s.code for s in part] for part in (self.now.now, self.now.next))
        return [row, self.edition.series, self.programme.day_of(self.moment), on, coming]

    def for_caches(self, response: HttpResponse, etag: str | None) -> HttpResponse:
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        if etag:
            response["ETag"] = etag
        if self.programme.number:
            response["Last-Modified"] = http_date(self.programme.released_at.timestamp())
        return response
