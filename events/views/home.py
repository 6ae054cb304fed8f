"""The front door: the reader's language, and the editions there are."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from events.models import Edition
from events.views.pages import MAX_AGE


@require_safe
@cache_control(public=True, max_age=MAX_AGE)
def front(request: HttpRequest) -> HttpResponse:
    """Send a reader who names no language to their own."""
    with override(preferred_language(request.headers.get("Accept-Language", ""))):
        response = HttpResponseRedirect(reverse("events:home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def preferred_language(accepted: str) -> str:
    """The first language of the header that we have; ours where there is none."""
    for language, _weight in parse_accept_lang_header(accepted.lower()):
        try:
            return get_supported_language_variant(language)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


@require_safe
@conditional_page
@cache_control(public=True, max_age=MAX_AGE)
def home(request: HttpRequest) -> HttpResponse:
    """All public editions, the newest first."""
    editions = list(Edition.objects.public().newest_first().select_related("series"))
    return render(request, "events/home.html", {"editions": editions})
