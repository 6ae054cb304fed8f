"""What is asked once a place is confirmed, and the files that somebody sent."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from attendees.forms.designed import DesignedForm
from attendees.models import Form
from attendees.services.answering import Given, answer_lines, known_of
from attendees.services.places import answer_follow_up, follow_ups_of, is_past_due
from attendees.views.registrations import OfRegistration, given_by
from hrconf.lib.downloads import download


class FollowUpPage(OfRegistration):
    """A form such as travel, hotel or diet; it can be filled in again until it is due."""

    template_name = "attendees/follow_up.html"

    @cached_property
    def asked(self) -> Form:
        for form in follow_ups_of(self.row):
            if form.slug == self.kwargs["form"]:
                return form
        raise Http404

    def get_context(self) -> dict[str, Any]:
        return {
            "registration": self.row,
            "asked": self.asked,
            "is_saved": "saved" in self.request.GET,
            "is_over": is_past_due(self.asked),
            "lines": answer_lines(self.row, self.asked),
            "back_url": self.request.path.rsplit("forms/", 1)[0],
        }

    def designed(self, *sent: Any) -> DesignedForm:
        return DesignedForm(self.asked, *sent, known=known_of(self.row, self.asked))

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, designed=self.designed())

    def post(self, request: HttpRequest) -> HttpResponse:
        designed = self.designed(request.POST, request.FILES)
        if designed.is_valid():
            try:
                given = given_by(designed) or Given()
                answer_follow_up(self.row.pk, self.asked, given, language=self.language)
                return redirect(f"{request.path}?saved")
            except ValidationError as refusal:
                designed.add_error(None, refusal)
        return self.show(request, designed=designed, status=HTTPStatus.UNPROCESSABLE_ENTITY)


class OwnFile(OfRegistration):
    """A file that the person sent, as they sent it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        answer = self.row.files.filter(pk=self.kwargs["pk"]).first()
        if answer is None:
            raise Http404
        return download(answer.file.open("rb"), answer.name, answer.content_type)
