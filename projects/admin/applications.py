"""Applications in the office: what was sent, what changed, above all after acceptance."""

from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import DropdownFilter, RelatedDropdownFilter

from attendees.models import Form, Person
from attendees.services.previews import REASONS
from attendees.services.undos import OF_MAILS
from hrconf.lib.downloads import download
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, day_cell, names_cell, two_lines
from hrconf.office.deeds import Deed, DeedsMixin
from projects.forms.steps import form_of
from projects.models import Application, ApplicationVersion, Project
from projects.services.application_links import mail_links, owner_of, preview_links
from projects.services.receipts import draw_receipt, receipt_name
from projects.services.snapshots import Change, changes_between, content_of, lines_of


class SentFilter(DropdownFilter):
    """Sent, or only begun."""

    title = gettext_lazy("sent")
    parameter_name = "sent"

    def lookups(self, request, model_admin):
        return [("yes", _("Sent")), ("no", _("Begun"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(submitted_at__isnull=self.value() == "no")
        return queryset


@dataclass
class Shown:
    """A version and what it changed."""

    version: ApplicationVersion
    changes: list[Change] = field(default_factory=list)

    @property
    def is_correction(self) -> bool:
        """Sent after the project was accepted."""
        return self.version.status == Project.Status.ACCEPTED


MAIL_LINK = Deed(
    name="mail_link",
    title=gettext_lazy("Mail the link again"),
    permission="projects.change_application",
    icon="outgoing_mail",
    preview=preview_links,
    do=mail_links,
    explanation=gettext_lazy(
        "Whoever lost their link gets it again, once a day at most. A link that was passed on "
        "before keeps working; handing the application on ends it."
    ),
    reasons=REASONS,
    undo=OF_MAILS,
)


@admin.register(Application)
class ApplicationAdmin(DeedsMixin, LookOnly, OfficeAdmin):
    deeds = [MAIL_LINK]
    list_display = ["titles", "kind", "applicant_names", "sent", "state", "came_by"]
    list_filter = [
        SentFilter,
        ("kind", RelatedDropdownFilter),
        ("project__sector", RelatedDropdownFilter),
        ("code__association", RelatedDropdownFilter),
    ]
    list_select_related = ["project__edition", "kind", "applicant", "code"]
    search_fields = [
        "project__reference",
        "project__title_en",
        "project__title_zh_hans",
        "applicant__name_native",
        "applicant__name_latin",
    ]
    fields = [("project", "kind"), ("applicant", "code"), ("submitted_at", "saved_at"), "page"]
    readonly_fields = ["page"]

    def deed_person(self, row: Application) -> Person:
        return owner_of(row)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.receipt_view)
        route = "<int:pk>/receipt-<int:number>.pdf"
        return [path(route, view, name="projects_application_receipt"), *super().get_urls()]

    def receipt_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_object(request, str(pk))
        version = found and found.versions.filter(number=number).first()
        if version is None:
            raise Http404(_("There is no such version."))
        return download(
            BytesIO(draw_receipt(found, version)), receipt_name(found), "application/pdf"
        )

    @admin.display(description=gettext_lazy("what was sent"))
    def page(self, application: Application) -> str:
        """Versions with their changes, what the office changed since, the team, the files."""
        asked = form_of(application)
        versions = list(application.versions.select_related("made_by"))
        last = versions[-1].content if versions else content_of(application)
        now = content_of(application)
        context: dict[str, Any] = {
            "application": application,
            "lines": lines_of(last, asked),
            "versions": shown_versions(versions, asked),
            "since": changes_between(last, now, asked) if versions else [],
            "team": application.team.all(),
            "takeovers": application.takeovers.all(),
            "files": application.project.files.all(),
        }
        return render_to_string("admin/office/_application.html", context)

    @admin.display(description=gettext_lazy("project"), ordering="project__reference")
    def titles(self, application: Application):
        project = application.project
        return two_lines(project.title, "" if project.status == "draft" else project.reference)

    @admin.display(description=gettext_lazy("applicant"), ordering="applicant__sort_key")
    def applicant_names(self, application: Application):
        return names_cell(application.applicant)

    @admin.display(description=gettext_lazy("sent"), ordering="submitted_at")
    def sent(self, application: Application):
        return day_cell(application.submitted_at)

    @admin.display(description=gettext_lazy("status"), ordering="project__status")
    def state(self, application: Application):
        tones = {"draft": "quiet", "applied": "note", "accepted": "good", "declined": "bad"}
        status = application.project.status
        return badge(application.project.get_status_display(), tones.get(status, "note"))

    @admin.display(description=gettext_lazy("came in by"), ordering="code__label")
    def came_by(self, application: Application) -> str:
        return application.code.label if application.code else ""


def shown_versions(versions: list[ApplicationVersion], form: Form | None) -> list[Shown]:
    """Each version with what it changed, the newest first."""
    found = [Shown(one) for one in versions]
    for before, after in pairwise(found):
        after.changes = changes_between(before.version.content, after.version.content, form)
    return found[::-1]
