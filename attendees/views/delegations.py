"""The page of a delegation's leader: quota, members and how far they are, nominations."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from attendees.forms.delegations import NomineeForm, NomineesForm
from attendees.services import delegations
from attendees.views.personal import PersonalPage


class DelegationPage(PersonalPage):
    """The link is the key. Each button names what it does and to whom."""

    template_name = "attendees/delegation.html"

    def find(self, token: str, edition_slug: str) -> Any:
        return delegations.delegation_of(token, edition_slug)

    def get_context(self) -> dict[str, Any]:
        members = delegations.members_of(self.row)
        return {
            "delegation": self.row,
            "name": self.row.leader.name_in(get_language() or "en"),
            "members": members,
            "left": delegations.places_left(self.row),
            "may_nominate": delegations.may_nominate(self.row),
            "replaced": self.replaced(members),
            "is_done": "done" in self.request.GET,
        }

    def replaced(self, members: list[delegations.Member]) -> delegations.Member | None:
        """Whose place the form is for, when the address says so."""
        wanted = self.request.GET.get("replace", "")
        found = [m for m in members if m.invitation and str(m.invitation.pk) == wanted]
        return found[0] if found and found[0].may_be_replaced else None

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, form=NomineeForm(), upload=NomineesForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "take_out" in request.POST:
            return self.done(request, lambda: self.take_out(request), NomineeForm(), NomineesForm())
        if "upload" in request.POST:
            upload = NomineesForm(request.POST, request.FILES)
            return self.done(
                request, lambda: self.nominate(upload.guests), NomineeForm(), upload, upload
            )
        form = NomineeForm(request.POST)
        return self.done(
            request, lambda: self.nominate([form.cleaned_data]), form, NomineesForm(), form
        )

    def done(self, request: HttpRequest, deed, form, upload, sent=None) -> HttpResponse:
        """Do it and come back; or show what is wrong, with everything that was typed."""
        if sent is None or sent.is_valid():
            try:
                deed()
                return redirect(f"{request.path}?done")
            except ValidationError as refusal:
                refused = " ".join(refusal.messages)
        else:
            refused = ""
        return self.show(
            request,
            form=form,
            upload=upload,
            refusal=refused,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )

    def nominate(self, guests: list[dict[str, str]]) -> None:
        replaces = self.request.GET.get("replace", "")
        delegations.nominate(
            self.row.pk, guests, replaces=int(replaces) if replaces.isdecimal() else None
        )

    def take_out(self, request: HttpRequest) -> None:
        key = request.POST["take_out"]
        if not key.isdecimal() or len(key) > 15:
            raise Http404
        delegations.take_out(self.row.pk, int(key))
