"""The personal page of a registration: fill it in, change it, give it up."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from attendees.forms.designed import DesignedForm
from attendees.forms.details import DetailsForm
from attendees.models import Form, Registration, VisaRequest
from attendees.services.answering import Given, answer_lines, is_answered, known_of, save_draft
from attendees.services.places import (
    change_registration,
    complete_registration,
    follow_ups_of,
    form_of,
    give_up_place,
    may_change,
    registration_of,
    save_registration,
)
from attendees.services.visas import is_offered
from attendees.views.personal import PersonalPage

Status = Registration.Status
OPEN = [Status.INCOMPLETE, Status.PENDING, Status.WAITLISTED, Status.CONFIRMED]


def given_by(form: DesignedForm | None) -> Given | None:
    """What somebody sent, as the services take it."""
    if form is None:
        return None
    return Given(form.answers(), form.consents(), form.uploads(), form.dropped_files())


def has_limits(asked: list[Form | None]) -> bool:
    """Whether a form has choices with a limited number of places."""
    questions = [question for form in asked if form for question in form.fields.all()]
    choices = [choice for question in questions for choice in question.choices.all()]
    return any(choice.places is not None for choice in choices)


class OfRegistration(PersonalPage):
    """A page that the link to a registration opens."""

    row: Registration

    def find(self, token: str, edition_slug: str) -> Any:
        return registration_of(token, edition_slug)

    @property
    def language(self) -> str:
        return get_language() or "en"


class RegistrationPage(OfRegistration):
    """How far the registration is; the form; what was sent; the way to cancel."""

    template_name = "attendees/registration.html"

    @cached_property
    def asked(self) -> Form | None:
        return form_of(self.row)

    @property
    def is_changing(self) -> bool:
        return "change" in self.request.GET and may_change(self.row)

    def get_context(self) -> dict[str, Any]:
        lines = answer_lines(self.row, self.asked) if self.asked else []
        follow_ups = follow_ups_of(self.row)
        return {
            "registration": self.row,
            "name": self.row.person.name_in(self.language),
            "may_cancel": self.row.status in OPEN and not self.row.arrived_at,
            "may_change": may_change(self.row),
            "is_filling_in": self.row.status == Status.INCOMPLETE or self.is_changing,
            "is_changing": self.is_changing,
            "is_saved": "saved" in self.request.GET,
            "waiting": self.row.changes.filter(state="waiting").exists(),
            "lines": lines,
            "companions": self.row.companion_rows.all(),
            "files": self.row.files.select_related("field"),
            "consents": self.row.consents.filter(withdrawn_at=None).select_related("text__field"),
            "has_lists": self.row.waits.open().exists() or has_limits([self.asked, *follow_ups]),
            "has_visa": is_offered(self.row)
            or VisaRequest.objects.filter(registration=self.row).exists(),
            "follow_ups": [(f, is_answered(self.row, f)) for f in follow_ups],
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, **self.forms(None))

    def forms(self, request: HttpRequest | None, is_draft: bool = False) -> dict[str, Any]:
        """The two forms of the page: what every registration asks, and the designed one."""
        data, files = (request.POST, request.FILES) if request else (None, None)
        details = DetailsForm(
            data,
            initial=self.known(),
            max_companions=self.row.category.max_companions,
            is_draft=is_draft,
        )
        designed = self.asked and DesignedForm(
            self.asked, data, files, known=known_of(self.row, self.asked), is_draft=is_draft
        )
        return {"form": details, "designed": designed}

    def post(self, request: HttpRequest) -> HttpResponse:
        if "give_up" in request.POST:
            return self.done(request, self.forms(None), self.give_up)
        forms = self.forms(request, is_draft="save" in request.POST)
        are_valid = [form.is_valid() for form in forms.values() if form]  # each shows its errors
        if all(are_valid):
            return self.done(request, forms, lambda: self.keep(request, **forms))
        self.keep_files(forms["designed"])
        return self.show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, **forms)

    def done(self, request: HttpRequest, forms: dict[str, Any], deed) -> HttpResponse:
        """Do it and go on; or show the refusal, beside the question where it has one."""
        try:
            return redirect(deed())
        except ValidationError as refusal:
            general = self.beside_questions(forms["designed"], refusal)
        return self.show(request, refusal=general, status=HTTPStatus.UNPROCESSABLE_ENTITY, **forms)

    def beside_questions(self, designed: DesignedForm | None, refusal: ValidationError) -> str:
        if designed is None or not hasattr(refusal, "error_dict"):
            return " ".join(refusal.messages)
        designed.add_error(None, refusal)
        return ""

    def keep(self, request: HttpRequest, form: DetailsForm, designed: DesignedForm | None) -> str:
        """Save, send or change; return where the person goes from here."""
        details, given = form.cleaned_data, given_by(designed)
        if "save" in request.POST:
            save_registration(self.row.pk, details=details, given=given)
            return f"{request.path}?saved"
        if self.row.status == Status.INCOMPLETE:
            complete_registration(self.row.pk, details=details, given=given, language=self.language)
        else:
            change_registration(self.row.pk, details=details, given=given, language=self.language)
        return f"{request.path}?saved"

    def keep_files(self, designed: DesignedForm | None) -> None:
        """Browsers forget files when a page comes back: keep those that are in order."""
        if designed is None or self.row.status != Status.INCOMPLETE or not designed.uploads():
            return
        kept = self.row.answers.get(designed.form.slug, {})
        save_draft(self.row.pk, designed.form, Given(kept, uploads=designed.uploads()))
        designed.known.files.update(known_of(self.row, designed.form).files)

    def give_up(self) -> str:
        give_up_place(self.row)
        return self.request.path

    def known(self) -> dict[str, Any]:
        """What the form starts with."""
        return {
            "organization": self.row.person.organization,
            "title": self.row.person.title,
            "companions": "\n".join(self.row.companion_rows.values_list("name", flat=True)),
            "note": self.row.note,
        }
