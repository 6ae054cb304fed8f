"""Feedback of a session: a page of its own, for everybody and kept by no cache."""

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from events.forms.feedback import FeedbackForm
from events.models import Session
from events.services.feedback import give_feedback, make_ticket, read_ticket
from events.views.pages import EditionMixin
from events.views.sessions import session_or_404


@method_decorator(csrf_exempt, name="dispatch")
class SessionFeedback(EditionMixin, View):
    """One to five stars and words, once the session is over.

    No cookie gives anyone rights here, so no csrf token; the form has a signed ticket
    instead, which counts once however often it is sent.
    """

    http_method_names = ["get", "head", "options", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.session = session_or_404(self.programme, kwargs["code"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = FeedbackForm(initial={"ticket": make_ticket(self.session.guid)})
        return self.page(form, is_sent="sent" in request.GET)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.session.is_over(self.moment):
            return self.page(FeedbackForm(), status=HTTPStatus.CONFLICT)
        if not ratelimit.consume(request, action="feedback"):
            return ratelimit.respond_429(request)
        form = FeedbackForm(request.POST)
        if form.is_valid() and (form.is_of_a_robot or self.is_given(form)):
            return redirect(f"{request.path}?sent")
        return self.page(self.with_good_ticket(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def is_given(self, form: FeedbackForm) -> bool:
        """Note it; False with the reason in the form if it cannot be."""
        edition, code = self.edition, self.session.code
        row = get_object_or_404(Session, edition=edition, code=code)
        said = {name: form.cleaned_data[name] for name in ["stars", "text", "ticket"]}
        try:
            give_feedback(row, language=get_language() or "en", **said)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        return form.is_valid()

    def with_good_ticket(self, form: FeedbackForm) -> FeedbackForm:
        """The form as it was typed, under a ticket that still counts."""
        guid = self.session.guid
        if read_ticket(form.data.get("ticket", ""), guid) is None:
            form.data = form.data.copy()
            form.data["ticket"] = make_ticket(guid)
        return form

    def page(self, form: FeedbackForm, status: int = 200, is_sent: bool = False) -> HttpResponse:
        context = {
            "edition": self.edition,
            "programme": self.programme,
            "session": self.session,
            "is_open": self.session.is_over(self.moment),
            "form": form,
            "is_sent": is_sent,
        }
        response = render(self.request, "events/feedback.html", context, status=status)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response
