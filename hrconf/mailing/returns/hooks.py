"""The address at which a mail provider tells that mail came back."""

import json
import logging
from collections import Counter
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hrconf.mailing.returns.providers import MOST_EVENTS, PROVIDERS, digest_of
from hrconf.mailing.returns.recording import record

log = logging.getLogger(__name__)
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@csrf_exempt
@require_POST
def bounces(request: HttpRequest, provider: str) -> JsonResponse:
    """Take in the events of a provider whose secret is set; the signature decides."""
    secret = settings.BOUNCE_WEBHOOK_SECRETS.get(provider)
    if provider not in PROVIDERS or not secret:
        raise Http404
    try:
        if not PROVIDERS[provider].is_signed(secret, request.headers, request.body):
            return answer(HTTPStatus.FORBIDDEN, error="signature")
        events = list(PROVIDERS[provider].events(json.loads(request.body)))
    except MALFORMED:
        return answer(HTTPStatus.BAD_REQUEST, error="malformed")
    if len(events) > MOST_EVENTS:
        return answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, error="too many events")
    return answer(HTTPStatus.OK, **take_in(provider, events))


def take_in(provider: str, events: list) -> Counter[str]:
    """Record each event by itself: one that fails is asked for again, the others stay."""
    return Counter(
        record(report, provider, digest_of(provider, number)) for number, report in events
    )


def answer(status: int, **words: Any) -> JsonResponse:
    response = JsonResponse(words, status=status)
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("mail/bounces/<slug:provider>/", bounces, name="bounces")]
