"""Registrations and check-ins: who comes."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    MultipleChoicesDropdownFilter,
    RelatedDropdownFilter,
)

from attendees.admin import deeds
from attendees.admin.answers import AnswersMixin
from attendees.admin.charts import ChartsMixin
from attendees.admin.columns import RegistrationColumns
from attendees.admin.deciding import DecidingMixin, decide_url
from attendees.admin.filters import (
    ArrivalFilter,
    AssociationFilter,
    KindFilter,
    PersonCountryFilter,
)
from attendees.admin.heads import Link, ThreadMixin, deed_links, link_to
from attendees.admin.seats import SIGN_UP
from attendees.admin.waits import PUT_IN_LINE
from attendees.models import CheckIn, Companion, Registration
from attendees.models.people import person_matches
from attendees.services.stages import stages_of
from events.admin.defaults import StartsWithEdition
from events.admin.work import UrgentFirst, WorkFilter
from hrconf.accounts.templatetags.look import tone
from hrconf.office.admin import LookOnly, OfficeAdmin, OfficeInline
from hrconf.office.badges import badge, choice_badge, names_cell, two_lines
from hrconf.office.deeds import DeedsMixin
from hrconf.office.exports import ExportMixin

Status = Registration.Status
MAY_DECIDE, ASK_ICON = deeds.MAY_DECIDE, deeds.ASK.icon
# What can be done with a registration in each state; the services have the last word.
POSSIBLE = {
    Status.INCOMPLETE: ["complete", "remind", "cancel"],
    Status.PENDING: ["approve", "decline", "waitlist", "line", "cancel"],
    Status.WAITLISTED: ["approve", "decline", "line", "cancel"],
    Status.CONFIRMED: ["ask", "seat", "decline", "line", "cancel"],
}


class CompanionInline(OfficeInline):
    model = Companion
    fields = ["name", "position"]
    verbose_name_plural = _("Companions by name")


@admin.register(Registration)
class RegistrationAdmin(
    ChartsMixin,
    RegistrationColumns,
    UrgentFirst,
    DecidingMixin,
    AnswersMixin,
    StartsWithEdition,
    ThreadMixin,
    DeedsMixin,
    ExportMixin,
    OfficeAdmin,
):
    change_form_template = "admin/office/registration_change.html"
    export_kind = "registrations_export"
    export_permission = "attendees.export_registration"
    deeds = [
        deeds.APPROVE,
        deeds.DECLINE,
        deeds.WAITLIST,
        deeds.REMIND_REGISTERED,
        deeds.ASK,
        deeds.COMPLETE,
        PUT_IN_LINE,
        SIGN_UP,
        deeds.CANCEL,
    ]
    list_display = [
        "names",
        "organization",
        "country",
        "kind",
        "state",
        "invited_by",
        "arrival",
    ]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        KindFilter,
        ("status", MultipleChoicesDropdownFilter),
        PersonCountryFilter,
        AssociationFilter,
        ("delegation", AutocompleteSelectFilter),
        ArrivalFilter,
        WorkFilter,
    ]
    list_select_related = [
        "edition",
        "person",
        "category",
        "delegation__association",
        "invitation__association",
        "invitation__owner",
    ]
    search_fields = ["badge"]  # get_search_results() does the searching
    search_help_text = _("Name in either script, pinyin, e-mail, organization or badge")
    autocomplete_fields = ["edition", "person", "category", "delegation"]
    fixed_fields = ["person", "edition"]
    readonly_fields = [
        "status",
        "invitation",
        "badge",
        "created_at",
        "submitted_at",
        "decided_at",
        "decided_by",
        "arrived_at",
        "reminded_at",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("person", "edition"),
                    ("category", "delegation", "companions"),
                    "note",
                ]
            },
        ),
        (
            _("What came of it"),
            {
                "fields": [
                    ("status", "badge", "invitation"),
                    ("created_at", "submitted_at", "reminded_at"),
                    ("decided_at", "decided_by", "arrived_at"),
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    inlines = [CompanionInline]
    state = choice_badge("status", description=_("status"))

    def save_related(self, request, form, formsets, change) -> None:
        """Companions who are named are counted."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            form.instance.companions = form.instance.companion_rows.count()
            form.instance.save(update_fields=["companions"])

    def head_badges(self, row: Registration) -> list[SafeString]:
        return [
            badge(row.get_status_display(), tone(row.status)),
            badge(row.category),
            badge(row.badge),
        ]

    def head_links(self, request, row: Registration) -> list[Link]:
        deeds = deed_links(self, request, row, POSSIBLE.get(row.status, []))
        if not any(one.state == "missing" for one in stages_of(row)):
            deeds = [link for link in deeds if link.icon != ASK_ICON]
        links = deeds + link_to(row.person, request, _("Person"), "person")
        if row.status == Status.PENDING and request.user.has_perm(MAY_DECIDE):
            links.insert(0, Link(_("Decide one by one"), decide_url(row), "gavel"))
        return links

    @admin.display(description=pgettext_lazy("of a person", "name"), ordering="person__sort_key")
    def names(self, registration: Registration):
        return names_cell(registration.person)

    @admin.display(description=_("organization"), ordering="person__organization")
    def organization(self, registration: Registration) -> str:
        return registration.person.organization

    @admin.display(description=_("country or region"), ordering="person__country")
    def country(self, registration: Registration) -> str:
        return registration.person.country.name

    @admin.display(description=_("category"), ordering="category__kind")
    def kind(self, registration: Registration) -> str:
        return registration.category.get_kind_display()

    @admin.display(description=_("invited by"))
    def invited_by(self, registration: Registration):
        invitation, delegation = registration.invitation, registration.delegation
        association = (invitation and invitation.association) or (
            delegation and delegation.association
        )
        owner = invitation and invitation.owner
        return two_lines(association, owner) if association else owner

    @admin.display(description=_("arrived"), ordering="arrived_at")
    def arrival(self, registration: Registration):
        return registration.arrived_at

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def has_delete_permission(self, request, obj=None) -> bool:
        """A registration that was sent is cancelled, never deleted."""
        is_begun = obj is None or obj.status == Status.INCOMPLETE
        return is_begun and super().has_delete_permission(request, obj)


@admin.register(CheckIn)
class CheckInAdmin(LookOnly, OfficeAdmin):
    list_display = ["names", "at", "where", "gate", "by"]
    list_filter = [("session", AutocompleteSelectFilter)]
    list_select_related = ["registration__person", "registration__edition", "session", "by"]
    search_fields = ["registration__badge"]  # get_search_results() does the searching
    search_help_text = _("Name in either script, pinyin or e-mail")
    date_hierarchy = "at"

    @admin.display(
        description=pgettext_lazy("of a person", "name"), ordering="registration__person__sort_key"
    )
    def names(self, checkin: CheckIn):
        return names_cell(checkin.registration.person)

    @admin.display(description=_("let in to"), ordering="session")
    def where(self, checkin: CheckIn):
        return checkin.session or badge(_("Site"))

    def get_search_results(self, request, queryset, search_term):
        return of_person(queryset, search_term), False


def of_person(rows, text: str):
    """Rows whose registered person matches every word."""
    for word in text.replace("\x00", "").split()[:6]:
        rows = rows.filter(person_matches(word, "registration__person__"))
    return rows
