"""The page on which a guest answers an invitation."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from attendees.forms.invitations import AnswerForm
from attendees.services.answers import accept_invitation, decline_invitation, invitation_of
from attendees.services.letters import registration_link
from attendees.views.personal import PersonalPage


class InvitationPage(PersonalPage):
    """Opening it changes nothing; the answer is a POST, with a word if one likes."""

    template_name = "attendees/invitation.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return invitation_of(token, edition_slug)

    def get_context(self) -> dict[str, Any]:
        registration = getattr(self.row, "registration", None)
        return {
            "invitation": self.row,
            "name": self.row.person.name_in(get_language() or "en"),
            "registration_url": registration
            and registration_link(registration, get_language() or "en"),
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=AnswerForm(initial={"note": self.row.answer_note}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AnswerForm(request.POST)
        if form.is_valid():
            try:
                return redirect(self.answer(**form.cleaned_data))
            except ValidationError as refusal:
                form.add_error(None, refusal)
        return self.show(request, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def answer(self, answer: str, note: str) -> str:
        """Write the answer down and return where the guest goes from here."""
        if answer == AnswerForm.DECLINE:
            decline_invitation(self.row.pk, note=note)
            return self.request.path
        registration = accept_invitation(self.row.pk, note=note)
        return registration_link(registration, get_language() or "en")
