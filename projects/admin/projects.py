"""Sectors and the startup projects of an edition."""

from functools import partial

from django.contrib import admin
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
from hrconf.office.deeds import one_by_one
from hrconf.office.filters import CountryFilter
from hrconf.office.outcomes import tell
from projects.models import Meeting, Project, Sector
from projects.services.screening import move_project


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
class ProjectAdmin(UrgentFirst, StartsWithEdition, TranslatedAdmin):
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
    readonly_fields = ["status", "created_at", "updated_at"]
    fixed_fields = ["edition"]
    actions = ["eligible", "shortlist", "accept", "decline"]
    inlines = [MeetingInline]
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
        return badges.names_cell(project.holder)

    @admin.display(description=_("edition"), ordering="edition__year")
    def edition_year(self, project: Project) -> int:
        return project.edition.year

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    @admin.action(description=_("Take as eligible"), permissions=["change"])
    def eligible(self, request, projects) -> None:
        self._move(request, _("Take as eligible"), Project.Status.ELIGIBLE, projects)

    @admin.action(description=_("Shortlist"), permissions=["change"])
    def shortlist(self, request, projects) -> None:
        self._move(request, _("Shortlist"), Project.Status.SHORTLISTED, projects)

    @admin.action(description=_("Accept"), permissions=["change"])
    def accept(self, request, projects) -> None:
        self._move(request, _("Accept"), Project.Status.ACCEPTED, projects)

    @admin.action(description=_("Decline"), permissions=["change"])
    def decline(self, request, projects) -> None:
        self._move(request, _("Decline"), Project.Status.DECLINED, projects)

    def _move(self, request, title: str, status: str, projects) -> None:
        ids = list(projects.values_list("pk", flat=True))
        move = one_by_one(partial(move_project, to=status), Project)
        tell(request, title, move(ids, by=request.user), {})
