"""Looking at passport data: only with a reason, which is kept; shown once, kept by no cache."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django_countries import countries

from attendees.admin.heads import Link
from attendees.models import VisaRequest
from attendees.services.passports import (
    LONGEST_REASON,
    SHORTEST_REASON,
    Passport,
    reveal_letter,
    reveal_passport,
)
from hrconf.lib.downloads import download
from hrconf.mailing.templatetags.mail import day_in_words

MAY_REVEAL = "attendees.reveal_visarequest"


class RevealMixin:
    """Gives the admin of requests the page on which data are revealed."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.reveal_view)
        return [
            path("<int:pk>/reveal/", view, name="attendees_visarequest_reveal"),
            *super().get_urls(),
        ]

    def reveal_links(self, request: HttpRequest, row: VisaRequest) -> list[Link]:
        if not row.sealed or not request.user.has_perm(MAY_REVEAL):
            return []
        url = reverse("admin:attendees_visarequest_reveal", args=[row.pk])
        return [Link(_("Reveal the passport data"), url, "visibility")]

    @method_decorator(sensitive_variables())
    def reveal_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why; once said, show the data in this one answer, or hand out the letter."""
        if not request.user.has_perm(MAY_REVEAL):
            raise PermissionDenied
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None:
            raise Http404
        if request.method != "POST":
            return self.reveal_page(request, row)
        reason = request.POST.get("reason", "")
        try:
            if "letter" in request.POST:
                letter, pdf = reveal_letter(pk, reason=reason, by=request.user)
                return download(BytesIO(pdf), f"{letter.reference}.pdf", "application/pdf")
            passport = reveal_passport(pk, reason=reason, by=request.user)
        except ValidationError as refusal:
            trouble = " ".join(refusal.messages)
            return self.reveal_page(request, row, trouble=trouble, reason=reason)
        return self.reveal_page(request, row, lines=lines_of(passport), reason=reason)

    @method_decorator(sensitive_variables())
    def reveal_page(self, request: HttpRequest, row: VisaRequest, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "row": row,
            "title": _("Reveal the passport data"),
            "shortest": SHORTEST_REASON,
            "longest": LONGEST_REASON,
            "has_letter": row.letters.exists(),
            "back": reverse("admin:attendees_visarequest_change", args=[row.pk]),
            **more,
        }
        request.current_app = self.admin_site.name
        status = HTTPStatus.UNPROCESSABLE_ENTITY if more.get("trouble") else HTTPStatus.OK
        name = "admin/office/reveal.html"
        response = TemplateResponse(request, name, context, status=status)
        add_never_cache_headers(response)
        patch_cache_control(response, private=True, no_store=True)
        return response


@sensitive_variables()
def lines_of(passport: Passport) -> list[tuple[str, str]]:
    """The data as the page shows them, in the reader's language."""
    return [
        (_("Name as in the passport"), passport.name),
        (_("Passport number"), passport.number),
        (_("Nationality"), str(countries.name(passport.nationality))),
        (_("Date of birth"), day_in_words(passport.born_on)),
        (_("Issued by"), passport.issued_in),
        (_("Valid until"), day_in_words(passport.expires_on)),
        (_("Embassy or consulate"), passport.consulate or "—"),
        (_("Arrival in China"), day_in_words(passport.arrives_on)),
        (_("Departure from China"), day_in_words(passport.leaves_on)),
    ]
