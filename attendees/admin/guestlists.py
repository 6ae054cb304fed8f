"""Guest lists in the office: upload, look at what would happen, import, read the report."""

from collections.abc import Sequence
from contextlib import suppress

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.fields.json import KeyTransform
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminFileFieldWidget

from attendees.admin.guestlist_page import page_of
from attendees.importing.columns import heading
from attendees.importing.remembering import choose_columns, remembered
from attendees.importing.template import write_template
from attendees.importing.writing import read_guest_list, upload_guest_list
from attendees.models import Category, ColumnMap, GuestList
from events.admin.defaults import StartsWithEdition
from hrconf.jobs.services import start_job
from hrconf.lib.sheets import EncodingUnclear, read_rows
from hrconf.lib.sheets_in import ENCODINGS, MAX_COLUMNS
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge

TONES = {"uploaded": "warn", "imported": "good", "refused": "bad"}


class CategoryChoice(forms.ModelChoiceField):
    """Categories of all editions, each with its year."""

    def label_from_instance(self, category: Category) -> str:
        return f"{category.edition.year} · {category.name}"


class GuestListForm(forms.ModelForm):
    """An upload: the file, and what its rows are."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=gettext_lazy("XLSX or CSV with one heading line, at most 20 MB."),
    )

    class Meta:
        model = GuestList
        fields = ["purpose", "edition", "category", "association", "skips_refused"]

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        with suppress(EncodingUnclear):  # the next page asks
            read_rows(upload)
        upload.seek(0)
        return upload

    def clean(self) -> dict:
        cleaned = super().clean()
        category, edition = cleaned.get("category"), cleaned.get("edition")
        if category and edition and category.edition_id != edition.pk:
            self.add_error("category", _("This category is of another edition."))
        return cleaned


def read_as(guest_list: GuestList, encoding: str) -> None:
    """Read the file in another encoding: its headings, and so its columns, are others."""
    guest_list.encoding, guest_list.columns = encoding, None
    with suppress(ValidationError):
        guest_list.columns = remembered(read_guest_list(guest_list)[0].headings)
    guest_list.save(update_fields=["encoding", "columns"])


def chosen_fields(request: HttpRequest) -> list[str]:
    """The field of each column as the form says; a column that is not shown is left out."""
    given = {key: value for key, value in request.POST.items() if key.startswith("column-")}
    places = {int(key[7:]): value for key, value in given.items() if key[7:].isdecimal()}
    last = min(max(places, default=-1), MAX_COLUMNS)
    return [places.get(place, "") for place in range(last + 1)]


@admin.register(GuestList)
class GuestListAdmin(StartsWithEdition, OfficeAdmin):
    form = GuestListForm
    list_display = [
        "name",
        "purpose",
        "state",
        "created",
        "changed",
        "matched",
        "refused",
        "uploaded_at",
        "uploaded_by",
    ]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("purpose", ChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
    ]
    list_select_related = ["edition", "uploaded_by"]
    search_fields = ["name"]
    warn_unsaved_form = False
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "upload",
                    ("purpose", "edition"),
                    ("category", "association"),
                    "skips_refused",
                ],
            },
        )
    ]
    add_form_template = "admin/office/guest_list_add.html"

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Plain choices: they are few, and work without JavaScript."""
        if db_field.name == "category":
            rows = Category.objects.select_related("edition")
            kwargs["queryset"] = rows.order_by("-edition__year", "position", "pk")
            kwargs["form_class"] = CategoryChoice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request):
        rows = super().get_queryset(request).defer("report")
        return rows.annotate(counts=KeyTransform("counts", "report"))

    def get_urls(self) -> list:
        template = self.admin_site.admin_view(self.template_view)
        return [
            path("template/", template, name="attendees_guestlist_template"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was imported stays in the books."""
        is_open = obj is None or obj.status != GuestList.Status.IMPORTED
        return is_open and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change) -> None:
        upload_guest_list(obj, form.cleaned_data["upload"], by=request.user)

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        response.context_data.update(show_save_and_add_another=False, show_save_and_continue=False)
        return response

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return HttpResponseRedirect(self.address_of(obj))

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """What an import would do, or what it did; nothing of a list is edited by hand."""
        guest_list = self.get_object(request, object_id)
        if guest_list is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, guest_list):
            raise PermissionDenied
        if request.method == "POST":
            return self.act(request, guest_list)
        return self.page(request, guest_list)

    def act(self, request: HttpRequest, guest_list: GuestList) -> HttpResponse:
        """Choose how the file is read, or order the import."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if guest_list.status == GuestList.Status.IMPORTED:
            messages.info(request, _("This list is imported already."))
            return HttpResponseRedirect(self.address_of(guest_list))
        guest_list.skips_refused = "skips_refused" in request.POST
        guest_list.save(update_fields=["skips_refused"])
        encoding = request.POST.get("encoding", guest_list.encoding)
        if encoding in ENCODINGS and encoding != guest_list.encoding:
            read_as(guest_list, encoding)
        elif fields := chosen_fields(request):
            try:
                header, _rows = read_guest_list(guest_list)
                choose_columns(guest_list, header.headings, fields, by=request.user)
            except ValidationError as refusal:
                return self.page(request, guest_list, fields, " ".join(refusal.messages))
        if "import" in request.POST:
            self.order(request, guest_list)
        return HttpResponseRedirect(self.address_of(guest_list))

    def order(self, request: HttpRequest, guest_list: GuestList) -> None:
        start_job(
            kind="guest_list",
            title=_("Import of %(name)s") % {"name": guest_list.name},
            options={"guest_list": guest_list.pk},
            by=request.user,
        )

    def page(
        self,
        request: HttpRequest,
        guest_list: GuestList,
        chosen: Sequence[str] | None = None,
        trouble: str = "",
    ) -> HttpResponse:
        shown = page_of(guest_list, request.GET, chosen)
        shown.trouble = trouble or shown.trouble
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": guest_list,
            "title": guest_list.name,
            "guest_list": guest_list,
            "shown": shown,
            "may_import": self.has_add_permission(request) and shown.may_import,
            "state": badge(guest_list.get_status_display(), TONES[guest_list.status]),
            "here": request.path,
        }
        request.current_app = self.admin_site.name
        response = TemplateResponse(request, "admin/office/guest_list.html", context)
        if shown.is_working:
            response["Refresh"] = "3"
        return response

    def template_view(self, request: HttpRequest) -> FileResponse:
        """An empty list with all headings, examples, and what each column means."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = capfirst(_("guest list"))
        return FileResponse(write_template(), as_attachment=True, filename=f"{name}.xlsx")

    def address_of(self, guest_list: GuestList) -> str:
        return reverse("admin:attendees_guestlist_change", args=[guest_list.pk])

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, guest_list: GuestList):
        return badge(guest_list.get_status_display(), TONES[guest_list.status])

    @admin.display(description=gettext_lazy("created"))
    def created(self, guest_list: GuestList):
        return self.count(guest_list, "created")

    @admin.display(description=gettext_lazy("changed"))
    def changed(self, guest_list: GuestList):
        return self.count(guest_list, "changed")

    @admin.display(description=gettext_lazy("matched"))
    def matched(self, guest_list: GuestList):
        return self.count(guest_list, "matched")

    @admin.display(description=gettext_lazy("refused"))
    def refused(self, guest_list: GuestList):
        return self.count(guest_list, "refused")

    def count(self, guest_list: GuestList, outcome: str) -> int | None:
        return (guest_list.counts or {}).get(outcome)


@admin.register(ColumnMap)
class ColumnMapAdmin(LookOnly, OfficeAdmin):
    """What columns are remembered as; the page of a list changes it, here it is forgotten."""

    list_display = ["__str__", "known", "saved_at", "saved_by", "used_at"]
    list_select_related = ["saved_by"]
    fields = ["pairs", "saved_at", "saved_by", "used_at"]
    readonly_fields = ["pairs"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("attendees.delete_columnmap")

    @admin.display(description=gettext_lazy("columns read"))
    def known(self, column_map: ColumnMap) -> str:
        return f"{sum(map(bool, column_map.fields))} / {len(column_map.fields)}"

    @admin.display(description=gettext_lazy("columns"))
    def pairs(self, column_map: ColumnMap):
        both = zip(column_map.headings, column_map.fields, strict=True)
        lines = [(name, heading(key) if key else _("left out")) for name, key in both]
        return format_html_join("", "<div>{} → {}</div>", lines)
