"""Visa letters in the office: the work list, the register, who looked at passport data."""

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    DropdownFilter,
    MultipleChoicesDropdownFilter,
    RelatedDropdownFilter,
)

from attendees.admin import visa_deeds
from attendees.admin.filters import PersonCountryFilter
from attendees.admin.heads import Link, ThreadMixin, deed_links, link_to
from attendees.admin.reveals import RevealMixin
from attendees.models import Person, VisaLetter, VisaRequest, VisaReveal
from attendees.models.people import person_matches
from events.admin.work import UrgentFirst, WorkFilter
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, choice_badge, day_cell, names_cell, two_lines
from hrconf.office.deeds import DeedsMixin

State = VisaRequest.State
TONES = {
    State.ASKED: "warn",
    State.ISSUED: "good",
    State.DECLINED: "quiet",
    State.REVOKED: "bad",
    State.WITHDRAWN: "quiet",
}
# What can be done with a request in each state; the services have the last word.
POSSIBLE = {State.ASKED: ["issue", "decline"], State.ISSUED: ["revoke", "replace"]}
POSSIBLE[State.REVOKED] = ["decline"]


class VisaCountryFilter(PersonCountryFilter):
    """Where the guest comes from; the nationality is sealed."""

    path = "registration__person__country"


class HoldsFilter(DropdownFilter):
    """Letters that hold, and those that were revoked."""

    title = _("status")
    parameter_name = "holds"

    def lookups(self, request, model_admin):
        return [("yes", _("Holds")), ("no", _("Revoked"))]

    def queryset(self, request, queryset):
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(revoked_at__isnull=self.value() == "yes")


@admin.register(VisaRequest)
class VisaRequestAdmin(UrgentFirst, RevealMixin, ThreadMixin, DeedsMixin, LookOnly, OfficeAdmin):
    deeds = [visa_deeds.ISSUE, visa_deeds.DECLINE, visa_deeds.REVOKE, visa_deeds.REPLACE]
    list_display = ["names", "country", "passport", "state_badge", "letter", "asked", "decided"]
    list_filter = [
        ("registration__edition", RelatedDropdownFilter),
        ("state", MultipleChoicesDropdownFilter),
        VisaCountryFilter,
        WorkFilter,
    ]
    list_select_related = ["registration__person", "registration__edition", "decided_by"]
    search_fields = ["registration__badge"]  # get_search_results() does the searching
    search_help_text = _("Name in either script, pinyin, e-mail, or number of the letter")
    fields = [
        ("registration", "state"),
        ("passport", "letter"),
        ("asked_at", "decided_at", "decided_by"),
        "note",
        "deleted_at",
    ]

    state_badge = choice_badge("state", tones=TONES, description=_("status"))

    def get_queryset(self, request):
        return super().get_queryset(request).with_letter()

    def person_of(self, row: VisaRequest) -> Person:
        return row.registration.person

    def deed_person(self, row: VisaRequest) -> Person:
        return row.registration.person

    def head_badges(self, row: VisaRequest) -> list[SafeString]:
        state = badge(row.get_state_display(), TONES[State(row.state)])
        return [state, badge(row.letter_reference), badge(row.masked_number)]

    def head_links(self, request, row: VisaRequest) -> list[Link]:
        return [
            *deed_links(self, request, row, POSSIBLE.get(State(row.state), [])),
            *self.reveal_links(request, row),
            *link_to(row.registration, request, _("Registration"), "how_to_reg"),
        ]

    @admin.display(
        description=pgettext_lazy("of a person", "name"), ordering="registration__person__sort_key"
    )
    def names(self, row: VisaRequest):
        return names_cell(row.registration.person)

    @admin.display(description=_("country or region"), ordering="registration__person__country")
    def country(self, row: VisaRequest) -> str:
        return row.registration.person.country.name

    @admin.display(description=_("passport"), empty_value="—")
    def passport(self, row: VisaRequest) -> str | None:
        return row.masked_number or None

    @admin.display(description=_("letter"), ordering="letter_reference", empty_value="—")
    def letter(self, row: VisaRequest) -> str | None:
        return row.letter_reference

    @admin.display(description=_("asked"), ordering="asked_at")
    def asked(self, row: VisaRequest):
        return day_cell(row.asked_at)

    @admin.display(description=_("decided"), ordering="decided_at", empty_value="—")
    def decided(self, row: VisaRequest):
        if row.decided_at is None:
            return None
        return two_lines(day_cell(row.decided_at), row.decided_by or "")

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False


@admin.register(VisaLetter)
class VisaLetterAdmin(LookOnly, OfficeAdmin):
    """The register: a line for each letter ever issued."""

    list_display = ["reference", "names", "holds", "code_shown", "issued_at", "issued_by"]
    list_filter = [("edition", RelatedDropdownFilter), HoldsFilter]
    list_select_related = [
        "request__registration__person",
        "request__registration__edition",
        "issued_by",
    ]
    search_fields = ["reference"]  # get_search_results() does the searching
    search_help_text = _("Number, check code, or name in either script")
    fields = [
        ("reference", "code_shown"),
        ("request", "edition"),
        ("issued_at", "issued_by"),
        ("revoked_at", "revoked_by", "revoke_reason"),
        "sha256",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("sealed_pdf")

    @admin.display(
        description=pgettext_lazy("of a person", "name"),
        ordering="request__registration__person__sort_key",
    )
    def names(self, letter: VisaLetter):
        return names_cell(letter.request.registration.person)

    @admin.display(description=_("status"), ordering="revoked_at")
    def holds(self, letter: VisaLetter) -> SafeString:
        return badge(_("Revoked"), "bad") if letter.revoked_at else badge(_("Holds"), "good")

    @admin.display(description=_("check code"), ordering="code")
    def code_shown(self, letter: VisaLetter) -> str:
        return letter.code_in_groups

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False


@admin.register(VisaReveal)
class VisaRevealAdmin(LookOnly, OfficeAdmin):
    """Who looked at passport data, when and why. Nobody changes it, not even the database."""

    list_display = ["at", "by", "what", "names", "reason"]
    list_display_links = ["at"]
    list_filter = [("by", AutocompleteSelectFilter), ("what", MultipleChoicesDropdownFilter)]
    list_select_related = [
        "by",
        "request__registration__person",
        "request__registration__edition",
    ]
    search_fields = ["reason"]  # get_search_results() does the searching
    search_help_text = _("Name in either script, pinyin or e-mail")
    fields = [("at", "by", "what"), "request", "reason"]

    @admin.display(
        description=pgettext_lazy("of a person", "name"),
        ordering="request__registration__person__sort_key",
    )
    def names(self, reveal: VisaReveal):
        return names_cell(reveal.request.registration.person)

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.replace("\x00", "").split()[:6]:
            queryset = queryset.filter(person_matches(word, "request__registration__person__"))
        return queryset, False
