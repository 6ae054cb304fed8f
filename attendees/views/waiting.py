"""The page of one's places on waiting lists: wait, take an offer, leave, go in a group."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from attendees.models import FieldChoice
from attendees.services import waiting
from attendees.services.places import follow_ups_of, form_of
from attendees.views.registrations import OfRegistration


class WaitingPage(OfRegistration):
    """Each button names what it does and to which row."""

    template_name = "attendees/waiting.html"

    def get_context(self) -> dict[str, Any]:
        return {
            "registration": self.row,
            "waits": waiting.waits_of(self.row),
            "choices": self.choices() if self.row.submitted_at else [],
            "back_url": self.back_url,
        }

    def choices(self) -> list[FieldChoice]:
        """What the person could wait for besides."""
        asked = [form for form in [form_of(self.row), *follow_ups_of(self.row)] if form]
        return [one for form in asked for one in waiting.choices_to_wait_for(self.row, form)]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            self.do(request)
        except ValidationError as refusal:
            return self.show(
                request,
                refusal=" ".join(refusal.messages),
                typed=request.POST.get("code", ""),
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
            )
        # Who took their place sees it: the list they stood on is empty.
        return redirect(self.back_url if "take" in request.POST else request.path)

    @property
    def back_url(self) -> str:
        """The page of the registration."""
        return self.request.path.rsplit("waiting/", 1)[0]

    def do(self, request: HttpRequest) -> None:
        """Do what the button says; a button that is none of ours does nothing."""
        if "choice" in request.POST:
            waiting.wait_for_choice(self.row.pk, self.number("choice"))
        for name in self.deeds.keys() & request.POST.keys():
            self.deeds[name](self.own_wait(name))

    @property
    def deeds(self) -> dict[str, Callable[[int], Any]]:
        code = self.request.POST.get("code", "")
        return {
            "take": lambda pk: waiting.take_offer(pk, language=self.language),
            "leave": waiting.leave_list,
            "together": lambda pk: waiting.form_group(pk, goes_together=True),
            "in_part": lambda pk: waiting.form_group(pk, goes_together=False),
            "join": lambda pk: waiting.join_group(pk, code),
            "alone": waiting.leave_group,
        }

    def own_wait(self, name: str) -> int:
        """The key of one of the person's own places, else there is no such page."""
        pk = self.number(name)
        if not self.row.waits.filter(pk=pk).exists():
            raise Http404
        return pk

    def number(self, name: str) -> int:
        text = self.request.POST[name]
        if not text.isdecimal() or len(text) > 15:
            raise Http404
        return int(text)
