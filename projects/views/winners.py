"""Pages for everyone: the winners, and the reveal on the big screen."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from events.models import Edition
from projects.models import Competition, Round
from projects.services.winners import competition_of, podium_of, published_rounds

MAX_AGE = 30  # seconds a cache may hand out the winners before it asks again


class CompetitionPage(View):
    """A page of the competition of a public edition, the same for everybody."""

    http_method_names = ["get", "head", "options"]

    @cached_property
    def edition(self) -> Edition:
        return get_object_or_404(Edition, slug=self.kwargs["edition"], is_public=True)

    @cached_property
    def competition(self) -> Competition:
        found = competition_of(self.edition)
        if found is None:
            raise Http404(_("This edition has no competition."))
        return found


class WinnersPage(CompetitionPage):
    """What is revealed of every round, with its prizes."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        podiums = [podium_of(round) for round in published_rounds(self.competition)]
        context = {
            "edition": self.edition,
            "competition": self.competition,
            "podiums": [podium for podium in podiums if podium.winners],
            "rounds": self.competition.rounds.exclude(state=Round.State.DRAFT),
        }
        response = render(request, "projects/winners.html", context)
        patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response


class OfRound(CompetitionPage):
    """Something about one round, whatever its state: it holds what is revealed, no more."""

    @cached_property
    def round(self) -> Round:
        rounds = self.competition.rounds.exclude(state=Round.State.DRAFT)
        return get_object_or_404(rounds, number=min(self.kwargs["round"], 2**15 - 1))


class RevealPage(OfRound):
    """For the big screen: third, second, first, in both languages."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {
            "edition": self.edition,
            "competition": self.competition,
            "round": self.round,
            "podium": podium_of(self.round),
        }
        response = render(request, "projects/reveal.html", context)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response


class RevealState(OfRound):
    """How many places are revealed: asked every second or so by the big screen."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = JsonResponse({"revealed": self.round.revealed})
        response["Cache-Control"] = "no-store"
        return response
