"""My schedule: favourites kept in the reader's browser, brought together when one signs in.

The page is the same for everybody and is filled by the browser. What is personal has
addresses of its own, which no cache keeps.
"""

import json
import re
from functools import wraps
from http import HTTPStatus
from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views import View

from events.calendars import chosen_calendar
from events.feeds import Calendar, ProgrammeFile
from events.gone import gone_sessions
from events.programme import SessionOf
from events.services.favourites import (
    Star,
    bring_together,
    calendar_token,
    from_milliseconds,
    list_of,
    list_of_token,
    renew_address,
    set_mail,
    starred,
    to_milliseconds,
)
from events.views.pages import EditionMixin, ProgrammePage
from hrconf.lib.links import absolute

SHORT = 8  # hexadecimal digits of a GUID that a link carries
MOST = 400  # sessions that a link carries: servers read addresses of some 4,000 letters
CHOICE = re.compile(rf"[0-9a-f]{{{SHORT}}}(\.[0-9a-f]{{{SHORT}}}){{0,{MOST - 1}}}")


class MySchedule(ProgrammePage):
    """The frame of everybody's own schedule, and of one that somebody shared."""

    template_name = "events/my_schedule.html"


class Personal(EditionMixin, View):
    """What belongs to who is signed in: for no cache, for no search engine."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        return response


def for_who_is_signed_in(method: Any) -> Any:
    """Tell everybody else that they are not; the browser then keeps the stars alone."""

    @wraps(method)
    def guarded(self: Any, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and request.method in {"GET", "HEAD"}:
            return JsonResponse({"who": ""})
        if not request.user.is_authenticated:
            return refusal(_("You are not signed in."), HTTPStatus.UNAUTHORIZED)
        if request.method == "POST" and not ratelimit.consume(request, action="favourites"):
            return refusal(_("Please wait a moment."), HTTPStatus.TOO_MANY_REQUESTS)
        self.stars = list_of(request.user, self.edition)
        return method(self, request, **kwargs)

    return guarded


def refusal(text: str, status: int) -> JsonResponse:
    return JsonResponse({"refusal": text}, status=status)


class Sync(Personal):
    """Favourites of a login as JSON: `stars` maps a GUID to [starred, milliseconds]."""

    http_method_names = ["get", "head", "options", "post"]

    @for_who_is_signed_in
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer({})

    @for_who_is_signed_in
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Bring what a device knows; the answer is what holds from now on."""
        try:
            known = parsed(json.loads(request.body)["stars"])
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return refusal(_("That is no list of favourites."), HTTPStatus.BAD_REQUEST)
        try:
            return self.answer(known)
        except ValidationError as no:
            return refusal(" ".join(no.messages), HTTPStatus.CONFLICT)

    def answer(self, known: dict[UUID, Star]) -> HttpResponse:
        stars, unknown = bring_together(self.stars, known)
        return JsonResponse(
            {
                "stars": {
                    str(guid): [s.is_on, to_milliseconds(s.changed_at)] for guid, s in stars.items()
                },
                "unknown": list(map(str, unknown)),
                "notice": told_unknown(len(unknown)),
                "csrf": get_token(self.request),
                "who": str(self.request.user),
                "mail": self.stars.wants_mail,
                "calendar": self.address(),
            }
        )

    def address(self) -> str:
        at = {"edition": self.edition.slug, "token": calendar_token(self.stars)}
        return absolute(reverse("events:my_calendar", kwargs=at))


def told_unknown(count: int) -> str:
    if not count:
        return ""
    text = ngettext(
        "%(count)s favourite is of no session of this edition and was left out.",
        "%(count)s favourites are of no session of this edition and were left out.",
        count,
    )
    return text % {"count": count}


def parsed(given: dict[str, list]) -> dict[UUID, Star]:
    """Stars as a browser writes them; ValueError, TypeError or OverflowError for others."""
    if not isinstance(given, dict):
        raise TypeError(given)
    found = {}
    for guid, (is_on, moment) in given.items():
        if not isinstance(is_on, bool) or not isinstance(moment, int) or moment < 0:
            raise ValueError(guid)
        found[UUID(guid)] = Star(is_on, from_milliseconds(moment))
    return found


class Settings(Personal):
    """Give the private calendar another address, or say whether one is told by mail."""

    http_method_names = ["options", "post"]

    @for_who_is_signed_in
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "renew" in request.POST:
            renew_address(self.stars)
        if "mail" in request.POST:
            set_mail(self.stars, wants=request.POST["mail"] == "yes")
        return JsonResponse({"calendar": Sync.address(self), "mail": self.stars.wants_mail})


class MyCalendar(Personal):
    """The calendar of a login's favourites, for who has its address."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        stars = list_of_token(kwargs["token"], self.edition.slug)
        if stars is None:
            raise Http404(_("This calendar has another address now, or there is none."))
        wanted = starred(stars)
        found = [one for one in everything(self) if one.guid in wanted]
        content = chosen_calendar(self.programme, found, get_language() or "en")
        response = HttpResponse(content, content_type=Calendar.content_type)
        response["Content-Disposition"] = f'inline; filename="{self.edition.slug}-mine.ics"'
        return response


def everything(view: EditionMixin) -> list[SessionOf]:
    """What is in the programme, and as cancelled what once was."""
    return [*view.programme.sessions.values(), *gone_sessions(view.edition, view.programme)]


class ChosenCalendar(Calendar, ProgrammeFile):
    """The calendar of the sessions that the address names: for who has no login."""

    def find(self) -> None:
        self.chosen = choice_or_404(self.request)

    def keep_in_front(self, etag: str | None, changed: int | None = None) -> bool:
        return False  # everybody's is another

    def content(self) -> bytes:
        found = [one for one in everything(self) if one.guid[:SHORT] in self.chosen]
        return chosen_calendar(self.programme, found, self.language)

    def filename(self) -> str:
        return f"{self.edition.slug}-mine.ics"


class ShareCode(EditionMixin, View):
    """The QR code of a shared schedule: the address of the page with what it holds."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = reverse("events:my_schedule", kwargs={"edition": self.edition.slug})
        address = f"{absolute(page)}#with={'.'.join(choice_or_404(request))}"
        picture = BytesIO()
        # A white ground and a quiet border: a code on a dark page is read by nobody.
        segno.make(address, error="l").save(
            picture, kind="svg", scale=4, light="#fff", xmldecl=False
        )
        response = HttpResponse(picture.getvalue(), content_type="image/svg+xml")
        patch_cache_control(response, public=True, max_age=86400)
        return response


def choice_or_404(request: HttpRequest) -> list[str]:
    """The sessions that an address names, by the first digits of their GUIDs."""
    asked = request.GET.get("with", "")
    if not CHOICE.fullmatch(asked):
        raise Http404(_("The address names no sessions."))
    return asked.split(".")
