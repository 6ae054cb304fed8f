"""Whether a visa letter holds: for consulates, airlines, border officers. No login."""

from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from attendees.services.clock import is_over
from attendees.services.passports import bare
from attendees.services.visa_letters import letter_by_code
from attendees.views.registering import EditionPage


class VisaCheck(EditionPage):
    """Says number, day, masked name and state to who has the code on the paper; else nothing."""

    def get(self, request: HttpRequest, code: str = "", **kwargs: Any) -> HttpResponse:
        typed = request.GET.get("code", "")
        if typed and not code and (found := bare(typed)[:40]):
            return redirect("attendees:visa_checked", edition=self.edition.slug, code=found)
        if code and not may_look(request):
            return ratelimit.respond_429(request)
        context = {
            "edition": self.edition,
            "code": code or typed,
            "is_asked": bool(code or typed),
            "letter": letter_by_code(self.edition, code) if code else None,
            "is_over": is_over(self.edition),
        }
        response = render(request, "attendees/visa_check.html", context)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response


def may_look(request: HttpRequest) -> bool:
    """Slow down who tries codes. The public door of allauth would not count a GET."""
    door = {"app": "allauth.account", "action": "visa_check"}
    return ratelimit.consume(request, limit_get=True, **door) is not None
