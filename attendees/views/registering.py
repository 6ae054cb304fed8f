"""Registering without an invitation: the categories, the request, the proof."""

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from attendees.forms.registering import RegisterForm
from attendees.models import Category
from attendees.services.letters import registration_link
from attendees.services.registering import (
    open_categories,
    prove_request,
    refuse_not_open,
    request_of,
    request_registration,
)
from attendees.views.personal import PersonalPage
from events.models import Edition


class EditionPage(View):
    """A page of a public edition that sets no cookie and needs no login."""

    http_method_names = ["get", "head", "options"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = get_object_or_404(Edition, slug=kwargs["edition"], is_public=True)

    def closed_because(self, category: Category) -> str:
        """Why nobody can register in a category now; nothing if one can."""
        try:
            refuse_not_open(category)
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        return ""


class Register(EditionPage):
    """In which categories anybody may register."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = open_categories(self.edition).select_related("edition")
        categories = [(category, self.closed_because(category)) for category in found]
        context = {"edition": self.edition, "categories": categories}
        return render(request, "attendees/register.html", context)


@method_decorator(csrf_exempt, name="dispatch")
class RegisterAs(EditionPage):
    """A name and an address; a link goes there. No cookie gives rights, so no csrf token."""

    http_method_names = ["get", "head", "options", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = open_categories(self.edition).select_related("edition")
        self.category = get_object_or_404(found, kind=kwargs["kind"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(RegisterForm(), is_sent="sent" in request.GET)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not ratelimit.consume(request, action="register"):
            return ratelimit.respond_429(request)
        form = RegisterForm(request.POST)
        if form.is_valid():
            try:
                language = get_language() or "en"
                request_registration(self.category, form.cleaned_data, language=language)
                return redirect(f"{request.path}?sent")
            except ValidationError as refusal:
                form.add_error(None, refusal)
        return self.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def page(self, form: RegisterForm, status: int = 200, is_sent: bool = False) -> HttpResponse:
        context = {
            "edition": self.edition,
            "category": self.category,
            "closed": self.closed_because(self.category),
            "form": form,
            "is_sent": is_sent,
        }
        response = render(self.request, "attendees/register_as.html", context, status=status)
        add_never_cache_headers(response)
        return response


class ProveAddress(PersonalPage):
    """The link of the mail: opening it changes nothing, its button opens the registration."""

    template_name = "attendees/prove.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return request_of(token, edition_slug)

    def show(self, request: HttpRequest, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        category = self.row.category
        context = {"edition": category.edition, "category": category, "asked": self.row, **more}
        return render(request, self.template_name, context, status=status)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            registration = prove_request(self.row.pk)
        except ValidationError as refusal:
            text = " ".join(refusal.messages)
            return self.show(request, refusal=text, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return redirect(registration_link(registration, get_language() or "en"))
