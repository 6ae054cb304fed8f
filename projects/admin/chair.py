"""The chair's page of a round: the live ranking, sealed from everyone who may not change it."""

import io
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hrconf.lib.downloads import download
from projects.forms.chair import BestForm, PitchesForm, ReasonForm
from projects.forms.judging import LeaveForm
from projects.models import Juror, Round
from projects.services import rounds, score_files
from projects.services.entering import enter_best
from projects.services.jury import juror_link, mail_links, remind_missing, renew_link
from projects.services.overview import overview_of
from projects.services.pitches import make_pitches
from projects.services.scoring import recuse, resume
from projects.services.seating import seat_jury

MAY_CHAIR = "projects.change_round"
FORMATS: dict[str, tuple[Callable, str]] = {
    "xlsx": (
        score_files.write_scores_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (score_files.write_scores_csv, "text/csv; charset=utf-8"),
    "json": (score_files.write_scores_json, "application/json"),
}


class ChairMixin:
    """Gives the rounds' admin the chair's page and the file with every score."""

    def get_urls(self) -> list:
        wrap, name = self.admin_site.admin_view, "projects_round"
        return [
            path("<int:pk>/chair/", wrap(self.chair_view), name=f"{name}_chair"),
            path("<int:pk>/scores/", wrap(self.scores_view), name=f"{name}_scores"),
            *super().get_urls(),
        ]

    def round_for_chair(self, request: HttpRequest, pk: int) -> Round:
        if not request.user.has_perm(MAY_CHAIR):
            raise PermissionDenied
        round = self.get_queryset(request).filter(pk=pk).first()
        if round is None:
            raise Http404
        return round

    def chair_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        round = self.round_for_chair(request, pk)
        refused: dict[str, forms.Form] = {}
        if request.method == "POST":
            name = request.POST.get("deed", "")
            form = self.do(request, round, name)
            if form is None:
                return HttpResponseRedirect(reverse("admin:projects_round_chair", args=[pk]))
            refused = {f"{name}_form": form}
            round = self.round_for_chair(request, pk)
        return self.chair_page(request, round, refused)

    def do(self, request: HttpRequest, round: Round, name: str) -> forms.Form | None:
        """Do what a button says and tell what came of it; a form that does not hold comes back."""
        if name not in DEEDS:
            return forms.Form()
        make, deed = DEEDS[name]
        form = make(round, request.POST)
        if not form.is_valid():
            return form
        try:
            messages.success(request, deed(round, request, form))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return None

    def chair_page(
        self, request: HttpRequest, round: Round, refused: dict[str, forms.Form]
    ) -> HttpResponse:
        view = overview_of(round)
        language = get_language() or "en"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": round.name,
            "original": round,
            "round": round,
            "view": view,
            "links": {one.juror.pk: juror_link(one.juror, language) for one, _v in view.jurors},
            "reopen_form": ReasonForm(),
            "pitches_form": PitchesForm(round.edition),
            "best_form": BestForm(round),
            "steps": rounds.steps_of(round),
            "formats": list(FORMATS),
            "unpitched": may_plan(request) and round.entries.filter(session=None).count(),
            **refused,
        }
        request.current_app = self.admin_site.name
        status = 422 if refused else 200
        response = TemplateResponse(
            request, "admin/office/round_chair.html", context, status=status
        )
        response["Cache-Control"] = "private, no-store"
        return response

    def scores_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every score, as the trail has it, in one file."""
        round = self.round_for_chair(request, pk)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        kind = request.GET.get("format", "xlsx")
        if kind not in FORMATS:
            raise Http404
        write, content_type = FORMATS[kind]
        file = io.BytesIO()
        write(file, round)
        file.seek(0)
        name = f"scores-{round.edition.slug}-round-{round.number}.{kind}"
        return download(file, name, content_type)


# What each button does; each returns the sentence that says so -------------------------------


def open_it(round: Round, request: HttpRequest, form: forms.Form) -> str:
    rounds.open_round(round.pk, by=request.user)
    return _("The round is open for judging.")


def close_it(round: Round, request: HttpRequest, form: forms.Form) -> str:
    rounds.close_round(round.pk, by=request.user)
    return _("The round is closed: nothing is counted from now on.")


def reopen_it(round: Round, request: HttpRequest, form: forms.Form) -> str:
    rounds.reopen_round(round.pk, reason=form.cleaned_data["reason"], by=request.user)
    return _("The round is open again; the reason is in its trail.")


def publish_it(round: Round, request: HttpRequest, form: forms.Form) -> str:
    rounds.publish_round(round.pk, by=request.user)
    return _("The ranking is frozen. Visitors see of it what you reveal.")


def reveal_it(round: Round, request: HttpRequest, form: forms.Form) -> str:
    shown = rounds.reveal(round.pk, step=form.cleaned_data["step"], by=request.user).revealed
    text = ngettext("%(count)s place is revealed.", "%(count)s places are revealed.", shown)
    return text % {"count": shown}


def assign(round: Round, request: HttpRequest, form: forms.Form) -> str:
    seated = seat_jury(round.pk, by=request.user)
    new = ngettext("%(count)s card is new.", "%(count)s cards are new.", seated.made)
    said = [new % {"count": seated.made}]
    if seated.short:
        short = ", ".join(entry.project.reference for entry in seated.short)
        said.append(_("Too few jurors without a conflict of interest for: %s") % short)
    return " ".join(said)


def mail_it(round: Round, request: HttpRequest, form: forms.Form) -> str:
    return letters(mail_links(round.pk, by=request.user))


def remind(round: Round, request: HttpRequest, form: forms.Form) -> str:
    return letters(remind_missing(round.pk, by=request.user))


def letters(count: int) -> str:
    return ngettext("%(count)s letter goes out.", "%(count)s letters go out.", count) % {
        "count": count
    }


def may_plan(request: HttpRequest) -> bool:
    return request.user.has_perm("events.change_session")


def pitches(round: Round, request: HttpRequest, form: forms.Form) -> str:
    if not may_plan(request):
        raise PermissionDenied
    made = make_pitches(round.pk, **form.cleaned_data, by=request.user)
    text = ngettext(
        "%(count)s pitch is a draft in the programme.",
        "%(count)s pitches are drafts in the programme.",
        made,
    )
    return text % {"count": made}


def go_on(round: Round, request: HttpRequest, form: forms.Form) -> str:
    said = form.cleaned_data
    new = enter_best(round.pk, first=said["first"], into=said["into"], by=request.user)
    text = ngettext(
        "%(count)s project goes on to “%(round)s”.", "%(count)s projects go on to “%(round)s”.", new
    )
    return text % {"count": new, "round": said["into"].name}


def renew(round: Round, request: HttpRequest, form: forms.Form) -> str:
    renew_link(form.cleaned_data["juror"].pk, by=request.user)
    return _("The juror has a new link; the old one opens nothing any more.")


def recuse_them(round: Round, request: HttpRequest, form: forms.Form) -> str:
    said = form.cleaned_data
    recuse(
        said["juror"].pk,
        entry_id=said["entry"].pk,
        reason=said["reason"],
        is_silent=said["is_silent"],
        by=request.user,
    )
    return _("The juror is recused from this entry; what they scored of it does not count.")


def resume_them(round: Round, request: HttpRequest, form: forms.Form) -> str:
    said = form.cleaned_data
    resume(said["juror"].pk, entry_id=said["entry"].pk, by=request.user)
    return _("The juror judges this entry again.")


class StepForm(forms.Form):
    step = forms.IntegerField(min_value=0, max_value=100)


class JurorForm(forms.Form):
    def __init__(self, round: Round, data=None) -> None:
        super().__init__(data)
        self.fields["juror"] = forms.ModelChoiceField(Juror.objects.filter(round=round))


class SeatForm(JurorForm):
    def __init__(self, round: Round, data=None) -> None:
        super().__init__(round, data)
        self.fields["entry"] = forms.ModelChoiceField(round.entries.all())


class RecuseForm(SeatForm, LeaveForm):
    """Which juror, which entry, why."""


def nothing(round: Round, data: Any) -> forms.Form:
    return forms.Form(data)


DEEDS: dict[str, tuple[Callable, Callable]] = {
    "open": (nothing, open_it),
    "close": (nothing, close_it),
    "publish": (nothing, publish_it),
    "assign": (nothing, assign),
    "links": (nothing, mail_it),
    "remind": (nothing, remind),
    "reopen": (lambda _round, data: ReasonForm(data), reopen_it),
    "reveal": (lambda _round, data: StepForm(data), reveal_it),
    "best": (BestForm, go_on),
    "pitches": (lambda one, data: PitchesForm(one.edition, data), pitches),
    "renew": (JurorForm, renew),
    "recuse": (RecuseForm, recuse_them),
    "resume": (SeatForm, resume_them),
}
