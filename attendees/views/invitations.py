"""The page on which a guest answers an invitation."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from attendees.addressing import salutation
from attendees.calendars import edition_days
from attendees.forms.invitations import AnswerForm, AskAgainForm, DeputyForm, TentativeForm
from attendees.models import Invitation
from attendees.services.answers import (
    accept_invitation,
    can_answer,
    can_give_back,
    decline_invitation,
    hold_invitation,
    invitation_of,
    note_opened,
)
from attendees.services.clock import is_late, last_day_to_decide, today_at
from attendees.services.deadlines import ask_again, is_too_late
from attendees.services.deputies import deputy_of, name_deputy, take_deputy_back
from attendees.services.letters import registration_link
from attendees.services.paper import draw_letter, letter_number
from attendees.views.personal import PersonalPage
from hrconf.lib.pdf import PdfError

Status = Invitation.Status


class InvitationPage(PersonalPage):
    """Opening it changes nothing; every answer is a POST, with a word if one likes."""

    template_name = "attendees/invitation.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return invitation_of(token, edition_slug)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the pressed button says; what was typed wrong stays in its form."""
        name = request.POST.get("answer", "")
        make, do = self.answers.get(name, (AnswerForm, None))
        if do:
            note_opened(self.row.pk)
        form = self.form(make, request.POST)
        try:
            if form.is_valid() and do:
                return redirect(do(self, form))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        self.row = self.find(self.kwargs["token"], self.row.edition.slug)
        return self.show(
            request, typed=name, status=HTTPStatus.UNPROCESSABLE_ENTITY, **{KEYS[make]: form}
        )

    # What each button does, and where the guest goes from there -------------------------

    def accept(self, form: forms.Form) -> str:
        registration = accept_invitation(self.row.pk, note=form.cleaned_data["note"])
        return registration_link(registration, get_language() or "en")

    def decline(self, form: forms.Form) -> str:
        decline_invitation(self.row.pk, note=form.cleaned_data["note"])
        return self.request.path

    def hold(self, form: forms.Form) -> str:
        hold_invitation(self.row.pk, **form.cleaned_data)
        return self.request.path

    def name_deputy(self, form: forms.Form) -> str:
        language = get_language() or "en"
        name_deputy(self.row.pk, deputy=form.cleaned_data, language=language)
        return self.request.path

    def take_back(self, form: forms.Form) -> str:
        take_deputy_back(self.row.pk)
        return self.request.path

    def ask_again(self, form: forms.Form) -> str:
        ask_again(self.row.pk, note=form.cleaned_data["note"])
        return self.request.path

    answers = {
        "accept": (AnswerForm, accept),
        "decline": (AnswerForm, decline),
        "tentative": (TentativeForm, hold),
        "deputy": (DeputyForm, name_deputy),
        "take_back": (forms.Form, take_back),
        "again": (AskAgainForm, ask_again),
    }

    # What the page shows -----------------------------------------------------------------

    def form(self, make: type[forms.Form], data: Any = None) -> forms.Form:
        initial = {"note": self.row.answer_note, "decide_by": self.row.decide_by}
        if make is AskAgainForm:
            initial = {}
        days = {}
        if make is TentativeForm:
            edition = self.row.edition
            days = {"first": today_at(edition), "last": last_day_to_decide(edition)}
        return make(data, initial=initial, **days)

    def get_context(self) -> dict[str, Any]:
        row, language = self.row, get_language() or "en"
        registration = getattr(row, "registration", None)
        may_answer = can_answer(row)
        return {
            "invitation": row,
            "salutation": salutation(row.person, language),
            "other_salutation": salutation(row.person, "en" if language != "en" else "zh-hans"),
            "number": letter_number(row),
            "registration_url": registration and registration_link(registration, language),
            "may_answer": may_answer,
            "may_decline": can_give_back(row),
            "may_hold": may_answer and row.status != Status.ACCEPTED,
            "may_name": may_answer and row.may_send_deputy and not row.represents_id,
            "may_take_back": row.status == Status.DEPUTY and not is_late(row),
            "is_too_late": is_too_late(row),
            "deputy": deputy_of(row) if row.status == Status.DEPUTY else None,
            **{key: self.form(make) for make, key in KEYS.items()},
            **{f"{page}_url": self.beside(page) for page in BESIDE},
        }

    def beside(self, page: str) -> str:
        """The address of something else that the same link opens."""
        return reverse(f"attendees:invitation_{page}", kwargs=self.kwargs)


KEYS = {
    AnswerForm: "form",
    TentativeForm: "tentative_form",
    DeputyForm: "deputy_form",
    AskAgainForm: "again_form",
    forms.Form: "take_back_form",
}
BESIDE = ["opened", "letter", "calendar", "address"]


class InvitationOpened(InvitationPage):
    """A script says that a person looks at the page; scanners of mail do not get here."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        note_opened(self.row.pk)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)


class InvitationLetter(InvitationPage):
    """The official letter on paper, in both languages."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            drawn = draw_letter(self.row)
        except PdfError as refusal:
            text = " ".join(refusal.messages)
            return self.show(request, refusal=text, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        response = HttpResponse(drawn, content_type="application/pdf")
        name = f"invitation-{self.row.edition.slug}-{letter_number(self.row) or self.row.pk}.pdf"
        response["Content-Disposition"] = f'inline; filename="{name}"'
        return response


class InvitationCalendar(InvitationPage):
    """The days of the conference for the guest's calendar."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        content = edition_days(self.row.edition, get_language() or "en")
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.row.edition.slug}.ics"'
        return response
