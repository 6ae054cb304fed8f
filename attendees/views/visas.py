"""The page on which a guest asks for a visa letter, and the letter once it is issued."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from attendees.forms.visas import PassportForm
from attendees.models import VisaRequest
from attendees.services.letters import visa_check_link
from attendees.services.passports import deletes_on, open_pdf
from attendees.services.visas import (
    HELD,
    OPEN,
    ask_visa_letter,
    request_of,
    why_not_offered,
    withdraw_visa_request,
)
from attendees.views.registrations import OfRegistration
from hrconf.lib.downloads import download

State = VisaRequest.State


@method_decorator(sensitive_post_parameters(), name="dispatch")
class VisaPage(OfRegistration):
    """Passport data are typed here, and never shown again but for the number's end."""

    template_name = "attendees/visa.html"

    def get_context(self) -> dict[str, Any]:
        asked = request_of(self.row)
        letter = asked.valid_letter() if asked else None
        return {
            "registration": self.row,
            "asked": asked,
            "letter": letter,
            "check_url": letter and visa_check_link(letter, self.language),
            "is_held": bool(asked and asked.state in HELD and asked.sealed),
            "is_filling_in": self.is_filling_in(asked),
            "is_saved": "saved" in self.request.GET,
            "why_not": why_not_offered(self.row),
            "deletes_on": deletes_on(self.row.edition),
            "back_url": self.request.path.removesuffix("visa/"),
        }

    def is_filling_in(self, asked: VisaRequest | None) -> bool:
        """Whether the form is on the page: nothing is asked yet, or it must be put right."""
        if why_not_offered(self.row):
            return False
        is_new = asked is None or (asked.state in OPEN and asked.state != State.ASKED)
        return is_new or (asked.state == State.ASKED and "change" in self.request.GET)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=PassportForm(edition=self.row.edition))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest) -> HttpResponse:
        form = PassportForm(request.POST, edition=self.row.edition)
        try:
            if "withdraw" in request.POST:
                withdraw_visa_request(self.row.pk)
                return redirect(request.path)
            if form.is_valid():
                ask_visa_letter(self.row.pk, form.passport())
                return redirect(f"{request.path}?saved")
        except ValidationError as refusal:
            text = " ".join(refusal.messages)
            form = PassportForm(edition=self.row.edition)
            return self.refused(request, form=form, refusal=text)
        return self.refused(request, form=form)

    def refused(self, request: HttpRequest, **more: Any) -> HttpResponse:
        return self.show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, **more)


class VisaLetterFile(OfRegistration):
    """The guest's own letter that holds, as a PDF."""

    http_method_names = ["get", "head", "options"]

    @method_decorator(sensitive_variables())
    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request_of(self.row)
        letter = asked.letters.valid().first() if asked else None
        if letter is None or not (letter.holds and letter.sealed_pdf):
            raise Http404
        return download(BytesIO(open_pdf(letter)), f"{letter.reference}.pdf", "application/pdf")
