"""Schedules of other programs in the office: upload, look, import, read the report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminFileFieldWidget

from events.admin.defaults import StartsWithEdition
from events.imports.planning import plan_import
from events.imports.plans import Outcome
from events.imports.reading import LARGEST, read_schedule
from events.imports.uploads import read_upload, report_of, upload_schedule, wishes_of
from events.models import ScheduleImport
from hrconf.jobs.models import Job
from hrconf.jobs.services import start_job
from hrconf.office.admin import OfficeAdmin
from hrconf.office.badges import badge, choice_badge

ROWS_PER_PAGE = 100
TONES = {
    Outcome.CREATED: "good",
    Outcome.CHANGED: "note",
    Outcome.UNCHANGED: "quiet",
    Outcome.REFUSED: "bad",
    Outcome.GONE: "warn",
}
Status = ScheduleImport.Status


@dataclass(frozen=True)
class Line:
    """An entry of the file and what becomes or became of it."""

    row: int | None
    label: str
    outcome: Outcome
    notes: list[str]
    session: int | None = None

    @property
    def mark(self) -> SafeString:
        return badge(self.outcome.label, TONES[self.outcome])

    @property
    def url(self) -> str:
        return reverse("admin:events_session_change", args=[self.session]) if self.session else ""


@dataclass
class Shown:
    """Everything on the page of an import."""

    job: Job | None
    outcome: str = ""
    counts: list[tuple[Outcome, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    page: Page | None = None
    pages: list[int | str] = field(default_factory=list)
    trouble: str = ""
    may_import: bool = False

    @property
    def query(self) -> str:
        return urlencode({"outcome": self.outcome}) if self.outcome else ""

    @property
    def is_working(self) -> bool:
        return self.job is not None and not self.job.is_over


def page_of(row: ScheduleImport, query: Mapping[str, str]) -> Shown:
    """What an import would do now, or what it did; the same queries at any length."""
    jobs = Job.objects.filter(kind="schedule_import", options__import=row.pk)
    shown = Shown(jobs.order_by("-pk").first(), query.get("outcome", ""))
    report = row.report
    if row.status != Status.IMPORTED and not shown.is_working:
        try:
            plan = plan_import(row.edition, read_upload(row), wishes_of(row))
        except ValidationError as refusal:
            shown.trouble = " ".join(refusal.messages)
            return shown
        report = report_of(plan)
        shown.may_import = plan.writes > 0
    if report:
        show(shown, report, query)
    return shown


def show(shown: Shown, report: dict, query: Mapping[str, str]) -> None:
    lines = [Line(**{**one, "outcome": Outcome(one["outcome"])}) for one in report["rows"]]
    shown.notes = report["notes"]
    shown.counts = [(outcome, report["counts"][outcome.value]) for outcome in Outcome]
    chosen = [line for line in lines if shown.outcome in {"", line.outcome}]
    paginator = Paginator(chosen, ROWS_PER_PAGE)
    shown.page = paginator.get_page(query.get("page"))
    shown.pages = list(paginator.get_elided_page_range(shown.page.number))


class ScheduleImportForm(forms.ModelForm):
    """An upload: the file, and what it may do."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("schedule.xml, schedule.json or iCalendar, at most 20 MB."),
    )

    class Meta:
        model = ScheduleImport
        fields = ["edition", "overwrites", "cancels_gone"]

    def clean_upload(self):
        """Refused next to the field, before it is kept."""
        upload = self.cleaned_data["upload"]
        data = upload.read(LARGEST + 1)
        edition = self.cleaned_data.get("edition")
        read_schedule(data, fallback=edition.tz if edition else None)
        upload.seek(0)
        return upload


@admin.register(ScheduleImport)
class ScheduleImportAdmin(StartsWithEdition, OfficeAdmin):
    form = ScheduleImportForm
    list_display = ["name", "edition", "state", "created", "changed", "uploaded_at", "uploaded_by"]
    list_filter = [("edition", RelatedDropdownFilter), ("status", ChoicesDropdownFilter)]
    list_select_related = ["edition", "uploaded_by"]
    search_fields = ["name"]
    warn_unsaved_form = False
    fieldsets = [(None, {"fields": ["edition", "upload", "overwrites", "cancels_gone"]})]
    add_form_template = "admin/office/schedule_import_add.html"

    state = choice_badge("status", description=gettext_lazy("status"))

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer("report")
        return rows.annotate(counts=KeyTransform("counts", "report"))

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was imported stays in the books."""
        is_open = obj is None or obj.status != Status.IMPORTED
        return is_open and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change) -> None:
        upload_schedule(obj, form.cleaned_data["upload"], by=request.user)

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        response.context_data.update(show_save_and_add_another=False, show_save_and_continue=False)
        return response

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return HttpResponseRedirect(address_of(obj))

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """What an import would do, or what it did; nothing of it is edited by hand."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if request.method == "POST":
            return self.act(request, row)
        return self.page(request, row)

    def act(self, request: HttpRequest, row: ScheduleImport) -> HttpResponse:
        """Change what the file may do, or order the import."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if row.status == Status.IMPORTED:
            messages.info(request, _("This schedule is imported already."))
            return HttpResponseRedirect(address_of(row))
        row.overwrites = "overwrites" in request.POST
        row.cancels_gone = "cancels_gone" in request.POST
        row.save(update_fields=["overwrites", "cancels_gone"])
        if "import" in request.POST:
            title = _("Import of %(name)s") % {"name": row.name}
            options = {"import": row.pk}
            start_job(kind="schedule_import", title=title[:200], options=options, by=request.user)
        return HttpResponseRedirect(address_of(row))

    def page(self, request: HttpRequest, row: ScheduleImport) -> HttpResponse:
        shown = page_of(row, request.GET)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": row.name,
            "row": row,
            "shown": shown,
            "may_change": self.has_add_permission(request) and row.status != Status.IMPORTED,
            "state": self.state(row),
            "here": request.path,
        }
        request.current_app = self.admin_site.name
        response = TemplateResponse(request, "admin/office/schedule_import.html", context)
        if shown.is_working:
            response["Refresh"] = "3"
        return response

    @admin.display(description=gettext_lazy("created"))
    def created(self, row: ScheduleImport) -> int | None:
        return (row.counts or {}).get("created")

    @admin.display(description=gettext_lazy("changed"))
    def changed(self, row: ScheduleImport) -> int | None:
        return (row.counts or {}).get("changed")


def address_of(row: ScheduleImport) -> str:
    return reverse("admin:events_scheduleimport_change", args=[row.pk])
