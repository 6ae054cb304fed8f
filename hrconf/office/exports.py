"""Exports of a list as it is filtered: ordered here, written by the worker."""

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrconf.jobs.services import start_job

FORMATS = [("xlsx", _("Excel (XLSX)")), ("csv", _("CSV, UTF-8"))]
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]


class ExportForm(forms.Form):
    """In which file format and which language."""

    format = forms.ChoiceField(label=_("File"), choices=FORMATS, initial="xlsx")
    language = forms.ChoiceField(label=_("Language of the headings"), choices=LANGUAGES)


class ExportMixin:
    """Gives a list an export of the rows that its filters leave."""

    export_kind = ""
    export_permission = ""
    change_list_template = "admin/office/change_list_with_export.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=self.export_url_name), *super().get_urls()]

    @property
    def export_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        extra = {"export_url": ""}
        if request.user.has_perm(self.export_permission):
            address = reverse(f"admin:{self.export_url_name}")
            extra["export_url"] = f"{address}?{request.GET.urlencode()}"
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the format, then order the work; its page has the file."""
        if not request.user.has_perm(self.export_permission):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self.list_url)
        form = ExportForm(
            request.POST if request.method == "POST" else None,
            initial={"language": translation.get_language()},
        )
        if form.is_valid():
            return self.order_export(request, form, rows)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Export"),
            "form": form,
            "count": rows.count(),
            "back": f"{self.list_url}?{request.GET.urlencode()}",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/export.html", context)

    def order_export(self, request: HttpRequest, form: ExportForm, rows) -> HttpResponse:
        language = form.cleaned_data["language"]
        with translation.override(language):
            job = start_job(
                kind=self.export_kind,
                title=gettext("Export: %(names)s") % {"names": self.opts.verbose_name_plural},
                options={
                    "format": form.cleaned_data["format"],
                    "keys": list(rows.values_list("pk", flat=True)),
                },
                by=request.user,
            )
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))

    @property
    def list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
