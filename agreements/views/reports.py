"""The report of agreements: as a page, as a file, and as long work when it is large."""

from functools import cached_property
from tempfile import TemporaryFile
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from agreements.forms.filters import AgreementFilter
from agreements.forms.orders import FORMAT_NAMES, ReportOrder
from agreements.models import Agreement
from agreements.reports.content import report_on_screen
from agreements.reports.files import FORMATS, Format, draw_report
from agreements.views.pages import AgreementPage
from hrconf.jobs.services import start_job
from hrconf.lib.pdf import PdfError


class AgreementReport(AgreementPage, View):
    """With `?format=` a file, else the same totals as a page. A large file is a POST."""

    http_method_names = ["get", "head", "post", "options"]

    @cached_property
    def filter(self) -> AgreementFilter:
        return AgreementFilter(self.request.GET, edition=self.edition)

    @cached_property
    def order(self) -> ReportOrder:
        given = self.request.GET.dict()
        return ReportOrder({"report_language": get_language(), **given})

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not (self.filter.is_valid() and self.order.is_valid()):
            return self.page(status=400)
        if not self.format:
            return self.page()
        if self.found.count() > self.format.direct:
            return self.page(prepare=self.order.cleaned_data["format"])
        return self.file()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Have a worker draw it: the person may leave and come back."""
        is_valid = self.filter.is_valid() and self.order.is_valid()
        if not is_valid or not self.format or self.found.count() > self.format.most:
            return self.page(status=400)
        name = self.order.cleaned_data["format"]
        job = start_job(
            kind="agreement_report",
            title=_("Report of agreements %(year)s (%(format)s)")
            % {"year": self.edition.year, "format": FORMAT_NAMES[name]},
            options={
                "edition": self.edition.slug,
                "filters": self.filter.in_address(),
                "format": name,
                "language": self.order.cleaned_data["report_language"],
            },
            by=request.user,
        )
        return redirect("jobs:job", pk=job.pk)

    @property
    def format(self) -> Format | None:
        return FORMATS.get(self.order.cleaned_data["format"])

    @cached_property
    def found(self) -> QuerySet[Agreement]:
        if not self.filter.is_valid():
            return self.agreements().none()
        return self.filter.apply(self.agreements())

    def page(self, status: int = 200, prepare: str = "") -> HttpResponse:
        """The totals on screen; with `prepare`, the offer to draw a large file."""
        is_valid = self.filter.is_valid()
        report = report_on_screen(self.edition, self.filter, self.found, self.request.user)
        context = {
            "edition": self.edition,
            "filter": self.filter,
            "order": self.order,
            "report": report,
            "in_address": self.filter.in_address() if is_valid else {},
            "prepare": prepare,
            "prepare_name": FORMAT_NAMES.get(prepare),
            "too_many": bool(prepare) and report.tally.rows > FORMATS[prepare].most,
        }
        return render(self.request, "agreements/report.html", context, status=status)

    def file(self) -> HttpResponse:
        """The file, drawn while one waits and read from disk."""
        given = self.order.cleaned_data
        file = TemporaryFile()  # noqa: SIM115  the response closes it
        try:
            drawn = draw_report(
                file,
                edition=self.edition,
                filters=self.filter.in_address(),
                format=given["format"],
                language=given["report_language"],
                by=self.request.user,
            )
        except PdfError as refusal:
            file.close()
            messages.error(self.request, " ".join(refusal.messages))
            return self.page(status=503)
        file.seek(0)
        return attachment(file, drawn.name, FORMATS[given["format"]].content_type)


def attachment(file: Any, name: str, content_type: str) -> FileResponse:
    """A file that is saved, never opened in our name, and kept by no cache."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
