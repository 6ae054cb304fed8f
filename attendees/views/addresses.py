"""The page on which somebody proves another e-mail address."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from attendees.forms.invitations import AddressForm, CodeForm
from attendees.services.addresses import ask_for_address, prove_address, waiting_change
from attendees.services.answers import invitation_of
from attendees.services.places import registration_of
from attendees.views.personal import PersonalPage


class AddressPage(PersonalPage):
    """First the new address, then the code that was mailed to it."""

    template_name = "attendees/address.html"
    back = ""

    def get_context(self) -> dict[str, Any]:
        return {
            "person": self.row.person,
            "waiting": waiting_change(self.row.person),
            "is_done": "done" in self.request.GET,
            "back_url": reverse(self.back, kwargs=self.kwargs),
            "address_form": AddressForm(),
            "code_form": CodeForm(),
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        is_code = "code" in request.POST
        form = (CodeForm if is_code else AddressForm)(request.POST)
        try:
            if form.is_valid():
                (self.prove if is_code else self.ask)(form)
                return redirect(f"{request.path}?done" if is_code else request.path)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        key = "code_form" if is_code else "address_form"
        return self.show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, **{key: form})

    def ask(self, form: AddressForm) -> None:
        email, row = form.cleaned_data["email"], self.row
        ask_for_address(
            row.person, email=email, edition=row.edition, invitation_id=self.invitation_id()
        )

    def prove(self, form: CodeForm) -> None:
        prove_address(self.row.person, code=form.cleaned_data["code"], edition=self.row.edition)

    def invitation_id(self) -> int | None:
        raise NotImplementedError


class InvitationAddress(AddressPage):
    back = "attendees:invitation"

    def find(self, token: str, edition_slug: str) -> Any:
        return invitation_of(token, edition_slug)

    def invitation_id(self) -> int | None:
        return self.row.pk


class RegistrationAddress(AddressPage):
    back = "attendees:registration"

    def find(self, token: str, edition_slug: str) -> Any:
        return registration_of(token, edition_slug)

    def invitation_id(self) -> int | None:
        return self.row.invitation_id
