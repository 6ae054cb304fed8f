"""The audience votes: by badge at once, by mail once the link in it is pressed."""

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from attendees.views.personal import PersonalPage
from projects.forms.votes import VoteForm
from projects.models import Round, Vote
from projects.services import votes
from projects.views.winners import OfRound


@method_decorator(csrf_exempt, name="dispatch")
class VotePage(OfRound):
    """No cookie gives rights here, so no csrf token; the answer never tells who has voted."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(VoteForm(self.votable))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not ratelimit.consume(request, action="vote"):
            return ratelimit.respond_429(request)
        form = VoteForm(self.votable, request.POST)
        try:
            if form.is_valid():
                return redirect(f"{request.path}?done={self.vote(form)}")
        except ValidationError as refusal:
            form.add_error("badge" if refusal.code == "badge" else None, refusal)
        return self.show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    @property
    def votable(self) -> Round:
        if self.round.mode != Round.Mode.AUDIENCE:
            raise Http404
        return self.round

    def vote(self, form: VoteForm) -> str:
        said = form.cleaned_data
        if said["badge"]:
            votes.vote_by_badge(
                self.round.pk,
                entry_id=said["entry"].pk,
                badge=said["badge"],
                source=get_ip(self.request),
            )
            return "voted"
        language = get_language() or "en"
        votes.mail_vote_link(
            self.round, entry_id=said["entry"].pk, email=said["email"], language=language
        )
        return "mailed"

    def show(self, form: VoteForm, status: int = HTTPStatus.OK) -> HttpResponse:
        context = {
            "edition": self.edition,
            "competition": self.competition,
            "round": self.round,
            "form": form,
            "done": self.request.GET.get("done", ""),
        }
        return render(self.request, "projects/vote.html", context, status=status)


class VoteProof(PersonalPage):
    """The link in a mail: opening it casts nothing, its button does."""

    template_name = "projects/vote_proof.html"

    def find(self, token: str, edition_slug: str) -> votes.Proof | None:
        return votes.proof_of(token, edition_slug)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("deed") != "vote":
            return self.show(request, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            votes.cast(
                self.row.round.pk,
                entry_id=self.row.entry.pk,
                voter=self.row.voter,
                via=Vote.Via.MAIL,
                source=get_ip(request),
            )
        except ValidationError as refusal:
            text = " ".join(refusal.messages)
            return self.show(request, refusal=text, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return self.show(request, is_done=True)

    def get_context(self) -> dict[str, Any]:
        return {"round": self.row.round, "entry": self.row.entry}
