"""The applicant's own pages: step by step, kept as one types, sent, changed, handed on."""

from functools import cached_property
from http import HTTPStatus
from io import BytesIO
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attendees.models import Form
from attendees.views.personal import PersonalPage
from hrconf.lib.downloads import download
from projects.forms.applying import NamesForm, OwnPartForm
from projects.forms.steps import (
    SEND,
    form_of,
    steps_of,
)
from projects.models import Application, ProjectFile, TeamMember
from projects.services.applications import (
    may_change,
    trouble_of,
    withdraw,
)
from projects.services.applying import application_of, own_link
from projects.services.calls import closing_of
from projects.services.receipts import draw_receipt, receipt_name
from projects.services.snapshots import changes_between, lines_of
from projects.services.takeovers import ask_takeover, end_takeover, take_over, takeover_of
from projects.services.teams import answer_member, member_of

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
Kind = ProjectFile.Kind


class OfApplication(PersonalPage):
    """A page that the link to an application opens."""

    row: Application

    def find(self, token: str, edition_slug: str) -> Any:
        return application_of(token, edition_slug)

    @property
    def home(self) -> str:
        """The application's first page, in the reader's language."""
        place = {"edition": self.row.edition.slug, "token": self.kwargs["token"]}
        return reverse("projects:application", kwargs=place)

    @cached_property
    def asked(self) -> Form | None:
        return form_of(self.row)

    def get_context(self) -> dict[str, Any]:
        return {
            "application": self.row,
            "project": self.row.project,
            "home": self.home,
            "may_change": may_change(self.row),
            "trouble": trouble_of(self.row),
            "closes_at": closing_of(self.row.kind, self.row.code),
            "done": self.request.GET.get("done", ""),
        }


class ApplicationPage(OfApplication):
    """How far it is; what was sent; handing it on; taking it back."""

    template_name = "projects/application.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.row.submitted_at and may_change(self.row) and "over" not in request.GET:
            return redirect(f"{self.home}{self.first_open()}/")
        return self.page(NamesForm())

    def first_open(self) -> str:
        """The first step in which something is missing, else the last."""
        return next((step.slug for step in steps_of(self.row) if step.missing), SEND)

    def page(self, form: NamesForm, **more: Any) -> HttpResponse:
        versions = list(self.row.versions.all())
        last = versions[-1].content if versions else None
        pairs = pairwise(versions)
        changed = [
            (new, changes_between(old.content, new.content, self.asked)) for old, new in pairs
        ]
        return self.show(
            self.request,
            steps=steps_of(self.row),
            lines=lines_of(last, self.asked) if last else [],
            versions=versions,
            changed=changed,
            form=form,
            takeover=self.row.takeovers.filter(done_at=None, ended_at=None).first(),
            **more,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NamesForm(request.POST if "ask" in request.POST else None)
        try:
            if "withdraw" in request.POST:
                withdraw(self.row.pk)
                return redirect(f"{self.home}?done=withdrawn&over")
            if "end" in request.POST:
                end_takeover(self.row.pk)
                return redirect(f"{self.home}?done=ended&over")
            if form.is_valid():
                language = get_language() or "en"
                ask_takeover(self.row.pk, form.cleaned_data, language=language)
                return redirect(f"{self.home}?done=asked&over")
        except ValidationError as refusal:
            if not hasattr(refusal, "error_dict"):
                return self.page(form, refusal=" ".join(refusal.messages), status=UNPROCESSABLE)
            form.add_error(None, refusal)
        return self.page(form, status=UNPROCESSABLE)


class OwnPaper(OfApplication):
    """A file of the application, back to who sent it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        file = self.row.project.files.filter(pk=self.kwargs["file"]).first()
        if file is None or not file.file:
            raise Http404(_("There is no such file."))
        return download(file.file.open("rb"), file.name, file.content_type)


class Receipt(OfApplication):
    """The receipt of a version, as a PDF."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        version = self.row.versions.filter(number=self.kwargs["number"]).first()
        if version is None:
            raise Http404(_("There is no such version."))
        paper = draw_receipt(self.row, version)
        return download(BytesIO(paper), receipt_name(self.row), "application/pdf")


class MemberPage(PersonalPage):
    """A member of a team says who they are, or that they are not in it."""

    row: TeamMember
    template_name = "projects/team_member.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return member_of(token, edition_slug)

    def get_context(self) -> dict[str, Any]:
        application = self.row.application
        return {
            "member": self.row,
            "project": application.project,
            "may_change": may_change(application),
            "done": self.request.GET.get("done", ""),
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        names = ["name_native", "name_latin", "role", "part"]
        form = OwnPartForm(initial={name: getattr(self.row, name) for name in names})
        return self.show(request, form=form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OwnPartForm(request.POST)
        declines = "decline" in request.POST
        if not declines and not form.is_valid():
            return self.show(request, form=form, status=UNPROCESSABLE)
        try:
            answer_member(self.row.pk, None if declines else form.cleaned_data)
        except ValidationError as refusal:
            text = " ".join(refusal.messages)
            return self.show(request, form=form, refusal=text, status=UNPROCESSABLE)
        return redirect(f"{request.path}?done={'declined' if declines else 'joined'}")


class TakeoverPage(PersonalPage):
    """Whoever an application was written for takes it over. Opening it changes nothing."""

    template_name = "projects/takeover.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return takeover_of(token, edition_slug)

    def get_context(self) -> dict[str, Any]:
        return {"takeover": self.row, "application": self.row.application}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            application = take_over(self.row.pk)
        except ValidationError as refusal:
            return self.show(request, refusal=" ".join(refusal.messages), status=UNPROCESSABLE)
        return redirect(own_link(application, get_language() or "en"))
