"""One's own seats in the programme: what there is, one session, and the way here."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from attendees.forms.seats import SeatLinkForm
from attendees.models import Registration
from attendees.services import buses, seat_links, signing_up, waiting
from attendees.services.letters import registration_link
from attendees.services.seats import ASK, KEEP, SWAP, programme_for
from attendees.services.signing_up import SignUp, sign_ups
from attendees.views.registering import EditionPage
from attendees.views.registrations import OfRegistration


def known(answer: str) -> str:
    """What becomes of other seats; an answer that is none asks."""
    return answer if answer in {ASK, KEEP, SWAP} else ASK


class SeatList(OfRegistration):
    """What somebody has a seat in or waits for, and what else they can sign up for."""

    http_method_names = ["get", "head", "options"]
    template_name = "attendees/seats.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def get_context(self) -> dict[str, Any]:
        found = sign_ups(self.row)
        return {
            "registration": self.row,
            "programme": programme_for(self.row.edition),
            "own": [one for one in found if one.concerns],
            "others": [one for one in found if not (one.concerns or one.item.is_cancelled)],
            "is_confirmed": self.row.status == Registration.Status.CONFIRMED,
        }


class SeatPage(OfRegistration):
    """A session: take a seat or wait for one, take what is offered, give it back."""

    template_name = "attendees/seat.html"

    def find(self, token: str, edition_slug: str) -> Any:
        row = super().find(token, edition_slug)
        if row is None:
            return None
        self.code = self.kwargs["code"]
        self.one = self.sign_up(row)
        return row

    def sign_up(self, row: Registration) -> SignUp:
        found = sign_ups(row, self.code)
        if not found:
            raise Http404
        return found[0]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def get_context(self) -> dict[str, Any]:
        return {
            "registration": self.row,
            "programme": programme_for(self.row.edition),
            "one": self.one,
            "buses": buses.buses_of(self.one.session) if self.one.seat else [],
            "item": self.one.item,
            "session": self.one.item,
            "is_confirmed": self.row.status == Registration.Status.CONFIRMED,
            "done": self.request.GET.get("done", ""),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            done = self.do(request)
        except ValidationError as refusal:
            self.one = self.sign_up(self.row)  # as it is by now
            text = " ".join(refusal.messages)
            return self.show(request, refusal=text, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return redirect(f"{request.path}?done={done}" if done else request.path)

    def do(self, request: HttpRequest) -> str:
        """Do what the button says; a button that is none of ours does nothing."""
        for name in self.deeds.keys() & request.POST.keys():
            return self.deeds[name](request.POST[name])
        return ""

    @property
    def deeds(self) -> dict[str, Callable[[str], str]]:
        return {
            "sign_up": self.take_part,
            "take": self.take,
            "bus": self.ride,
            "give_back": self.give_back,
        }

    def take_part(self, clash: str) -> str:
        signing_up.sign_up(self.row.pk, self.code, clash=known(clash))
        return "asked"

    def take(self, clash: str) -> str:
        """Take the seat that is offered; pressed twice it is taken once."""
        wait = self.one.wait
        if wait is None:
            return ""
        waiting.take_offer(wait.pk, language=self.language, clash=known(clash))
        return "asked"

    def ride(self, text: str) -> str:
        if self.one.seat is None or not text.isdecimal() or len(text) > 18:
            return ""
        buses.choose_bus(self.one.seat.pk, int(text))
        return "bus"

    def give_back(self, _answer: str) -> str:
        signing_up.give_back(self.row.pk, self.code)
        return "back"


@method_decorator(csrf_exempt, name="dispatch")
class SeatDoor(EditionPage):
    """From the public page of a session to one's own: a link goes to who has a place.

    Who has signed in goes on at once. No cookie gives rights, so no csrf token.
    """

    http_method_names = ["get", "head", "options", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        item = programme_for(self.edition).sessions.get(kwargs["code"])
        if item is None or not item.needs_seat:
            raise Http404
        self.item = item

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            own = seat_links.own_registration(request.user, self.edition)
            if own:
                link = registration_link(own, get_language() or "en")
                return redirect(f"{link}seats/{self.item.code}/")
        return self.page(SeatLinkForm(), is_sent="sent" in request.GET)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not ratelimit.consume(request, action="seat_link"):
            return ratelimit.respond_429(request)
        form = SeatLinkForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        seat_links.mail_seat_links(self.edition, form.cleaned_data["email"], self.item.code)
        return redirect(f"{request.path}?sent")

    def page(self, form: SeatLinkForm, status: int = 200, is_sent: bool = False) -> HttpResponse:
        context = {
            "edition": self.edition,
            "item": self.item,
            "session": self.item,
            "form": form,
            "is_sent": is_sent,
        }
        return render(self.request, "attendees/seat_door.html", context, status=status)
