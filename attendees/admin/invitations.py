"""Invitations: who is asked to come, by whom, and what they answered."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter, RelatedDropdownFilter

from attendees.admin import deeds
from attendees.admin.columns import InvitationColumns
from attendees.admin.filters import (
    BatchFilter,
    InvitedCountryFilter,
    KindFilter,
    OwnerFilter,
    SenderFilter,
    StageFilter,
)
from attendees.admin.followup import FollowUpMixin, letter_address
from attendees.admin.heads import Link, ThreadMixin, deed_links, link_to
from attendees.models import Invitation
from attendees.models.people import person_matches
from events.admin.defaults import with_edition
from events.admin.work import UrgentFirst, WorkFilter
from hrconf.accounts.templatetags.look import tone
from hrconf.office.admin import OfficeAdmin
from hrconf.office.badges import badge, choice_badge, day_cell, names_cell
from hrconf.office.deeds import DeedsMixin

Status = Invitation.Status
# What can be done with an invitation in each state; the services have the last word.
POSSIBLE = {
    Status.DRAFT: ["invite", "withdraw"],
    Status.QUEUED: ["note", "withdraw"],
    Status.BOUNCED: ["invite", "note", "withdraw"],
    Status.SENT: ["remind", "note", "deadline", "withdraw"],
    Status.OPENED: ["remind", "note", "deadline", "withdraw"],
    Status.TENTATIVE: ["remind", "note", "deadline", "withdraw"],
    Status.ACCEPTED: ["note"],
    Status.DEPUTY: ["note"],
    Status.DECLINED: ["note", "again"],
    Status.EXPIRED: ["note", "again"],
    Status.WITHDRAWN: ["again"],
}


@admin.register(Invitation)
class InvitationAdmin(
    InvitationColumns, UrgentFirst, FollowUpMixin, ThreadMixin, DeedsMixin, OfficeAdmin
):
    deeds = [
        deeds.INVITE,
        deeds.REMIND_INVITED,
        deeds.NOTE_CONTACT,
        deeds.SET_OWNER,
        deeds.MOVE_DEADLINE,
        deeds.OPEN_AGAIN,
        deeds.WITHDRAW,
    ]
    list_display = [
        "guest",
        "organization",
        "country",
        "state",
        "invited_by",
        "sent",
        "answered",
        "answer_by",
    ]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("status", MultipleChoicesDropdownFilter),
        KindFilter,
        InvitedCountryFilter,
        SenderFilter,
        OwnerFilter,
        StageFilter,
        BatchFilter,
        WorkFilter,
    ]
    list_select_related = ["edition", "person", "category", "association", "owner"]
    search_fields = ["person__sort_key"]  # get_search_results() does the searching
    search_help_text = _("Name in either script, pinyin, e-mail or organization")
    autocomplete_fields = ["edition", "person", "category", "association", "delegation", "deputy"]
    readonly_fields = [
        "status",
        "deputy",
        "represents",
        "number",
        "batch",
        "decide_by",
        "answer_note",
        "expired_at",
        "asked_again_at",
        "created_at",
        "queued_at",
        "sent_at",
        "opened_at",
        "answered_at",
        "reminded_at",
    ]
    fixed_fields = ["person", "edition"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("person", "edition"),
                    ("category", "association", "delegation"),
                    ("owner", "answer_by", "may_send_deputy"),
                ]
            },
        ),
        (
            _("What came of it"),
            {
                "fields": [
                    ("status", "number", "batch"),
                    ("deputy", "represents", "decide_by"),
                    ("answer_note", "expired_at", "asked_again_at"),
                    ("created_at", "queued_at", "sent_at"),
                    ("opened_at", "answered_at", "reminded_at"),
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    state = choice_badge("status", description=_("status"))

    def head_badges(self, row: Invitation) -> list[SafeString]:
        return [badge(row.get_status_display(), tone(row.status)), badge(row.category)]

    def head_links(self, request, row: Invitation) -> list[Link]:
        deeds = deed_links(self, request, row, POSSIBLE.get(row.status, []))
        registration = getattr(row, "registration", None)
        return [
            *deeds,
            Link(_("Letter (PDF)"), letter_address(row), "picture_as_pdf"),
            *link_to(registration, request, _("Registration"), "how_to_reg"),
            *link_to(row.person, request, _("Person"), "person"),
        ]

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

    def get_readonly_fields(self, request, obj=None):
        """A deputy names no deputy, so nothing can be ticked there."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "may_send_deputy"] if obj and obj.represents_id else fields

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, invitation: Invitation):
        return day_cell(invitation.sent_at)

    @admin.display(description=_("answered"), ordering="answered_at")
    def answered(self, invitation: Invitation):
        return day_cell(invitation.answered_at)

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.replace("\x00", "").split()[:6]:
            queryset = queryset.filter(person_matches(word, "person__"))
        return queryset, False

    def get_changeform_initial_data(self, request) -> dict:
        return with_edition(super().get_changeform_initial_data(request), owner=request.user.pk)

    def has_delete_permission(self, request, obj=None) -> bool:
        """An invitation that went out is withdrawn, never deleted."""
        is_draft = obj is None or obj.status == Status.DRAFT
        return is_draft and super().has_delete_permission(request, obj)
