"""What a person may do to a message: each deed is a service, offered where it applies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from hrconf.mailing import services
from hrconf.mailing.models import Message

State = Message.State


@dataclass(frozen=True)
class Deed:
    """A button of the message's page."""

    key: str
    label: Any
    states: tuple[str, ...]
    do: Callable[..., None]
    is_main: bool = False


DEEDS = {
    deed.key: deed
    for deed in [
        Deed("retry", _("Try again"), tuple(services.RETRIABLE), services.retry_message, True),
        Deed("release", _("Let go"), (State.HELD,), services.release_message, True),
        Deed("mark-sent", _("It arrived"), (State.UNCERTAIN,), services.mark_sent, True),
        Deed("send-again", _("Send it again"), (State.UNCERTAIN,), services.send_again),
        Deed("cancel", _("Cancel"), services.CANCELLABLE, services.cancel_message),
    ]
}


def deeds_for(message: Message) -> list[Deed]:
    """What may be done to a message in its state."""
    return [deed for deed in DEEDS.values() if message.state in deed.states]


def do_deed(admin: ModelAdmin, request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Do a deed and go back to the message, saying what came of it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not admin.has_judge_permission(request):  # type: ignore[attr-defined]
        raise PermissionDenied
    if key not in DEEDS or not Message.objects.filter(pk=pk).exists():
        raise Http404
    try:
        DEEDS[key].do(pk, by=request.user)
    except ValidationError as refusal:
        admin.message_user(request, " ".join(refusal.messages), messages.WARNING)
    else:
        admin.message_user(request, _("Done: %(deed)s.") % {"deed": DEEDS[key].label})
    return redirect("admin:mailing_message_change", pk)
