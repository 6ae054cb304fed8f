"""Lists of projects in the office: upload, look at what would happen, import, read the report."""

import io
from contextlib import suppress

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.fields.json import KeyTransform
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminFileFieldWidget

from attendees.admin.guestlists import chosen_fields
from attendees.importing.planning import Outcome
from attendees.importing.template import write_template
from events.admin.defaults import StartsWithEdition
from hrconf.jobs.services import start_job
from hrconf.lib.sheets import EncodingUnclear, write_csv
from hrconf.lib.sheets_in import ENCODINGS, MAX_BYTES
from hrconf.office.admin import OfficeAdmin
from hrconf.office.badges import badge
from projects.admin.list_page import Line, page_of, planned, reported
from projects.importing.columns import COLUMNS, check_fields, signature
from projects.importing.reading import read_table
from projects.importing.writing import (
    plan_project_list,
    read_project_list,
    remembered,
    upload_project_list,
)
from projects.models import ProjectList

TONES = {"uploaded": "warn", "imported": "good", "refused": "bad"}
Status = ProjectList.Status


class ProjectListForm(forms.ModelForm):
    """An upload: the file, and what its rows become."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("XLSX, CSV or JSON with one heading line, at most 20 MB."),
    )

    class Meta:
        model = ProjectList
        fields = ["edition", "sector", "standing", "invited_on", "skips_refused"]

    def clean_upload(self):
        """Refused next to the field, before it is kept."""
        upload = self.cleaned_data["upload"]
        with suppress(EncodingUnclear):  # the next page asks
            read_table(upload.read(MAX_BYTES + 1))
        upload.seek(0)
        return upload


def read_as(row: ProjectList, encoding: str) -> None:
    """Read the file in another encoding: its headings, and so its columns, are others."""
    row.encoding, row.columns = encoding, None
    with suppress(ValidationError):
        row.signature = signature(read_project_list(row)[0].headings)
        row.columns = remembered(row.signature)
    row.save(update_fields=["encoding", "signature", "columns"])


def choose_fields(row: ProjectList, fields: list[str]) -> None:
    """Read the list by these fields from now on, and the next one with its headings."""
    check_fields(fields)
    headings = read_project_list(row)[0].headings
    row.columns = [*fields, *[""] * len(headings)][: len(headings)]
    row.signature = signature(headings)
    row.save(update_fields=["columns", "signature"])


@admin.register(ProjectList)
class ProjectListAdmin(StartsWithEdition, OfficeAdmin):
    form = ProjectListForm
    list_display = [
        "name",
        "edition",
        "state",
        "created",
        "changed",
        "matched",
        "refused",
        "uploaded_at",
        "uploaded_by",
    ]
    list_filter = [("edition", RelatedDropdownFilter), ("status", ChoicesDropdownFilter)]
    list_select_related = ["edition", "uploaded_by"]
    search_fields = ["name"]
    warn_unsaved_form = False
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "upload",
                    ("edition", "sector"),
                    ("standing", "invited_on"),
                    "skips_refused",
                ]
            },
        )
    ]
    add_form_template = "admin/office/project_list_add.html"

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer("report")
        return rows.annotate(counts=KeyTransform("counts", "report"))

    def get_urls(self) -> list:
        report = self.admin_site.admin_view(self.report_view)
        template = self.admin_site.admin_view(self.template_view)
        return [
            path("template/", template, name="projects_projectlist_template"),
            path("<int:pk>/report.csv", report, name="projects_projectlist_report"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was imported stays in the books."""
        is_open = obj is None or obj.status != Status.IMPORTED
        return is_open and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change) -> None:
        upload_project_list(obj, form.cleaned_data["upload"], by=request.user)

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        response.context_data.update(show_save_and_add_another=False, show_save_and_continue=False)
        return response

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return HttpResponseRedirect(address_of(obj))

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """What an import would do, or what it did; nothing of a list is edited by hand."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if request.method == "POST":
            return self.act(request, row)
        return self.page(request, row)

    def act(self, request: HttpRequest, row: ProjectList) -> HttpResponse:
        """Choose how the file is read, or order the import."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if row.status == Status.IMPORTED:
            messages.info(request, _("This list is imported already."))
            return HttpResponseRedirect(address_of(row))
        row.skips_refused = "skips_refused" in request.POST
        row.save(update_fields=["skips_refused"])
        encoding = request.POST.get("encoding", row.encoding)
        if encoding in ENCODINGS and encoding != row.encoding:
            read_as(row, encoding)
        elif fields := chosen_fields(request):
            try:
                choose_fields(row, fields)
            except ValidationError as refusal:
                return self.page(request, row, fields, " ".join(refusal.messages))
        if "import" in request.POST:
            title = _("Import of %(name)s") % {"name": row.name}
            options = {"project_list": row.pk}
            start_job(kind="project_list", title=title[:200], options=options, by=request.user)
        return HttpResponseRedirect(address_of(row))

    def page(
        self, request: HttpRequest, row: ProjectList, chosen=None, trouble: str = ""
    ) -> HttpResponse:
        shown = page_of(row, request.GET, chosen)
        shown.trouble = trouble or shown.trouble
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": row.name,
            "row": row,
            "shown": shown,
            "may_import": self.has_add_permission(request) and shown.may_import,
            "state": self.state(row),
            "here": request.path,
        }
        request.current_app = self.admin_site.name
        response = TemplateResponse(request, "admin/office/project_list.html", context)
        if shown.is_working:
            response["Refresh"] = "3"
        return response

    def template_view(self, request: HttpRequest) -> FileResponse:
        """An empty list with all headings, examples, and what each column means."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        file = write_template(COLUMNS, title=_("Project list"), name=_("Projects"))
        return FileResponse(file, as_attachment=True, filename="projects.xlsx")

    def report_view(self, request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
        """Every row with what becomes or became of it, as a table."""
        row = self.get_object(request, str(pk))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        try:
            lines = lines_of(row)
        except ValidationError:  # the page says what is wrong with the file
            return HttpResponseRedirect(address_of(row))
        head = [_("Line"), _("Title"), _("Outcome"), _("Why, what")]
        cells = [[o.line, o.label, str(o.outcome.label), "; ".join(o.notes)] for o in lines]
        file = io.BytesIO()
        write_csv(file, [head, *cells])
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename="report.csv")

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, row: ProjectList):
        return badge(row.get_status_display(), TONES[row.status])

    @admin.display(description=gettext_lazy("created"))
    def created(self, row: ProjectList) -> int | None:
        return (row.counts or {}).get(Outcome.CREATED)

    @admin.display(description=gettext_lazy("changed"))
    def changed(self, row: ProjectList) -> int | None:
        return (row.counts or {}).get(Outcome.CHANGED)

    @admin.display(description=gettext_lazy("matched"))
    def matched(self, row: ProjectList) -> int | None:
        return (row.counts or {}).get(Outcome.MATCHED)

    @admin.display(description=gettext_lazy("refused"))
    def refused(self, row: ProjectList) -> int | None:
        return (row.counts or {}).get(Outcome.REFUSED)


def lines_of(row: ProjectList) -> list[Line]:
    """What became of each row; before the import what would."""
    is_over = row.status == Status.IMPORTED
    return reported(row) if is_over else planned(plan_project_list(row)[1])


def address_of(row: ProjectList) -> str:
    return reverse("admin:projects_projectlist_change", args=[row.pk])
