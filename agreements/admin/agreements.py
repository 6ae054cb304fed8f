"""Agreements in the office. State is read-only: deeds call services."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AllValuesCheckboxFilter,
    AutocompleteSelectFilter,
    MultipleChoicesDropdownFilter,
    RangeDateFilter,
    RelatedDropdownFilter,
)

from agreements.admin.deeds import DEEDS, MAY_CHANGE, DeedsMixin
from agreements.forms.office import AgreementForm
from agreements.models import Agreement, AgreementParty
from agreements.services.references import next_reference
from agreements.services.signings import OPEN
from events.admin.defaults import StartsWithEdition
from events.admin.work import UrgentFirst, WorkFilter
from events.models import Edition
from hrconf.lib.magnitude import grouped
from hrconf.office import badges
from hrconf.office.admin import TranslatedAdmin, TranslatedInline, pair
from hrconf.office.filters import CountryFilter

# A signature is final: these were signed, and stay as they were signed.
SIGNED_FIELDS = [
    "edition",
    "reference",
    "title_en",
    "title_zh_hans",
    "project",
    "meeting",
    "country",
    "amount",
    "currency",
]
SERVICE_FIELDS = [
    "status",
    "signed_on",
    "rate",
    "usd_rate",
    "rate_on",
    "amount_cny",
    "amount_usd",
    "cancelled_on",
    "cancel_reason",
    "created_at",
    "created_by",
    "updated_at",
]


def is_open(agreement: Agreement | None) -> bool:
    """Whether it can still be drawn up differently."""
    return agreement is None or agreement.status in OPEN


class SideInline(TranslatedInline):
    """The parties; once signed they stay who they are."""

    model = AgreementParty
    autocomplete_fields = ["party"]
    select_related = ["party"]
    fields = [
        "position",
        "party",
        "role",
        "signer_native",
        "signer_latin",
        *pair("signer_title"),
    ]
    verbose_name_plural = _("parties")

    def has_add_permission(self, request, obj=None) -> bool:
        return is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return is_open(obj) and super().has_delete_permission(request, obj)


@admin.register(Agreement)
class AgreementAdmin(UrgentFirst, StartsWithEdition, DeedsMixin, TranslatedAdmin):
    form = AgreementForm
    change_form_template = "admin/agreements/agreement/change_form.html"
    view_on_site = False  # the head of the page has that link
    list_display = ["titles", "sector", "lands_in", "money", "yuan", "state", "signed_on"]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("sector", RelatedDropdownFilter),
        ("district", RelatedDropdownFilter),
        ("park", AutocompleteSelectFilter),
        CountryFilter,
        ("status", MultipleChoicesDropdownFilter),
        ("currency", AllValuesCheckboxFilter),
        ("signed_on", RangeDateFilter),
        WorkFilter,
    ]
    list_select_related = ["edition", "sector", "district", "park"]
    ordering = ["-edition__starts_on", "reference"]
    search_fields = ["reference"]  # get_search_results() does the searching
    search_help_text = _("Reference, title or party in either language")
    autocomplete_fields = [
        "edition",
        "project",
        "meeting",
        "sector",
        "district",
        "park",
        "signed_at_session",
    ]
    inlines = [SideInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("edition", "reference", "sector"),
                    pair("title"),
                    ("district", "park", "country"),
                    ("amount", "currency"),
                    ("project", "meeting"),
                    ("signed_at_session", "signing_order"),
                    "note",
                ]
            },
        ),
        (
            _("What came of it"),
            {
                "fields": [
                    ("status", "signed_on", "rate_on"),
                    ("rate", "usd_rate"),
                    ("amount_cny", "amount_usd"),
                    ("cancelled_on", "cancel_reason"),
                    ("created_by", "created_at", "updated_at"),
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    state = badges.choice_badge("status", description=_("status"))

    @admin.display(description=_("agreement"), ordering="reference")
    def titles(self, agreement: Agreement):
        return badges.two_lines(agreement.title, agreement.reference)

    @admin.display(description=_("lands in"), ordering="district__position")
    def lands_in(self, agreement: Agreement):
        return badges.two_lines(agreement.district or "—", agreement.park or "")

    @admin.display(description=_("amount"), ordering="amount")
    def money(self, agreement: Agreement):
        return badges.number_cell(f"{agreement.currency} {grouped(agreement.amount, 2)}")

    @admin.display(description=_("amount in CNY"), ordering="amount_cny")
    def yuan(self, agreement: Agreement):
        known = agreement.amount_cny
        return None if known is None else badges.number_cell(grouped(known, 2))

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        fixed = [] if is_open(obj) else SIGNED_FIELDS
        return [*super().get_readonly_fields(request, obj), *SERVICE_FIELDS, *fixed]

    def get_changeform_initial_data(self, request) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        edition = Edition.objects.filter(pk=str(initial.get("edition", ""))[:9] or 0).first()
        if edition:
            initial.setdefault("reference", next_reference(edition))
        return initial

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was ever signed or cancelled stays on record; it is cancelled, never deleted."""
        return is_open(obj) and super().has_delete_permission(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["deed_links"] = deed_links(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def deed_links(request, agreement: Agreement) -> list[dict[str, str]]:
    """What can be done with the agreement in its state."""
    if not request.user.has_perm(MAY_CHANGE):
        return []
    return [
        {
            "title": deed.title,
            "icon": deed.icon,
            "url": deed.url_for(agreement, request.path),
            "is_grave": deed.is_grave,
        }
        for deed in DEEDS
        if agreement.status in deed.statuses
    ]
