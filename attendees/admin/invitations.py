"""Invitations: who is asked to come, by whom, and what they answered."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter, RelatedDropdownFilter

from attendees.admin import deeds
from attendees.admin.filters import KindFilter, PersonCountryFilter
from attendees.models import Invitation
from attendees.models.people import person_matches
from hrconf.office.admin import OfficeAdmin
from hrconf.office.badges import choice_badge, names_cell
from hrconf.office.deeds import DeedsMixin


@admin.register(Invitation)
class InvitationAdmin(DeedsMixin, OfficeAdmin):
    deeds = [deeds.INVITE, deeds.REMIND_INVITED, deeds.WITHDRAW]
    list_display = [
        "guest",
        "organization",
        "country",
        "state",
        "invited_by",
        "sent_at",
        "answered_at",
        "answer_by",
    ]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("status", MultipleChoicesDropdownFilter),
        KindFilter,
        PersonCountryFilter,
        ("association", RelatedDropdownFilter),
    ]
    list_select_related = ["edition", "person", "category", "association", "owner"]
    search_fields = ["person__sort_key"]  # get_search_results() does the searching
    search_help_text = _("Name in either script, pinyin, e-mail or organization")
    autocomplete_fields = ["edition", "person", "category", "association", "delegation", "deputy"]
    readonly_fields = [
        "status",
        "deputy",
        "answer_note",
        "key_version",
        "created_at",
        "queued_at",
        "sent_at",
        "opened_at",
        "answered_at",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("person", "edition", "category"),
                    ("association", "delegation", "owner"),
                    ("may_send_deputy", "answer_by"),
                ]
            },
        ),
        (
            _("What came of it"),
            {
                "fields": [
                    ("status", "deputy", "answer_note"),
                    ("created_at", "queued_at", "sent_at"),
                    ("opened_at", "answered_at", "key_version"),
                ]
            },
        ),
    ]

    state = choice_badge("status", description=_("status"))

    @admin.display(description=_("guest"), ordering="person__sort_key")
    def guest(self, invitation: Invitation):
        return names_cell(invitation.person)

    @admin.display(description=_("organization"), ordering="person__organization")
    def organization(self, invitation: Invitation) -> str:
        return invitation.person.organization

    @admin.display(description=_("country or region"), ordering="person__country")
    def country(self, invitation: Invitation) -> str:
        return invitation.person.country.name

    @admin.display(description=_("invited by"))
    def invited_by(self, invitation: Invitation):
        return invitation.association or invitation.owner

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.replace("\x00", "").split()[:6]:
            queryset = queryset.filter(person_matches(word, "person__"))
        return queryset, False
