"""The personal page of a registration."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from attendees.forms.invitations import DetailsForm
from attendees.models import Registration
from attendees.services.places import complete_registration, give_up_place, registration_of
from attendees.views.personal import PersonalPage

OPEN = [
    Registration.Status.INCOMPLETE,
    Registration.Status.PENDING,
    Registration.Status.WAITLISTED,
    Registration.Status.CONFIRMED,
]


class RegistrationPage(PersonalPage):
    """How far the registration is; the form that completes it; the way to cancel."""

    template_name = "attendees/registration.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return registration_of(token, edition_slug)

    def get_context(self) -> dict[str, Any]:
        return {
            "registration": self.row,
            "name": self.row.person.name_in(get_language() or "en"),
            "may_cancel": self.row.status in OPEN and not self.row.arrived_at,
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=DetailsForm(initial=self.known()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DetailsForm(request.POST)
        is_giving_up = "give_up" in request.POST
        if is_giving_up or form.is_valid():
            try:
                self.change(is_giving_up, form)
                return redirect(request.path)
            except ValidationError as refusal:
                form = form if not is_giving_up else DetailsForm(initial=self.known())
                return self.refused(request, form, refusal)
        return self.show(request, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def change(self, is_giving_up: bool, form: DetailsForm) -> None:
        if is_giving_up:
            give_up_place(self.row)
        else:
            complete_registration(self.row.pk, details=form.cleaned_data)

    def refused(
        self, request: HttpRequest, form: DetailsForm, refusal: ValidationError
    ) -> HttpResponse:
        return self.show(
            request,
            form=form,
            refusal=" ".join(refusal.messages),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )

    def known(self) -> dict[str, Any]:
        """What the form starts with."""
        return {
            "organization": self.row.person.organization,
            "title": self.row.person.title,
            "companions": self.row.companions,
            "note": self.row.note,
        }
