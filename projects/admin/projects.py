"""Sectors and the startup projects of an edition."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    ChoicesDropdownFilter,
    MultipleChoicesDropdownFilter,
    RelatedDropdownFilter,
)

from events.admin.defaults import StartsWithEdition
from events.admin.work import UrgentFirst, WorkFilter
from hrconf.office import badges
from hrconf.office.admin import LookOnly, OfficeInline, TranslatedAdmin, pair
from hrconf.office.deeds import DeedsMixin
from hrconf.office.filters import CountryFilter
from projects.admin.files import FilesMixin, ProjectFileInline
from projects.admin.overview_pages import OverviewMixin
from projects.admin.pipeline import PipelineMixin
from projects.admin.steps import DECISIONS, ENTER, MOVES
from projects.models import Meeting, Project, Sector
from projects.services.links import chain_of

PAGE = "admin:projects_project_change"


@admin.register(Sector)
class SectorAdmin(TranslatedAdmin):
    list_display = ["name", "parent", "is_priority", "position"]
    list_filter = ["is_priority"]
    list_select_related = ["parent"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    fieldsets = [
        (None, {"fields": [pair("name"), ("parent", "slug"), ("is_priority", "position")]})
    ]


class MeetingInline(LookOnly, OfficeInline):
    model = Meeting
    fields = ["counterpart_name", "status", "time"]
    readonly_fields = fields
    select_related = ["counterpart__person", "booking__room", "project", "edition"]

    @admin.display(description=_("counterpart"))
    def counterpart_name(self, meeting: Meeting) -> str:
        return str(meeting.counterpart.person)

    @admin.display(description=_("time"))
    def time(self, meeting: Meeting):
        return meeting.booking.during.lower if meeting.booking else None


@admin.register(Project)
class ProjectAdmin(
    PipelineMixin,
    OverviewMixin,
    DeedsMixin,
    FilesMixin,
    UrgentFirst,
    StartsWithEdition,
    TranslatedAdmin,
):
    list_display = [
        "titles",
        "holder_names",
        "sector",
        "country",
        "state",
        "is_competing",
        "edition_year",
    ]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("sector", RelatedDropdownFilter),
        ("status", MultipleChoicesDropdownFilter),
        ("stage", ChoicesDropdownFilter),
        CountryFilter,
        "is_competing",
        WorkFilter,
    ]
    list_select_related = ["edition", "sector", "holder"]
    search_fields = ["reference"]  # get_search_results() does the searching
    search_help_text = _("Reference, title or holder in either script")
    autocomplete_fields = ["edition", "sector", "holder", "registration"]
    readonly_fields = ["status", "editions", "thread", "created_at", "updated_at"]
    fixed_fields = ["edition"]
    deeds = [*MOVES, *DECISIONS, ENTER]
    deed_headings = (_("Project"), _("Holder"), _("Status"))
    inlines = [ProjectFileInline, MeetingInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("title"),
                    pair("summary"),
                    ("edition", "reference", "sector"),
                    ("holder", "registration"),
                    pair("organization"),
                    ("country", "website"),
                    ("founded_year", "video_url"),
                    "source_id",
                    ("editions", "thread"),
                ]
            },
        ),
        (
            _("Stage and needs"),
            {
                "fields": [
                    ("stage", "seeking"),
                    ("funding_sought", "currency"),
                    ("status", "is_competing", "invited_on"),
                    ("created_at", "updated_at"),
                ]
            },
        ),
    ]

    state = badges.choice_badge("status", description=_("status"))

    @admin.display(description=_("project"), ordering="reference")
    def titles(self, project: Project):
        return badges.two_lines(project.title, project.reference)

    @admin.display(description=_("holder"), ordering="holder__sort_key")
    def holder_names(self, project: Project):
        return badges.names_cell(project.holder) if project.holder else None

    @admin.display(description=_("edition"), ordering="edition__year")
    def edition_year(self, project: Project) -> int:
        return project.edition.year

    @admin.display(description=_("its editions"))
    def editions(self, project: Project):
        """The same project at all its editions, each with its page."""
        if project.pk is None:
            return None
        links = [
            (f"{one.edition.year} {one.reference}", reverse(PAGE, args=[one.pk]))
            for one in chain_of(project)
        ]
        return format_html_join(" → ", '<a class="office-link" href="{1}">{0}</a>', links)

    @admin.display(description=_("thread"))
    def thread(self, project: Project):
        """The page with all that happened to it."""
        if project.pk is None:
            return None
        url = reverse("admin:projects_project_thread", args=[project.pk])
        words = _("From its arrival to the agreement")
        return format_html('<a class="office-link" href="{}">{}</a>', url, words)

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def deed_cells(self, project: Project):
        holder = project.holder.both_names if project.holder else project.organization
        titles = badges.two_lines(project.title, project.reference)
        return titles, holder, project.get_status_display()
