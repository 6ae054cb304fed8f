"""The board of the pipeline in the office: where projects stand, and steps with many of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from events.models import Edition
from hrconf.office import deeds
from projects.models import Project, Sector
from projects.services import pipeline
from projects.services.board_filters import Filters, Origin

MAY_LOOK = "projects.view_project"
PER_PAGE = 50
MOST_KEYS = 5_000


class PipelineMixin:
    """Gives the admin of projects the board of the pipeline."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.pipeline_view)
        return [path("pipeline/", view, name="projects_project_pipeline"), *super().get_urls()]

    def pipeline_view(self, request: HttpRequest) -> HttpResponse:
        """The board; posted, the page of a step with the chosen projects."""
        if not request.user.has_perm(MAY_LOOK):
            raise PermissionDenied
        edition = edition_of(request)
        if edition is None:
            return self.pipeline_page(request, None)
        filters = Filters.read(request.GET)
        if request.method != "POST":
            return self.pipeline_page(request, edition, filters)
        steps = {deed.name: deed for deed in self.deeds_of(request.user)}
        if not steps:
            raise PermissionDenied
        step = steps.get(request.POST.get("step", ""))
        ids = chosen_ids(request, edition, filters)
        if trouble := refused(step, ids):
            messages.error(request, trouble)
            return self.pipeline_page(request, edition, filters, status=422)
        return deeds.page(self, step, request, ids, back=request.get_full_path())

    def pipeline_page(
        self,
        request: HttpRequest,
        edition: Edition | None,
        filters: Filters = Filters(),  # noqa: B008  it is frozen
        status: int = 200,
    ) -> HttpResponse:
        shown = board_context(request, edition, filters) if edition else {}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Pipeline of projects"),
            "here": "pipeline",
            "edition": edition,
            "board": {"edition": edition},
            "steps": self.deeds_of(request.user),
            "chosen": set(request.POST.getlist("project")),
            "asked": request.POST.get("step", ""),
            "scope": request.POST.get("scope", "chosen"),
            **shown,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/pipeline.html", context, status=status)


def edition_of(request: HttpRequest) -> Edition | None:
    """The edition that the address names, else the one at hand."""
    slug = request.GET.get("edition", "").replace("\x00", "")
    return Edition.objects.filter(slug=slug).first() or Edition.objects.at_hand()


def chosen_ids(request: HttpRequest, edition: Edition, filters: Filters) -> list[int]:
    """The projects of the edition that were ticked, or all that match."""
    rows: Any = Project.objects.filter(edition=edition).order_by("pk")
    if request.POST.get("scope") == "all":
        column = request.GET.get("column", "")
        found = pipeline.column_rows(edition, filters, column, request.user) if column else None
        rows = pipeline.rows_of(edition, filters) if found is None else found
        return list(rows.order_by("pk").values_list("pk", flat=True))
    keys = request.POST.getlist("project")[:MOST_KEYS]
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    return list(rows.filter(pk__in=numbers).values_list("pk", flat=True))


def refused(step: Any, ids: list[int]) -> str:
    """What is missing before a step can be shown."""
    if not ids:
        return _("Choose at least one project.")
    return "" if step else _("Choose a step.")


def board_context(request: HttpRequest, edition: Edition, filters: Filters) -> dict[str, Any]:
    name = request.GET.get("column", "")
    rows = pipeline.column_rows(edition, filters, name, request.user) if name else None
    return {
        "filters": filters,
        "sectors": list(Sector.objects.select_related("parent")),
        "countries": pipeline.countries_of(edition),
        "origins": Origin.choices,
        "seekings": Project.Seeking.choices,
        "base": f"?edition={edition.slug}" + (f"&{filters.query}" if filters.query else ""),
        **(
            {"pipeline": pipeline.pipeline_of(edition, filters, request.user)}
            if rows is None
            else one_column(request, edition, filters, name, rows)
        ),
    }


def one_column(
    request: HttpRequest, edition: Edition, filters: Filters, name: str, rows: Any
) -> dict[str, Any]:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = "&".join(
        part for part in [f"edition={edition.slug}", filters.query, f"column={name}"] if part
    )
    return {
        "column": name,
        "column_title": pipeline.title_of(name, request.user),
        "page": page,
        "pages": list(page.paginator.get_elided_page_range(page.number)),
        "query": query,
    }
