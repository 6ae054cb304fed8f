"""What the office does to agreements: each deed has a page that asks, and one button that acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agreements.forms.office import CancellingForm, NothingAsked, SigningForm
from agreements.models import Agreement
from agreements.services import signings
from hrconf.office.deeds import safe_back, visible_ids
from hrconf.office.outcomes import Outcome, tell

Status = Agreement.Status
MAY_CHANGE = "agreements.change_agreement"


class Line(NamedTuple):
    """An agreement on the page of a deed, and what keeps the deed from being done to it."""

    agreement: Agreement
    obstacle: str


@dataclass(frozen=True)
class Deed:
    """Something that a service does to one agreement at a time.

    `do(pk, by=…, **answers)` with the answers of `form`; it refuses what it must.
    """

    name: str
    title: Any
    icon: str
    do: Callable[..., Agreement]
    explanation: Any
    statuses: Sequence[str]
    form: type[NothingAsked] = NothingAsked
    is_grave: bool = False

    @property
    def url_name(self) -> str:
        return f"agreements_agreement_{self.name}"

    def obstacle(self, agreement: Agreement) -> str:
        """Why the service would refuse the agreement or leave it as it is; empty if it would not.

        What depends on the day, as a rate that is not recorded, shows once it is given.
        """
        if agreement.status not in self.statuses:
            state = agreement.get_status_display()
            return _("Its state is “%(state)s”.") % {"state": state}
        if self.name == "sign" and not agreement.sides.all():
            return _("It has no parties yet.")
        return ""

    def url_for(self, agreement: Agreement, back: str) -> str:
        """The page of the deed for one agreement."""
        query = urlencode({"ids": agreement.pk, "next": back})
        return f"{reverse(f'admin:{self.url_name}')}?{query}"


DEEDS = [
    Deed(
        "sign",
        gettext_lazy("Sign"),
        "contract",
        signings.sign_agreement,
        gettext_lazy(
            "The exchange rates recorded for the day are fixed on each agreement, which the "
            "figures count from then on. Parties and amounts cannot be changed any more."
        ),
        signings.OPEN,
        SigningForm,
    ),
    Deed(
        "register",
        gettext_lazy("Company registered"),
        "domain_add",
        signings.register_company,
        gettext_lazy("The company that the agreement brings is registered in the city."),
        [Status.SIGNED],
    ),
    Deed(
        "fund",
        gettext_lazy("Capital arrived"),
        "account_balance",
        signings.record_capital_arrival,
        gettext_lazy("The money has arrived at the registered company."),
        [Status.REGISTERED],
    ),
    Deed(
        "cancel",
        pgettext_lazy("an agreement", "Cancel"),
        "cancel",
        signings.cancel_agreement,
        gettext_lazy("No figure counts the agreements any more. What was signed stays on record."),
        [status for status in Status if status != Status.CANCELLED],
        CancellingForm,
        is_grave=True,
    ),
]


class DeedsMixin:
    """Gives the admin of agreements an action and a page for each deed."""

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        if IS_POPUP_VAR not in request.GET and request.user.has_perm(MAY_CHANGE):
            for deed in DEEDS:
                actions[deed.name] = (partial(act, deed), deed.name, deed.title)
        return actions

    def get_urls(self) -> list:
        return [
            path(
                f"{deed.name}/",
                self.admin_site.admin_view(partial(view, self, deed)),
                name=deed.url_name,
            )
            for deed in DEEDS
        ] + super().get_urls()


def act(deed: Deed, office: DeedsMixin, request: HttpRequest, rows) -> HttpResponse:
    """The action of the list: ask for the chosen agreements."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    return page(office, deed, request, ids, request.get_full_path())


def view(office: DeedsMixin, deed: Deed, request: HttpRequest) -> HttpResponse:
    """The page of a deed, and the deed itself once it is confirmed."""
    if not request.user.has_perm(MAY_CHANGE):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    ids = visible_ids(office, request, given.get("ids", ""))
    back = safe_back(office, given.get("next", ""))
    if "confirm" not in request.POST:
        return page(office, deed, request, ids, back)
    form = deed.form(request.POST, rows=Agreement.objects.filter(pk__in=ids))
    if not form.is_valid():
        return page(office, deed, request, ids, back, form)
    tell(request, str(deed.title), do(deed, ids, form.cleaned_data, request), {})
    return HttpResponseRedirect(back)


def do(deed: Deed, ids: list[int], answers: dict[str, Any], request: HttpRequest) -> Outcome:
    """Do it to one after the other: who is refused is named, the others are done."""
    outcome = Outcome()
    for agreement in Agreement.objects.filter(pk__in=ids).order_by("reference"):
        try:
            after = deed.do(agreement.pk, by=request.user, **answers)
        except ValidationError as refusal:
            outcome.refused.append((agreement.reference, " ".join(refusal.messages)))
        else:
            if after.status != agreement.status:
                outcome.done += 1
            else:  # done before: the button was pressed twice
                already = _("was so already")
                outcome.left_out[already] = outcome.left_out.get(already, 0) + 1
    return outcome


def page(
    office: DeedsMixin,
    deed: Deed,
    request: HttpRequest,
    ids: list[int],
    back: str,
    form: NothingAsked | None = None,
) -> HttpResponse:
    """Ask, and show which agreements it is about."""
    rows = list(office.get_queryset(request).filter(pk__in=ids).with_sides().order_by("reference"))
    if not rows:
        messages.warning(request, _("None of these agreements is there any more."))
        return HttpResponseRedirect(back)
    lines = [Line(row, deed.obstacle(row)) for row in rows]
    today = signings.today_at(rows[0].edition)
    context = {
        **office.admin_site.each_context(request),
        "opts": office.opts,
        "title": deed.title,
        "deed": deed,
        "deed_url": reverse(f"admin:{deed.url_name}"),
        "form": form or deed.form(rows=rows, initial={"signed_on": today, "on": today}),
        "lines": lines,
        "going": sum(not line.obstacle for line in lines),
        "left": sum(bool(line.obstacle) for line in lines),
        "ids": ",".join(map(str, ids)),
        "back": back,
    }
    request.current_app = office.admin_site.name
    return TemplateResponse(request, "admin/agreements/deed.html", context)
