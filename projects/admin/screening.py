"""Screening in the office: phases with their criteria, reviewers, checklist, quotas, letters."""

import io
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from events.admin.defaults import StartsWithEdition
from hrconf.lib.downloads import download
from hrconf.office import badges
from hrconf.office.admin import LookOnly, OfficeAdmin, TranslatedAdmin, TranslatedInline, pair
from projects.admin.screening_board import PAGES
from projects.admin.screening_pages import open_page
from projects.models import (
    BlindText,
    DecisionLetter,
    EligibilityItem,
    ReviewCriterion,
    Reviewer,
    ReviewPhase,
    SelectionQuota,
)
from projects.services.decision_letters import file_name

NAMES = ["person__name_native", "person__name_latin", "person__sort_key"]


class ReviewCriterionInline(TranslatedInline):
    """Criteria stand as soon as somebody has given points."""

    model = ReviewCriterion
    fields = ["position", "name", "help", "weight", "highest"]

    def _is_free(self, phase: ReviewPhase | None) -> bool:
        return phase is None or not phase.reviews.filter(scores__isnull=False).exists()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_free(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_free(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_free(obj) and super().has_delete_permission(request, obj)


@admin.register(ReviewPhase)
class ReviewPhaseAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = [
        "name",
        "edition",
        "number",
        "mode",
        "is_blind",
        "starts_at",
        "ends_at",
        "pages",
    ]
    list_filter = [("edition", RelatedDropdownFilter), ("mode", ChoicesDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["name_en", "name_zh_hans"]
    autocomplete_fields = ["edition"]
    fixed_fields = ["edition", "mode"]
    inlines = [ReviewCriterionInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("edition", "number", "mode"),
                    pair("name"),
                    ("starts_at", "ends_at"),
                    ("wanted", "is_blind", "others"),
                    pair("guide"),
                ]
            },
        )
    ]

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path(
                address,
                wrap(partial(open_page, self, view)),
                name=f"projects_reviewphase_{name}",
            )
            for name, (address, view) in PAGES.items()
        ] + super().get_urls()

    @admin.display(description=_("pages"))
    def pages(self, phase: ReviewPhase):
        board = reverse("admin:projects_reviewphase_board", args=[phase.pk])
        if not phase.is_panel:
            return format_html('<a href="{}">{}</a>', board, _("Checklist"))
        assign = reverse("admin:projects_reviewphase_assign", args=[phase.pk])
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>', board, _("Board"), assign, _("Reviewers")
        )


@admin.register(EligibilityItem)
class EligibilityItemAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["text", "edition", "position"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["text_en", "text_zh_hans"]
    autocomplete_fields = ["edition"]
    fixed_fields = ["edition"]
    fieldsets = [(None, {"fields": [("edition", "position"), pair("text")]})]


@admin.register(Reviewer)
class ReviewerAdmin(StartsWithEdition, OfficeAdmin):
    list_display = ["names", "edition", "known", "most", "is_active"]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("sectors", RelatedDropdownFilter),
        "is_active",
    ]
    list_select_related = ["edition", "person"]
    search_fields = NAMES
    autocomplete_fields = ["edition", "person", "sectors"]
    fixed_fields = ["edition", "person"]
    readonly_fields = ["key_version"]
    fieldsets = [
        (None, {"fields": [("edition", "person"), "sectors", ("most", "is_active", "key_version")]})
    ]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("sectors")

    @admin.display(description=_("reviewer"), ordering="person__sort_key")
    def names(self, reviewer: Reviewer):
        return badges.names_cell(reviewer.person)

    @admin.display(description=_("sectors they know"))
    def known(self, reviewer: Reviewer) -> str:
        return ", ".join(str(one) for one in reviewer.sectors.all()) or "—"


@admin.register(SelectionQuota)
class SelectionQuotaAdmin(StartsWithEdition, OfficeAdmin):
    list_display = ["sector", "edition", "places"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition", "sector"]
    search_fields = ["sector__name_en", "sector__name_zh_hans"]
    autocomplete_fields = ["edition", "sector"]
    fixed_fields = ["edition", "sector"]
    fieldsets = [(None, {"fields": [("edition", "sector", "places")]})]


@admin.register(BlindText)
class BlindTextAdmin(TranslatedAdmin):
    list_display = ["title", "project_title"]
    list_select_related = ["project"]
    search_fields = ["title_en", "title_zh_hans", "project__reference"]
    autocomplete_fields = ["project"]
    fixed_fields = ["project"]
    fieldsets = [(None, {"fields": ["project", pair("title"), pair("text")]})]

    @admin.display(description=_("project"), ordering="project__reference")
    def project_title(self, row: BlindText):
        return badges.two_lines(row.project.title, row.project.reference)


@admin.register(DecisionLetter)
class DecisionLetterAdmin(LookOnly, StartsWithEdition, OfficeAdmin):
    """The register: a line per letter, with the PDF as it went out."""

    list_display = ["reference", "project_title", "outcome", "issued_at", "file"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition", "decision__project"]
    search_fields = ["reference", "decision__project__reference"]
    fields = [
        "reference",
        "edition",
        "project_title",
        "outcome",
        "sha256",
        "issued_at",
        "issued_by",
    ]
    readonly_fields = ["project_title", "outcome"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("pdf")

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.pdf_view)
        return [
            path("<int:pk>/pdf/", view, name="projects_decisionletter_pdf"),
            *super().get_urls(),
        ]

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        letter = DecisionLetter.objects.filter(pk=pk).first()
        if letter is None:
            raise Http404
        return download(io.BytesIO(bytes(letter.pdf)), file_name(letter), "application/pdf")

    @admin.display(description=_("project"))
    def project_title(self, letter: DecisionLetter):
        project = letter.decision.project
        return badges.two_lines(project.title, project.reference)

    @admin.display(description=_("decision"))
    def outcome(self, letter: DecisionLetter) -> str:
        return letter.decision.get_outcome_display()

    @admin.display(description=_("letter"))
    def file(self, letter: DecisionLetter):
        url = reverse("admin:projects_decisionletter_pdf", args=[letter.pk])
        return format_html('<a href="{}">PDF</a>', url)
