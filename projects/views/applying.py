"""The call: what is called for, beginning an application, the link that opens it."""

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from attendees.views.personal import PersonalPage
from attendees.views.registering import EditionPage
from projects.forms.applying import AddressForm, StartForm
from projects.models import Call, CallKind
from projects.services.applying import (
    mail_lost_links,
    own_link,
    prove_request,
    request_application,
    request_of,
)
from projects.services.calls import call_of, closing_of, refuse_closed, sectors_of


def closed_because(kind: CallKind) -> str:
    """Why nobody can begin now; nothing if one can."""
    try:
        refuse_closed(kind)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


class CallPage(EditionPage):
    """What is called for: the text, the kinds with their windows, the sectors."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        call = call_of(self.edition)
        kinds = list(call.kinds.select_related("call")) if call else []
        context = {
            "edition": self.edition,
            "call": call,
            "kinds": [(kind, closed_because(kind), closing_of(kind)) for kind in kinds],
            "sectors": sectors_of(call) if call else [],
            "is_ahead": bool(call and timezone.now() < call.opens_at),
        }
        return render(request, "projects/call.html", context)


@method_decorator(csrf_exempt, name="dispatch")
class StartPage(EditionPage):
    """Who applies, and with what; a link goes there. No cookie gives rights, so no csrf token."""

    http_method_names = ["get", "head", "options", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        kinds = CallKind.objects.select_related("call__edition")
        self.kind = get_object_or_404(kinds, call__edition=self.edition, slug=kwargs["kind"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        code = request.GET.get("code", "")[:40]
        form = StartForm(self.kind, initial={"code": code})
        return self.page(form, is_sent="sent" in request.GET)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not ratelimit.consume(request, action="register"):
            return ratelimit.respond_429(request)
        form = StartForm(self.kind, request.POST)
        if form.is_valid():
            try:
                language = get_language() or "en"
                request_application(self.kind, form.details(), code=form.found, language=language)
                return redirect(f"{request.path}?sent")
            except ValidationError as refusal:
                form.add_error(None, refusal)
        return self.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def page(self, form: StartForm, status: int = 200, is_sent: bool = False) -> HttpResponse:
        # A code may be good for longer than the call: whether it is open is said on sending.
        may_have_code = self.kind.call.codes.filter(ended_at=None).exists()
        closed = closed_because(self.kind)
        context = {
            "edition": self.edition,
            "kind": self.kind,
            "closed": closed,
            "is_shut": closed and not may_have_code,
            "form": form,
            "is_sent": is_sent,
        }
        response = render(self.request, "projects/call_start.html", context, status=status)
        add_never_cache_headers(response)
        return response


@method_decorator(csrf_exempt, name="dispatch")
class LostLinkPage(EditionPage):
    """Mails the links to one's applications again. Says nothing about whom we know."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(AddressForm(), is_sent="sent" in request.GET)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not ratelimit.consume(request, action="register"):
            return ratelimit.respond_429(request)
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        mail_lost_links(self.edition, form.cleaned_data["email"])
        return redirect(f"{request.path}?sent")

    def page(self, form: AddressForm, status: int = 200, is_sent: bool = False) -> HttpResponse:
        context = {"edition": self.edition, "form": form, "is_sent": is_sent}
        response = render(self.request, "projects/call_lost_link.html", context, status=status)
        add_never_cache_headers(response)
        return response


class ProvePage(PersonalPage):
    """The link of the mail: opening it changes nothing, its button opens the application."""

    template_name = "projects/call_prove.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return request_of(token, edition_slug)

    def show(self, request: HttpRequest, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        call: Call = self.row.kind.call
        context = {"edition": call.edition, "asked": self.row, **more}
        return render(request, self.template_name, context, status=status)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            application = prove_request(self.row.pk)
        except ValidationError as refusal:
            text = " ".join(refusal.messages)
            return self.show(request, refusal=text, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return redirect(own_link(application, get_language() or "en"))


def refuse_unknown_step(slug: str, known: list[str]) -> None:
    if slug not in known:
        raise Http404(_("There is no such step."))
