"""My work: what waits for who asks, list by list, with what can be done about it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import DropdownFilter

from events.models import Edition
from events.worklists import PARAMETER, Counted, WorkList, count_work, lists_on
from hrconf.office.links import office_link

PER_PAGE = 50


class WorkFilter(DropdownFilter):
    """What waits, as My work counts it; of the edition chosen, else of the one at hand."""

    title = gettext_lazy("work")
    parameter_name = PARAMETER

    def __init__(self, request, params, model, model_admin):
        self.user, self.label = request.user, model._meta.label_lower
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(one.name, one.title) for one in lists_on(self.label, self.user)]

    def queryset(self, request, queryset):
        one = chosen_list(self.label, request)
        if one is None:
            return queryset
        key = request.GET.get(f"{one.edition}__id__exact", "")
        is_number = key.isdecimal() and len(key) < 19
        found = Edition.objects.filter(pk=int(key)).first() if is_number else None
        edition = found or Edition.objects.at_hand()
        if edition is None:
            return queryset.none()
        return queryset.filter(pk__in=one.rows(edition).order_by().values("pk"))


class UrgentFirst:
    """A list that, filtered by what waits, has the most urgent first."""

    def get_ordering(self, request):
        one = chosen_list(self.opts.label_lower, request)
        return one.urgency if one else super().get_ordering(request)


def chosen_list(label: str, request: HttpRequest) -> WorkList | None:
    """The work list that the address of a list names."""
    name = request.GET.get(PARAMETER)
    return next((one for one in lists_on(label, request.user) if one.name == name), None)


class WorkPageMixin:
    """Gives the editions' admin the page of what waits."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.work_view)
        return [path("work/", view, name="events_edition_work"), *super().get_urls()]

    def work_view(self, request: HttpRequest) -> HttpResponse:
        """The lists of who asks with their numbers, and the rows of one of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        slug = request.GET.get("edition", "").replace("\x00", "")
        edition = Edition.objects.filter(slug=slug).first() or Edition.objects.at_hand()
        counted = count_work(edition, request.user) if edition else []
        is_mine = asks_for_mine(request, counted)
        current = chosen_of(request, counted, is_mine)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("My work"),
            "edition": edition,
            "board": {"edition": edition},
            "is_mine": is_mine,
            "has_mine": any(one.list.owner for one in counted),
            "tabs": [tab_of(one, edition, is_mine, one is current) for one in counted],
            "whose": [tab_whose(request, one) for one in [True, False]],
            "back": request.get_full_path(),
            **(rows_of(request, current, edition, is_mine) if current and edition else {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/work.html", context)


def asks_for_mine(request: HttpRequest, counted: list[Counted]) -> bool:
    """Whether one's own rows are shown: as asked, else if there are any."""
    whose = request.GET.get("whose", "")
    return whose == "mine" or (whose != "all" and any(one.mine for one in counted))


def chosen_of(request: HttpRequest, counted: list[Counted], is_mine: bool) -> Counted | None:
    """The list that the address names, else the first in which something waits."""
    name = request.GET.get("list")
    named = [one for one in counted if one.list.name == name]
    filled = [one for one in counted if (one.mine if is_mine else one.count)]
    return next(iter(named or filled or counted), None)


def tab_of(one: Counted, edition: Any, is_mine: bool, is_current: bool) -> dict[str, Any]:
    whose = "mine" if is_mine else "all"
    query = {"list": one.list.name, "whose": whose, "edition": edition.slug}
    return {
        "work": one.list,
        "count": one.mine if is_mine else one.count,
        "oldest": one.oldest_mine if is_mine else one.oldest,
        "url": f"?{urlencode(query)}",
        "is_current": is_current,
    }


def tab_whose(request: HttpRequest, is_mine: bool) -> dict[str, Any]:
    kept = {key: request.GET[key] for key in ["list", "edition"] if key in request.GET}
    whose = "mine" if is_mine else "all"
    return {"is_mine": is_mine, "url": f"?{urlencode({**kept, 'whose': whose})}"}


def rows_of(
    request: HttpRequest, current: Counted, edition: Edition, is_mine: bool
) -> dict[str, Any]:
    """A page of the waiting rows of a list, the most urgent first."""
    one = current.list
    page = Paginator(one.of(request.user, edition, is_mine=is_mine), PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    return {
        "current": current,
        "list_url": current.url if "work/" not in current.url else "",
        "handy": one.handy(request.user),
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "query": urlencode(
            {"list": one.name, "whose": "mine" if is_mine else "all", "edition": edition.slug}
        ),
        "lines": [line_of(one, row, request.user) for row in page],
    }


def line_of(one: WorkList, row: Any, user: Any) -> dict[str, Any]:
    shown = one.shown(row)
    url = office_link(row, user) or (office_link(shown.about, user) if shown.about else "")
    return {"pk": row.pk, "shown": shown, "url": url, "since": moment(row, one.since)}


def moment(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
