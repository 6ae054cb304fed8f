"""Saved views: a list of the office that opens with filters, search, order and columns kept.

The address of a list says all of it. `view` names the view that it came from, and
`columns` the columns; a bare `?view=7` is led to the address of that view. What a
view asks that the list no longer knows is left out, and the page says so.
"""

import copy
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR, IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.core.exceptions import FieldError, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.views import ChangeList

from hrconf.office.models import SavedView, views_of

VIEW, COLUMNS, ALL = "view", "columns", "all-rows"
# Of an address of a list what is no filter: the page, the order, the columns.
NOT_KEPT = {VIEW, COLUMNS, ORDER_VAR, PAGE_VAR, IS_POPUP_VAR, "e", "all", "_to_field"}


class OfficeChangeList(ChangeList):
    """A list that knows our parameters are no filters."""

    def get_filters_params(self, params=None):
        found = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name not in {VIEW, COLUMNS}}


class ViewsMixin:
    """Gives a list its saved views, and columns that can be chosen."""

    # Columns that can be shown beside those of `list_display`.
    more_columns: tuple[str, ...] = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OfficeChangeList

    def columns_to_choose(self, request: HttpRequest) -> list[str]:
        return [*super().get_list_display(request), *self.more_columns]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """The columns that the address names; the first, which leads to the row, always."""
        usual = list(super().get_list_display(request))
        wanted = request.GET.get(COLUMNS, "").split(",")
        chosen = [name for name in self.columns_to_choose(request)[1:] if name in wanted]
        return [usual[0], *chosen] if chosen else usual

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if IS_POPUP_VAR in request.GET:
            return super().changelist_view(request, extra_context)
        label = self.opts.label_lower
        views = views_of(request.user, label) if self.has_view_permission(request) else []
        if request.method == "GET" and (asked := view_asked(request, views)):
            return self.open_view(request, asked)
        extra = {
            "saved_views": [tab_of(view, request) for view in views],
            "is_view_chosen": any(is_chosen(view, request) for view in views),
            "keep_url": f"{keeping_url(label)}?{request.GET.urlencode()}",
            "all_rows": f"?{urlencode({VIEW: ALL})}",
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def open_view(self, request: HttpRequest, view: SavedView) -> HttpResponse:
        """Go to the address that shows a view; what no longer works in it is left out."""
        kept, gone = self.still_known(request, QueryDict(view.query))
        if gone:
            text = _("“%(view)s” is shown without filters that no longer exist: %(names)s.")
            messages.warning(request, text % {"view": view, "names": ", ".join(gone)})
        for name, value in self.shape_of(request, view).items():
            kept[name] = value
        kept[VIEW] = str(view.pk)
        return HttpResponseRedirect(f"{request.path}?{kept.urlencode()}")

    def still_known(self, request: HttpRequest, kept: QueryDict) -> tuple[QueryDict, list[str]]:
        """What of the filters the list still knows, and the names of the others."""
        kept = kept.copy()
        if self.takes(request, kept):
            return kept, []
        gone = []
        for name in list(kept):
            one = QueryDict(mutable=True)
            one.setlist(name, kept.getlist(name))
            if not self.takes(request, one):
                gone.append(name)
                del kept[name]
        return kept, gone

    def takes(self, request: HttpRequest, kept: QueryDict) -> bool:
        """Whether the list can be filtered so."""
        trial = copy.copy(request)
        trial.GET = kept
        try:
            self.get_changelist_instance(trial)
        except (IncorrectLookupParameters, SuspiciousOperation, FieldError):
            return False
        return True

    # The order is kept by the names of columns: their numbers change with the columns.

    def shape_of(self, request: HttpRequest, view: SavedView) -> dict[str, str]:
        """The order and the columns of a view, as the address says them."""
        known = [name for name in view.columns if name in self.columns_to_choose(request)]
        trial = copy.copy(request)
        trial.GET = QueryDict(urlencode({COLUMNS: ",".join(known)}))
        places = {name: at for at, name in enumerate(self.numbered(trial))}
        order = [
            f"{'-' if name.startswith('-') else ''}{places[name.lstrip('-')]}"
            for name in view.order
            if name.lstrip("-") in places
        ]
        shape = {COLUMNS: ",".join(known), ORDER_VAR: ".".join(order)}
        return {name: value for name, value in shape.items() if value}

    def order_of(self, request: HttpRequest) -> list[str]:
        """The columns by which the address sorts, those from the end with a minus."""
        names = self.numbered(request)
        found = []
        for part in request.GET.get(ORDER_VAR, "").split("."):
            number = part.removeprefix("-")
            if number.isdecimal() and len(number) < 4 and int(number) < len(names):
                found.append(("-" if part.startswith("-") else "") + names[int(number)])
        return found

    def numbered(self, request: HttpRequest) -> list[str]:
        """The columns in their places as the address counts them; actions have the first."""
        actions = ["action_checkbox"] if self.get_actions(request) else []
        return [*actions, *self.get_list_display(request)]


def view_asked(request: HttpRequest, views: list[SavedView]) -> SavedView | None:
    """The view to go to: named alone by the address, or one's own to begin with."""
    if not request.GET:
        return next((view for view in views if view.is_default), None)
    if set(request.GET) == {VIEW}:
        return next((view for view in views if is_chosen(view, request)), None)
    return None


def is_chosen(view: SavedView, request: HttpRequest) -> bool:
    return request.GET.get(VIEW) == str(view.pk)


def tab_of(view: SavedView, request: HttpRequest) -> dict[str, Any]:
    return {
        "view": view,
        "url": f"?{urlencode({VIEW: view.pk})}",
        "is_current": is_chosen(view, request),
        "is_mine": view.owner_id == request.user.pk,
    }


def filters_of(address: QueryDict) -> QueryDict:
    """What of an address is a filter or a search."""
    kept = address.copy()
    for name in NOT_KEPT & set(kept):
        del kept[name]
    for name in [name for name in kept if not any(kept.getlist(name))]:
        del kept[name]
    return kept


def keeping_url(label: str) -> str:
    return reverse("admin:office_views", args=[label])
