"""The board's page of a phase: what was said, the quotas, decisions kept quiet until released."""

import io
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrconf.jobs.services import start_job
from hrconf.lib.downloads import download
from projects.admin.screening_pages import PAGES, PER_PAGE, address, render
from projects.models import Decision, EligibilityCheck, Project, ReviewPhase
from projects.services import deciding
from projects.services.board import quotas_of, rows_of
from projects.services.eligibility import items_of
from projects.services.justification import write_json, write_sheets
from projects.services.reviewers import projects_of

MOST_CHOSEN = 200


class DecideForm(forms.Form):
    """Chosen projects and what becomes of them."""

    outcome = forms.ChoiceField(choices=Decision.Outcome.choices)
    note = forms.CharField(required=False, max_length=2000)

    def __init__(self, phase: ReviewPhase, data: Any = None) -> None:
        super().__init__(data)
        rows = Project.objects.filter(edition=phase.edition)
        self.fields["project"] = forms.ModelMultipleChoiceField(
            rows, error_messages={"required": _("Choose at least one project.")}
        )


def board_view(office: Any, request: HttpRequest, phase: ReviewPhase) -> HttpResponse:
    if request.method != "POST":
        return board_page(office, request, phase)
    name = request.POST.get("deed", "")
    if name in DEEDS:
        try:
            messages.success(request, DEEDS[name](phase, request))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        query = request.GET.urlencode()
        return HttpResponseRedirect(address(phase, "board") + (f"?{query}" if query else ""))
    return board_page(office, request, phase, status=422)


def board_page(
    office: Any, request: HttpRequest, phase: ReviewPhase, status: int = 200
) -> HttpResponse:
    rows = shown_rows(phase, request.GET)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    projects = [row.project for row in page]
    pending = deciding.pending_of(phase.edition)
    context = {
        "page": page,
        "count": len(rows),
        "quotas": quotas_of(phase.edition),
        "pending": pending.count(),
        "clashes": deciding.contradictions(projects),
        "outcomes": Decision.Outcome.choices,
        "sectors": sorted({row.project.sector for row in rows_all(phase)}, key=str),
        "chosen_sector": request.GET.get("sector", ""),
        "chosen_state": request.GET.get("state", ""),
        "reserve": list(deciding.reserve_of(phase.edition)[:100]),
        "query": query_without_page(request),
    }
    if not phase.is_panel:
        context["checks"] = checks_of(phase, projects)
        context["items"] = len(items_of(phase.edition))
    return render(office, request, phase, "review_board", status, **context)


def rows_all(phase: ReviewPhase) -> list:
    if not hasattr(phase, "_rows"):
        phase._rows = rows_of(phase)
    return phase._rows


def shown_rows(phase: ReviewPhase, asked: Any) -> list:
    """The rows a sector and a state leave; anything else that is asked shows all."""
    rows = rows_all(phase)
    if asked.get("sector", "").isdecimal():
        rows = [row for row in rows if str(row.project.sector_id) == asked["sector"]]
    if asked.get("state") == "open":
        rows = [row for row in rows if row.decision is None]
    if asked.get("state") == "pending":
        rows = [row for row in rows if row.pending]
    if asked.get("state") == "released":
        rows = [row for row in rows if row.released]
    return rows


def query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def checks_of(phase: ReviewPhase, projects: list[Project]) -> dict[int, dict[str, Any]]:
    """How far the checklist is for each project, and which lines fail."""
    rows = EligibilityCheck.objects.filter(project__in=projects).select_related("item")
    found: dict[int, dict[str, Any]] = {one.pk: {"checked": 0, "fails": []} for one in projects}
    for one in rows.order_by("item__position", "item"):
        found[one.project_id]["checked"] += 1
        if not one.is_met:
            found[one.project_id]["fails"].append(one.item.text)
    return found


# What each button does ------------------------------------------------------------------


def decide_them(phase: ReviewPhase, request: HttpRequest) -> str:
    form = DecideForm(phase, request.POST)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    said, done = form.cleaned_data, 0
    for project in list(said["project"])[:MOST_CHOSEN]:
        try:
            deciding.decide(
                project.pk, outcome=said["outcome"], note=said["note"], phase=phase, by=request.user
            )
            done += 1
        except ValidationError as refusal:
            messages.error(request, f"{project.reference}: {' '.join(refusal.messages)}")
    return ngettext(
        "%(count)s decision is noted; nobody is told before it is released.",
        "%(count)s decisions are noted; nobody is told before they are released.",
        done,
    ) % {"count": done}


def withdraw_them(phase: ReviewPhase, request: HttpRequest) -> str:
    deciding.withdraw_decision(one_project(phase, request).pk, by=request.user)
    return _("The pending decision is taken back.")


def promote_it(phase: ReviewPhase, request: HttpRequest) -> str:
    deciding.promote(one_project(phase, request).pk, by=request.user)
    return _("The project moves up from the reserve list once it is released.")


def one_project(phase: ReviewPhase, request: HttpRequest) -> Project:
    key = request.POST.get("one", "")
    rows = Project.objects.filter(edition=phase.edition)
    found = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if found is None:
        raise ValidationError(_("It is gone meanwhile."), code="gone")
    return found


def release_them(phase: ReviewPhase, request: HttpRequest) -> str:
    start_job(
        kind="release_decisions",
        title=_("Release decisions: %(edition)s") % {"edition": phase.edition.name},
        options={"edition": phase.edition_id},
        by=request.user,
    )
    return _("The decisions are being released; letters get their numbers and go out.")


DEEDS = {
    "decide": decide_them,
    "withdraw": withdraw_them,
    "promote": promote_it,
    "release": release_them,
}


# All that led to it ---------------------------------------------------------------------

FORMATS = {
    "xlsx": (write_sheets, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (write_json, "application/json"),
}


def justification_view(office: Any, request: HttpRequest, phase: ReviewPhase) -> HttpResponse:
    """One project of the phase, or all, in one file; the history says who took it."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    kind, key = request.GET.get("format", "xlsx"), request.GET.get("project", "")
    if kind not in FORMATS or (key and not (key.isdecimal() and len(key) < 19)):
        raise Http404
    rows = projects_of(phase).select_related("sector", "holder")
    rows = Project.objects.filter(edition=phase.edition, pk=key) if key else rows
    projects = list(rows.select_related("sector", "holder").order_by("reference", "pk"))
    if key and not projects:
        raise Http404
    write, content_type = FORMATS[kind]
    file = io.BytesIO()
    write(file, projects)
    file.seek(0)
    said = _("File of reasons taken (%(kind)s): %(count)s projects")
    office.log_change(request, phase, said % {"kind": kind, "count": len(projects)})
    part = projects[0].reference.lower() if key else f"phase-{phase.number}"
    return download(file, f"reasons-{phase.edition.slug}-{part}.{kind}", content_type)


PAGES["justification"] = ("<int:pk>/justification/", justification_view)
PAGES["board"] = ("<int:pk>/board/", board_view)
