"""The steps of an application: typed and kept, team, files, sending."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attendees.models import Form
from projects.forms.applying import MemberForm, PaperForm
from projects.forms.steps import (
    FILES,
    PROJECT,
    QUESTIONS,
    SEND,
    TEAM,
    given_project,
    given_questions,
    missing_of,
    project_form,
    questions_form,
    step_slugs,
    steps_of,
)
from projects.models import Application, ProjectFile, TeamMember
from projects.papers import endings_of
from projects.services.application_files import add_paper, limits_of, take_paper
from projects.services.applications import Given, change_step, may_change, save_step, submit
from projects.services.snapshots import content_of, lines_of
from projects.services.teams import ask_member, remove_member
from projects.views.applying import refuse_unknown_step
from projects.views.call import OfApplication

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY
Kind = ProjectFile.Kind


class StepPage(OfApplication):
    """A step of the application; each kind of step answers for itself."""

    @property
    def slug(self) -> str:
        return self.kwargs["step"]

    @cached_property
    def step(self) -> "StepOfForm | TeamStep | FilesStep | SendStep":
        refuse_unknown_step(self.slug, step_slugs(self.row))
        return STEPS[self.slug](self)

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may_change(self.row):
            return redirect(f"{self.home}?over")
        return self.step.get(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        step = self.step
        try:
            return step.post(request)
        except ValidationError as refusal:
            if "autosave" in request.POST:
                code = getattr(refusal, "code", "") or ""
                said = {"error": " ".join(refusal.messages), "code": code}
                return JsonResponse(said, status=HTTPStatus.CONFLICT)
            return step.refused(request, refusal)

    def page(self, template: str, **more: Any) -> HttpResponse:
        self.template_name = template
        status = more.pop("status", HTTPStatus.OK)
        slugs = step_slugs(self.row)
        at = slugs.index(self.slug)
        more |= {
            "steps": steps_of(self.row),
            "slug": self.slug,
            "previous": slugs[at - 1] if at else "",
        }
        return self.show(self.request, status=status, **more)

    def following(self) -> str:
        """Where one goes on from here: the next step, or back to what was sent."""
        if self.row.submitted_at:
            return f"{self.home}?done=changed"
        slugs = step_slugs(self.row)
        return f"{self.home}{slugs[slugs.index(self.slug) + 1]}/"


def edits_in(request: HttpRequest) -> int | None:
    typed = request.POST.get("edits", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else None


class StepOfForm:
    """The project's facts, or the questions of its kind: kept as one types until it is sent."""

    template = "projects/application_step.html"

    def __init__(self, view: StepPage) -> None:
        self.view, self.row = view, view.row

    def form(self, data: Any = None, *, is_draft: bool) -> Any:
        if self.view.slug == PROJECT:
            return project_form(self.row, data, is_draft=is_draft)
        return questions_form(self.row, self.asked, data, is_draft=is_draft)

    @property
    def asked(self) -> Form:
        if self.view.asked is None:
            raise Http404(_("There is no such step."))
        return self.view.asked

    def given(self, form: Any) -> Given:
        return given_project(form) if self.view.slug == PROJECT else given_questions(form)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(self.form(is_draft=True))

    def page(self, form: Any, **more: Any) -> HttpResponse:
        names = {"form": form} if self.view.slug == PROJECT else {"designed": form}
        return self.view.page(self.template, **names, **more)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST, is_draft=not self.row.submitted_at)
        is_valid = form.is_valid()
        if self.row.submitted_at:
            return self.change(request, form) if is_valid else self.page(form, status=UNPROCESSABLE)
        kept = save_step(self.row.pk, self.given(form), edits=edits_in(request))
        if "autosave" in request.POST:
            at = date_format(timezone.localtime(kept.saved_at), "H:i:s")
            return JsonResponse({"edits": kept.edits, "saved": at})
        self.view.row = self.row = kept
        if not is_valid:
            return self.page(form, status=UNPROCESSABLE)
        return redirect(
            self.view.following() if "next" in request.POST else f"{request.path}?done=saved"
        )

    def change(self, request: HttpRequest, form: Any) -> HttpResponse:
        change_step(self.row.pk, self.given(form), edits=edits_in(request))
        return redirect(self.view.following())

    def refused(self, request: HttpRequest, refusal: ValidationError) -> HttpResponse:
        """Nothing was kept: what was typed stays in the boxes."""
        form = self.form(request.POST, is_draft=True)
        form.is_valid()
        is_behind = getattr(refusal, "code", "") == "edited"
        if hasattr(refusal, "error_dict"):
            form.add_error(None, refusal)
            return self.page(form, status=UNPROCESSABLE)
        self.view.row = self.row = application_again(self.row)
        text = " ".join(refusal.messages)
        status = HTTPStatus.CONFLICT if is_behind else UNPROCESSABLE
        return self.page(form, refusal=text, is_behind=is_behind, status=status)


def application_again(row: Application) -> Application:
    row.refresh_from_db(fields=["edits", "saved_at", "typed", "submitted_at"])
    return row


class TeamStep:
    """Who is in the team: asked here, each adds their own part by a link of their own."""

    template = "projects/application_team.html"

    def __init__(self, view: StepPage) -> None:
        self.view, self.row = view, view.row

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(MemberForm())

    def page(self, form: MemberForm, **more: Any) -> HttpResponse:
        return self.view.page(self.template, form=form, team=self.row.team.all(), **more)

    def post(self, request: HttpRequest) -> HttpResponse:
        if pk := request.POST.get("remove", ""):
            remove_member(self.row.pk, int(pk) if pk.isdecimal() else 0)
            return redirect(f"{request.path}?done=removed")
        form = MemberForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=UNPROCESSABLE)
        ask_member(self.row.pk, form.cleaned_data, language=get_language() or "en")
        return redirect(f"{request.path}?done=asked")

    def refused(self, request: HttpRequest, refusal: ValidationError) -> HttpResponse:
        form = MemberForm(request.POST if "remove" not in request.POST else None)
        if hasattr(refusal, "error_dict") and form.is_valid():
            form.add_error(None, refusal)
            return self.page(form, status=UNPROCESSABLE)
        return self.page(form, refusal=" ".join(refusal.messages), status=UNPROCESSABLE)


class FilesStep:
    """Decks and certificates: added and taken back one by one."""

    template = "projects/application_files.html"

    def __init__(self, view: StepPage) -> None:
        self.view, self.row = view, view.row

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page()

    def forms(self, bound: dict[str, PaperForm] | None = None) -> list[dict[str, Any]]:
        held = list(self.row.project.files.all())
        return [
            {
                "kind": kind,
                "title": kind.label,
                "files": [file for file in held if file.kind == kind],
                "limits": limits_of(self.row.kind, kind),
                "endings": ", ".join(end[1:].upper() for end in endings_of(kind)),
                "is_needed": kind == Kind.DECK and self.row.kind.needs_deck,
                "form": (bound or {}).get(kind) or self.form(kind),
            }
            for kind in [Kind.DECK, Kind.CERTIFICATE]
        ]

    def form(self, kind: str, request: HttpRequest | None = None) -> PaperForm:
        label = _("Add a deck") if kind == Kind.DECK else _("Add a certificate")
        data = (request.POST, request.FILES) if request else ()
        return PaperForm(*data, endings=endings_of(kind), label=label, prefix=kind)

    def page(self, **more: Any) -> HttpResponse:
        kinds = self.forms(more.pop("bound", None))
        return self.view.page(self.template, kinds=kinds, **more)

    def post(self, request: HttpRequest) -> HttpResponse:
        if pk := request.POST.get("remove", ""):
            take_paper(self.row.pk, int(pk) if pk.isdecimal() else 0)
            return redirect(f"{request.path}?done=removed")
        kind = request.POST.get("kind", "")
        if kind not in Kind.values:
            raise Http404(_("There is no such file."))
        form = self.form(kind, request)
        if not form.is_valid():
            return self.page(bound={kind: form}, status=UNPROCESSABLE)
        file = form.cleaned_data["file"]
        try:
            add_paper(self.row.pk, kind=kind, name=file.name, content=file.read())
        except ValidationError as refusal:
            form.add_error("file", refusal)
            return self.page(bound={kind: form}, status=UNPROCESSABLE)
        return redirect(f"{request.path}?done=added")

    def refused(self, request: HttpRequest, refusal: ValidationError) -> HttpResponse:
        return self.page(refusal=" ".join(refusal.messages), status=UNPROCESSABLE)


class SendStep:
    """Everything once more, what is missing, and the button that sends it."""

    template = "projects/application_send.html"

    def __init__(self, view: StepPage) -> None:
        self.view, self.row = view, view.row

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.row.submitted_at:
            return redirect(self.view.home)
        return self.page()

    def page(self, **more: Any) -> HttpResponse:
        lines = lines_of(content_of(self.row), self.view.asked)
        waiting = self.row.team.filter(state=TeamMember.State.INVITED)
        more |= {"missing": missing_of(self.row), "lines": lines, "waiting": waiting}
        return self.view.page(self.template, **more)

    def post(self, request: HttpRequest) -> HttpResponse:
        if missing_of(self.row):
            return self.page(status=UNPROCESSABLE)
        submit(self.row.pk, edits=edits_in(request))
        return redirect(f"{self.view.home}?done=sent")

    def refused(self, request: HttpRequest, refusal: ValidationError) -> HttpResponse:
        self.view.row = self.row = application_again(self.row)
        return self.page(refusal=" ".join(refusal.messages), status=UNPROCESSABLE)


STEPS: dict[str, Any] = {
    PROJECT: StepOfForm,
    QUESTIONS: StepOfForm,
    TEAM: TeamStep,
    FILES: FilesStep,
    SEND: SendStep,
}
