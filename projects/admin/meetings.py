"""Meetings between projects and those who may further them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter, RelatedDropdownFilter

from events.admin.defaults import StartsWithEdition
from hrconf.office import badges
from hrconf.office.admin import OfficeAdmin
from projects.models import Meeting


@admin.register(Meeting)
class MeetingAdmin(StartsWithEdition, OfficeAdmin):
    list_display = ["project_title", "counterpart_names", "time", "table", "state"]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("status", MultipleChoicesDropdownFilter),
    ]
    list_select_related = ["edition", "project", "counterpart__person", "booking__room"]
    search_fields = [
        "project__reference",
        "project__title_en",
        "project__title_zh_hans",
        "counterpart__person__name_native",
        "counterpart__person__name_latin",
        "counterpart__person__sort_key",
    ]
    search_help_text = _("Project, or name of the counterpart in either script")
    autocomplete_fields = ["edition", "project", "counterpart"]
    readonly_fields = ["status", "booking", "created_at"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("project", "counterpart", "edition"),
                    ("status", "booking", "created_at"),
                    "note",
                ]
            },
        )
    ]

    state = badges.choice_badge("status", description=_("status"))

    @admin.display(description=_("project"), ordering="project__reference")
    def project_title(self, meeting: Meeting):
        return badges.two_lines(meeting.project.title, meeting.project.reference)

    @admin.display(description=_("counterpart"), ordering="counterpart__person__sort_key")
    def counterpart_names(self, meeting: Meeting):
        return badges.names_cell(meeting.counterpart.person)

    @admin.display(description=_("time"), ordering="booking__during")
    def time(self, meeting: Meeting):
        return meeting.booking.during.lower if meeting.booking else None

    @admin.display(description=_("table"))
    def table(self, meeting: Meeting):
        return meeting.booking.room if meeting.booking else None
