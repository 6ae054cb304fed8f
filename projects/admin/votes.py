"""The audience's votes in the office: odd patterns first, then counted or struck out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import Round, Vote
from projects.services.votes import count_votes, sources_of, strike_votes


class VotesMixin:
    """Gives the rounds' admin the page on which votes are checked."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.votes_view)
        return [path("<int:pk>/votes/", view, name="projects_round_votes"), *super().get_urls()]

    def votes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        round = self.round_for_chair(request, pk)
        if round.mode != Round.Mode.AUDIENCE:
            raise Http404
        if request.method == "POST":
            self.judge_votes(request, round)
            return HttpResponseRedirect(reverse("admin:projects_round_votes", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Votes of the audience"),
            "original": round,
            "round": round,
            "sources": sources_of(round),
            "states": [
                (label, round.votes.filter(state=state).count())
                for state, label in Vote.State.choices
            ],
        }
        request.current_app = self.admin_site.name
        response = TemplateResponse(request, "admin/office/round_votes.html", context)
        response["Cache-Control"] = "private, no-store"
        return response

    def judge_votes(self, request: HttpRequest, round: Round) -> None:
        """Do what the button says to the addresses that are ticked; "all" takes all."""
        chosen, deed = request.POST.getlist("source"), request.POST.get("deed")
        try:
            if deed == "strike":
                reason = request.POST.get("reason", "").replace("\x00", "")
                done = strike_votes(round.pk, sources=chosen, reason=reason, by=request.user)
                text = ngettext(
                    "%(count)s vote is struck out.", "%(count)s votes are struck out.", done
                )
            else:
                sources = None if deed == "count_all" else chosen
                done = count_votes(round.pk, sources=sources, by=request.user)
                text = ngettext("%(count)s vote counts.", "%(count)s votes count.", done)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, text % {"count": done})
