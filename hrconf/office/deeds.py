"""Deeds: what the office does to many rows at once, shown before it is done.

An admin that lists `deeds` has an action and a page for each. The page says how
many mails will go out, to whom, who is left out and why; only its button acts.
The rows travel as one field of keys, so what was shown is what is done.
"""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hrconf.accounts.models import User
from hrconf.mailing.compose import Letter, compose
from hrconf.mailing.models import Message
from hrconf.office import doing
from hrconf.office.badges import badge, names_cell
from hrconf.office.outcomes import Outcome, each, tell
from hrconf.office.undoing import Undo, window

LINES_PER_PAGE = 100
# Fields of a deed's page that are not the deed's.
OURS = {"csrfmiddlewaretoken", "ids", "next", "confirm", "page", "look"}


class Preview(Protocol):
    """What a deed would do; attendees.services.previews makes such."""

    going: list[Any]
    left_out: list[tuple[Any, str]]
    unmailed: list[Any]

    @property
    def mails(self) -> int: ...

    @property
    def lines(self) -> list[tuple[str, int]]: ...


@dataclass
class AllOfThem:
    """The preview of a deed that asks nothing and mails nobody."""

    going: list[Any]
    left_out: list[tuple[Any, str]] = field(default_factory=list)
    unmailed: list[Any] = field(default_factory=list)
    mails = 0
    lines: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Deed:
    """Something that services do to chosen rows.

    `preview(ids)` tells what would happen, `do(ids, by=…)` does it. A deed that
    `asks_reason` passes `reason=` too, one with a `form` what was filled in there;
    one that is grave has a red button. `undo` says how it is undone while its mails
    wait. More rows than `most_at_once` are long work. `letter(row, reason)` gives the
    kind of mail and the letter to a row, of which the page shows the first.
    """

    name: str
    title: str
    permission: str
    icon: str
    preview: Callable[[Collection[int]], Preview]
    do: Callable[..., object]
    explanation: str = ""
    reasons: Mapping[str, object] = field(default_factory=dict)
    has_mails: bool = True
    asks_reason: bool = False
    reason_label: str = ""
    is_grave: bool = False
    form: Callable[..., forms.Form] | None = None
    letter: Callable[[Any, str], tuple[str, Letter]] | None = None
    undo: Undo | None = None
    most_at_once: int = doing.MOST_AT_ONCE

    @property
    def minutes(self) -> int:
        """How long its mails wait and it can be undone; 0 if it cannot."""
        return math.ceil(window().total_seconds() / 60) if self.undo else 0

    def read(self, filled: Mapping[str, Any]) -> dict[str, Any] | None:
        """What was filled in on its page, as its service takes it; None if that is no good."""
        given = {"reason": filled.get("reason", "").strip()} if self.asks_reason else {}
        if self.form is None:
            return given
        form = self.form(filled)
        return {**given, **form.cleaned_data} if form.is_valid() else None


@dataclass(frozen=True)
class Line:
    """A row as the page of a deed shows it."""

    name: SafeString
    address: str
    language: str
    happens: SafeString


class DeedsMixin:
    """Gives an admin an action and a page for each of its deeds."""

    deeds: Sequence[Deed] = ()
    # Headings of what the page of a deed says of each row.
    deed_headings: Sequence[object] = (
        pgettext_lazy("of a person", "Name"),
        gettext_lazy("E-mail"),
        gettext_lazy("Language"),
    )

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        if IS_POPUP_VAR in request.GET:
            return actions
        for deed in self.deeds_of(request.user):
            actions[deed.name] = (partial(act, deed), deed.name, deed.title)
        return actions

    def get_urls(self) -> list:
        return [
            path(f"{deed.name}/", self.admin_site.admin_view(partial(view, self, deed)), name=name)
            for deed in self.deeds
            for name in [self.deed_url_name(deed)]
        ] + super().get_urls()

    def deeds_of(self, user: User) -> list[Deed]:
        """The deeds that a person may do."""
        return [deed for deed in self.deeds if user.has_perm(deed.permission)]

    def deed_url_name(self, deed: Deed) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{deed.name}"

    def deed_url(self, deed: Deed) -> str:
        return reverse(f"admin:{self.deed_url_name(deed)}")

    def deed_person(self, row: Model) -> Any:
        """The human a row is about: with names, an e-mail address and a language."""
        return row.person

    def deed_cells(self, row: Model) -> tuple[SafeString, str, str]:
        """What stands under `deed_headings`."""
        person = self.deed_person(row)
        return names_cell(person), person.email, person.get_preferred_language_display()


def act(deed: Deed, office: DeedsMixin, request: HttpRequest, rows) -> HttpResponse:
    """The action of a list: show what the deed would do to the chosen rows."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    return page(office, deed, request, ids, back=request.get_full_path())


def view(office: DeedsMixin, deed: Deed, request: HttpRequest) -> HttpResponse:
    """The page of a deed, and the deed itself once it is confirmed."""
    if not request.user.has_perm(deed.permission):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    ids = visible_ids(office, request, ",".join(given.getlist("ids")))
    back = safe_back(office, given.get("next", ""))
    form = form_of(deed, request)
    if "confirm" not in request.POST or (form and not form.is_valid()):
        return page(office, deed, request, ids, back)
    office_name = doing.office_of(office.model)
    if len(ids) > deed.most_at_once:
        filled = {key: value for key, value in request.POST.items() if key not in OURS}
        job = doing.order_deed(deed, office_name, ids, by=request.user, filled=filled)
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))
    try:
        do(deed, office_name, request, ids)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return HttpResponseRedirect(back)


def form_of(deed: Deed, request: HttpRequest) -> forms.Form | None:
    """What a deed asks for: empty until its button is pressed."""
    if deed.form is None:
        return None
    return deed.form(request.POST if "confirm" in request.POST else None)


def do(deed: Deed, office: str, request: HttpRequest, ids: Collection[int]) -> None:
    """Do the deed and say what came of it; its page has checked what was filled in."""
    given = deed.read(request.POST) or {}
    outcome = doing.do_deed(deed, office, ids, by=request.user, given=given)
    tell(request, deed.title, outcome, deed.reasons)


def page(
    office: DeedsMixin, deed: Deed, request: HttpRequest, ids: Collection[int], back: str
) -> HttpResponse:
    """Show how many mails go out, to whom, who is left out and why."""
    preview = deed.preview(ids)
    paginator = Paginator(rows_of(preview), LINES_PER_PAGE)
    shown = paginator.get_page(request.POST.get("page"))
    context = {
        **office.admin_site.each_context(request),
        "opts": office.opts,
        "title": deed.title,
        "deed": deed,
        "deed_url": office.deed_url(deed),
        "preview": preview,
        "lines": [line_of(office, deed, *one) for one in shown],
        "page": shown,
        "pages": list(paginator.get_elided_page_range(shown.number)),
        "ids": ",".join(map(str, ids)),
        "back": back,
        "headings": office.deed_headings,
        "reason": request.POST.get("reason", ""),
        "form": form_of(deed, request),
        "sample": sample_of(deed, preview, request.POST.get("reason", "").strip()),
    }
    request.current_app = office.admin_site.name
    return TemplateResponse(request, "admin/office/deed.html", context)


def sample_of(deed: Deed, preview: Preview, reason: str) -> Message | None:
    """The mail to the first who gets one, written out and not sent."""
    if deed.letter is None or not preview.mails:
        return None
    silent = {row.pk for row in preview.unmailed}
    row = next(row for row in preview.going if row.pk not in silent)
    return compose(*deed.letter(row, reason))


def rows_of(preview: Preview) -> list[tuple[Any, str, str]]:
    """(row, what will happen, reason) for all rows: first those who get a mail."""
    silent = {row.pk for row in preview.unmailed}
    mailed = [(row, "mail", "") for row in preview.going if row.pk not in silent]
    unmailed = [(row, "silent", "") for row in preview.going if row.pk in silent]
    return mailed + unmailed + [(row, "left_out", reason) for row, reason in preview.left_out]


def line_of(office: DeedsMixin, deed: Deed, row: Model, will: str, reason: str) -> Line:
    happening = happens(deed, will, str(deed.reasons.get(reason, reason)))
    return Line(*office.deed_cells(row), happening)


def happens(deed: Deed, will: str, reason: str) -> SafeString:
    """What a deed does to a row, in a word and a colour."""
    if will == "left_out":
        return format_html("{} {}", badge(_("Left out")), reason)
    if will == "silent" and deed.has_mails:
        return badge(_("No mail"), "warn")
    return badge(_("Mail"), "good") if deed.has_mails else badge(deed.title, "note")


def visible_ids(office: DeedsMixin, request: HttpRequest, text: str) -> list[int]:
    """The keys of a comma-separated list that the admin shows to this person."""
    keys = [int(key) for key in text.split(",") if key.isdecimal() and len(key) < 19]
    seen = office.get_queryset(request).filter(pk__in=keys).order_by("pk")
    return list(seen.values_list("pk", flat=True))


def safe_back(office: DeedsMixin, address: str) -> str:
    """The page of the office to return to; never another site."""
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse(f"admin:{office.opts.app_label}_{office.opts.model_name}_changelist")


def one_by_one(service: Callable[..., object], model: type[Model]) -> Callable[..., Outcome]:
    """A deed out of a service for one row: who it refuses is named with the reason."""

    def do_all(ids: Collection[int], *, by: User, **given: Any) -> Outcome:
        rows = list(model._default_manager.filter(pk__in=ids))
        return each(rows, lambda row: service(row.pk, by=by, **given))

    return do_all
