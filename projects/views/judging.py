"""The juror's page: by a personal link, on a tablet, with or without a net."""

from http import HTTPStatus
from itertools import chain
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from attendees.views.personal import PersonalPage
from projects.forms.judging import AbstainForm, CardForm, LeaveForm, TouchForm
from projects.models import Juror, ProjectFile, Round
from projects.services.score_sheets import Card, cards_of, progress_of
from projects.services.scoring import abstain, juror_of, keep_score, recuse, resume
from projects.services.standings import ranking_of
from projects.services.trail import Touch
from projects.views.files import hand_out


class JurorPage(PersonalPage):
    """Opening it changes nothing; every touch is a POST of its own."""

    template_name = "projects/juror.html"
    row: Juror

    def find(self, token: str, edition_slug: str) -> Juror | None:
        return juror_of(token, edition_slug)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        if "key" in request.POST:
            return self.touched(TouchForm(request.POST))
        card = self.card(request.POST.get("entry", ""))
        name = request.POST.get("deed", "")
        if card is None or name not in DEEDS:
            return self.show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        form = DEEDS[name][0](card, request.POST)
        try:
            if form.is_valid():
                DEEDS[name][1](self, card, form)
                return HttpResponseRedirect(f"{request.path}#entry-{card.entry.pk}")
        except ValidationError as refusal:
            form.add_error(None, refusal)
        self.row = self.find(self.kwargs["token"], self.row.edition.slug) or self.row
        return self.show(
            request,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            typed=card.entry.pk,
            typed_deed=name,
            typed_form=form,
        )

    # One touch, sent by the page's script -------------------------------------------------

    def touched(self, form: TouchForm) -> HttpResponse:
        """Kept, or why not and what holds instead."""
        if not form.is_valid():
            return self.refused("invalid", " ".join(chain.from_iterable(form.errors.values())), 422)
        said = form.cleaned_data
        try:
            line = keep_score(
                self.row.pk,
                entry_id=said["entry"],
                criterion_id=said["criterion"],
                value=said["value"],
                touch=form.touch(),
            )
        except ValidationError as refusal:
            code = getattr(refusal, "code", "") or "refused"
            return self.refused(code, " ".join(refusal.messages), 409, **self.holding(said))
        return JsonResponse({"state": "kept", "number": line.number, "value": line.value})

    def refused(self, code: str, text: str, status: int, **more: Any) -> HttpResponse:
        return JsonResponse({"state": code, "text": text, **more}, status=status)

    def holding(self, said: dict[str, Any]) -> dict[str, Any]:
        """What is kept of the score that was touched."""
        for card in cards_of(self.row):
            for cell in card.cells:
                if (card.entry.pk, cell.criterion.pk) == (said["entry"], said["criterion"]):
                    return {"value": cell.value, "number": cell.number}
        return {}

    # Whole cards and leaving, sent by plain forms ------------------------------------------

    def card(self, entry: str) -> Card | None:
        found = {str(card.entry.pk): card for card in cards_of(self.row)}
        return found.get(entry)

    def keep(self, card: Card, form: CardForm) -> None:
        for criterion, value, touch in form.changed():
            keep_score(
                self.row.pk,
                entry_id=card.entry.pk,
                criterion_id=criterion,
                value=value,
                touch=touch,
            )

    def abstain(self, card: Card, form: forms.Form) -> None:
        abstain(self.row.pk, entry_id=card.entry.pk, touch=Touch(uuid4()), **form.cleaned_data)

    def recuse(self, card: Card, form: forms.Form) -> None:
        recuse(self.row.pk, entry_id=card.entry.pk, **form.cleaned_data)

    def resume(self, card: Card, form: forms.Form) -> None:
        resume(self.row.pk, entry_id=card.entry.pk)

    # What the page shows ----------------------------------------------------------------------

    def get_context(self) -> dict[str, Any]:
        round, cards = self.row.round, cards_of(self.row)
        is_over = round.state in {Round.State.CLOSED, Round.State.PUBLISHED}
        return {
            "juror": self.row,
            "token": self.kwargs["token"],
            "round": round,
            "cards": cards,
            "done": sum(card.is_done for card in cards),
            "abstain_form": AbstainForm(auto_id=False),
            "leave_form": LeaveForm(auto_id=False),
            "progress": progress_of(round) if self.row.is_lead else [],
            "standings": self.standings(round) if is_over else [],
        }

    def standings(self, round: Round) -> list[dict[str, Any]]:
        """What the whole jury gave, once nobody can be swayed by it."""
        entries = {entry.pk: entry for entry in round.entries.select_related("project")}
        found = [
            {"entry": entries[standing.entry], "standing": standing}
            for standing in ranking_of(round).standings
        ]
        return sorted(found, key=lambda row: row["entry"].position)


# What each button does: the form it fills in, and the deed.
DEEDS: dict[str, tuple[Any, Any]] = {
    "keep": (CardForm, JurorPage.keep),
    "abstain": (lambda card, data: AbstainForm(data, auto_id=False), JurorPage.abstain),
    "recuse": (lambda card, data: LeaveForm(data, auto_id=False), JurorPage.recuse),
    "resume": (lambda card, data: forms.Form(data), JurorPage.resume),
}


class JurorPaper(JurorPage):
    """A paper of an entry on the juror's sheet, to be saved."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return hand_out(ProjectFile.objects.filter(pk=self.kwargs["file"]).first(), self.row)
