"""Pages beside the list of invitations: an owner's follow-up list, the funnel, the letter."""

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_countries import countries

from attendees.models import Association, Category, Contact, Invitation
from attendees.services.clock import today_at
from attendees.services.following import (
    DIMENSIONS,
    FOLLOW,
    STAGES,
    count_follow,
    follow,
    funnel,
)
from attendees.services.paper import draw_letter
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.pdf import PdfError
from hrconf.lib.sheets import Column, Kind, Sheet, write_csv, write_xlsx
from hrconf.office.links import office_list

PER_PAGE = 50
LIST = "attendees.invitation"
# What is at hand in each tab; the services have the last word.
HANDY = {
    "waiting": ["remind", "note", "deadline", "owner", "withdraw"],
    "due": ["remind", "note", "deadline", "owner", "withdraw"],
    "undecided": ["remind", "note", "deadline", "owner", "withdraw"],
    "silent": ["remind", "note", "deadline", "owner", "withdraw"],
    "bounced": ["invite", "note", "owner", "withdraw"],
    "asked": ["again", "note", "owner"],
}


class FollowUpMixin:
    """Gives the list of invitations its follow-up list, funnel and letters."""

    def get_urls(self) -> list:
        name = "attendees_invitation"
        wrap = self.admin_site.admin_view
        return [
            path("follow-up/", wrap(self.follow_up_view), name=f"{name}_follow_up"),
            path("funnel/", wrap(self.funnel_view), name=f"{name}_funnel"),
            path("funnel/file/", wrap(self.funnel_file), name=f"{name}_funnel_file"),
            path("<int:pk>/letter.pdf", wrap(self.letter_view), name=f"{name}_letter"),
            *super().get_urls(),
        ]

    # Who needs attention -----------------------------------------------------------------

    def follow_up_view(self, request: HttpRequest) -> HttpResponse:
        """One's own guests, or somebody else's: who needs attention, and what can be done."""
        edition = self.edition_of(request)
        owner, tab = request.GET.get("owner", "me"), request.GET.get("tab", "waiting")
        tab = tab if tab in FOLLOW else "waiting"
        rows = self.guests_of(request, edition, owner)
        counts = count_follow(rows, edition) if edition else dict.fromkeys(FOLLOW, 0)
        shown = Paginator(attended(rows, edition, tab), PER_PAGE)
        shown = shown.get_page(request.GET.get("page"))
        kept = {"tab": tab, "owner": owner}
        context = {
            "title": _("My guests"),
            "edition": edition,
            "owner": owner,
            "owners": User.objects.filter(is_staff=True, is_active=True).order_by("name", "email"),
            "tab": tab,
            "tabs": self.tabs(request, tab, counts),
            "page": shown,
            "pages": list(shown.paginator.get_elided_page_range(shown.number)),
            "query": urlencode({**kept, **({"edition": edition.slug} if edition else {})}),
            "handy": [
                {"title": deed.title, "icon": deed.icon, "url": self.deed_url(deed)}
                for deed in self.deeds_of(request.user)
                if deed.name in HANDY[tab]
            ],
            "today": edition and today_at(edition),
            "back": request.get_full_path(),
            "list_url": reverse("admin:attendees_invitation_changelist"),
        }
        return self.office_page(request, "admin/office/follow_up.html", context)

    def guests_of(self, request: HttpRequest, edition: Edition | None, owner: str):
        rows = self.get_queryset(request).filter(edition=edition)
        if owner == "all":
            return rows
        if owner == "none":
            return rows.filter(owner=None)
        is_number = owner.isdecimal() and len(owner) < 19
        return rows.filter(owner=int(owner) if is_number else request.user)

    def tabs(self, request: HttpRequest, current: str, counts: Any) -> list[dict[str, Any]]:
        kept = {key: request.GET[key] for key in ["owner", "edition"] if key in request.GET}
        return [
            {
                "label": label,
                "count": counts[name],
                "url": f"?{urlencode({**kept, 'tab': name})}",
                "is_current": name == current,
            }
            for name, label in FOLLOW.items()
        ]

    # How far it has come -----------------------------------------------------------------

    def funnel_view(self, request: HttpRequest) -> HttpResponse:
        """Invited, delivered, … came: per association, category, owner, country, batch."""
        edition, by = self.edition_of(request), self.dimension_of(request)
        rows = self.funnel_rows(edition, by) if edition else []
        total = {name: sum(row["numbers"][name] for row in rows) for name in STAGES}
        context = {
            "title": _("Funnel of invitations"),
            "edition": edition,
            "by": by,
            "dimension": DIMENSIONS[by][0],
            "tabs": [
                {
                    "label": label,
                    "url": f"?{urlencode({'by': name, **edition_named(request)})}",
                    "is_current": name == by,
                }
                for name, (label, *_path) in DIMENSIONS.items()
            ],
            "stages": list(STAGES.items()),
            "rows": rows,
            "total": cells(edition, total, {}),
            "steps": steps(edition, total),
            "file_query": urlencode({"by": by, **edition_named(request)}),
        }
        return self.office_page(request, "admin/office/funnel.html", context)

    def funnel_rows(self, edition: Edition, by: str) -> list[dict[str, Any]]:
        rows = funnel(edition, by)
        names = names_of(by, [row["key"] for row in rows])
        return [
            {
                "name": row["name"] or names.get(row["key"]) or _("None"),
                "numbers": row,
                "cells": cells(edition, row, group(by, row["key"])),
            }
            for row in rows
        ]

    def funnel_file(self, request: HttpRequest) -> HttpResponse:
        """The same numbers as a spreadsheet."""
        edition, by = self.edition_of(request), self.dimension_of(request)
        if edition is None:
            raise Http404
        lines = [
            [row["name"], *(row["numbers"][name] for name in STAGES)]
            for row in self.funnel_rows(edition, by)
        ]
        titles = [str(DIMENSIONS[by][0]), *(str(label) for label in STAGES.values())]
        file, is_csv = io.BytesIO(), request.GET.get("format") == "csv"
        if is_csv:
            write_csv(file, [titles, *lines])
        else:
            columns = [Column(titles[0]), *(Column(title, Kind.INTEGER) for title in titles[1:])]
            sheet = Sheet.table(_("Funnel of invitations"), columns, lines)
            write_xlsx(file, [sheet], title=_("Funnel of invitations"))
        kind = "text/csv" if is_csv else SPREADSHEET
        response = HttpResponse(file.getvalue(), content_type=kind)
        name = f"funnel-{edition.slug}-{by}.{'csv' if is_csv else 'xlsx'}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    # On paper ----------------------------------------------------------------------------

    def letter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The official letter of any guest, as they get it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related(
            "edition", "person", "category", "association", "represents__person"
        )
        invitation = rows.filter(pk=pk).first()
        if invitation is None:
            raise Http404
        try:
            drawn = draw_letter(invitation)
        except PdfError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return redirect("admin:attendees_invitation_change", pk)
        response = HttpResponse(drawn, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="invitation-{pk}.pdf"'
        response["Cache-Control"] = "private, no-store"
        return response

    # What they share ---------------------------------------------------------------------

    def edition_of(self, request: HttpRequest) -> Edition | None:
        """The edition that the address names, else the one at hand; for who may look."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        slug = request.GET.get("edition", "").replace("\x00", "")
        return Edition.objects.filter(slug=slug).first() or Edition.objects.at_hand()

    def dimension_of(self, request: HttpRequest) -> str:
        by = request.GET.get("by", "association")
        return by if by in DIMENSIONS else "association"

    def office_page(self, request: HttpRequest, template: str, context: dict) -> HttpResponse:
        request.current_app = self.admin_site.name
        base = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**base, **context})


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def edition_named(request: HttpRequest) -> dict[str, str]:
    return {"edition": request.GET["edition"]} if "edition" in request.GET else {}


def attended(rows: Any, edition: Edition | None, tab: str) -> Any:
    """The rows of a tab, the most urgent first, each with its last conversation."""
    if edition is None:
        return rows.none()
    last = Contact.objects.filter(invitation=OuterRef("pk"))
    rows = rows.filter(follow(tab, today_at(edition)))
    rows = rows.select_related("person", "category", "association", "owner", "edition")
    return rows.annotate(
        talked_on=Subquery(last.values("on")[:1]), talk=Subquery(last.values("text")[:1])
    ).order_by(Coalesce("decide_by", "answer_by").asc(nulls_last=True), "person__sort_key", "pk")


def group(by: str, key: Any) -> dict[str, Any]:
    """The filter of the list that leaves the rows of one group."""
    return {by: "none" if key in {None, ""} else key}


def cells(edition: Edition | None, numbers: Any, filters: dict[str, Any]) -> list[dict]:
    """Each number with the list of exactly these rows."""
    if edition is None:
        return []
    return [
        {
            "number": numbers[name],
            "label": label,
            "url": office_list(LIST, edition__id__exact=edition.pk, stage=name, **filters),
        }
        for name, label in STAGES.items()
    ]


def steps(edition: Edition | None, total: dict[str, int]) -> list[dict]:
    """The whole edition, stage by stage, with the share of those invited."""
    invited = total["invited"] or 1
    return [
        {**cell, "share": round(cell["number"] * 100 / invited)}
        for cell in cells(edition, total, {})
    ]


def names_of(by: str, keys: list[Any]) -> dict[Any, str]:
    """What groups are called that the query does not name; one more query at most."""
    if by == "association":
        return {one.pk: one.name for one in Association.objects.filter(pk__in=filter(None, keys))}
    if by == "category":
        return {kind: str(Category.Kind(kind).label) for kind in keys}
    if by == "country":
        return {code: str(countries.name(code)) for code in keys if code}
    if by == "owner":
        return {user.pk: str(user) for user in User.objects.filter(pk__in=filter(None, keys))}
    return {}


def letter_address(invitation: Invitation) -> str:
    return reverse("admin:attendees_invitation_letter", args=[invitation.pk])
