"""Agreements, their parties and exchange rates in the office."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import MultipleChoicesDropdownFilter, RelatedDropdownFilter
from unfold.forms import ActionForm
from unfold.widgets import UnfoldAdminTextInputWidget

from agreements.models import Agreement, AgreementParty, ExchangeRate, Party
from agreements.services import signings
from events.admin.defaults import StartsWithEdition
from hrconf.office import badges
from hrconf.office.admin import OfficeAdmin, TranslatedAdmin, TranslatedInline, pair


class AgreementActionForm(ActionForm):
    """Beside the action: why, which a cancellation must say."""

    reason = forms.CharField(
        label=_("reason"),
        required=False,
        max_length=500,
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": _("Reason for cancelling")}),
    )


class SideInline(TranslatedInline):
    model = AgreementParty
    fields = [
        "party",
        "role",
        "signer_native",
        "signer_latin",
        *pair("signer_title"),
        "position",
    ]
    autocomplete_fields = ["party"]
    select_related = ["party"]
    verbose_name_plural = _("parties")


@admin.register(Agreement)
class AgreementAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["titled", "sector", "district", "state", "amount", "currency", "amount_cny"]
    list_filter = [
        ("edition", RelatedDropdownFilter),
        ("status", MultipleChoicesDropdownFilter),
        ("sector", RelatedDropdownFilter),
        ("district", RelatedDropdownFilter),
    ]
    list_select_related = ["edition", "sector", "district"]
    search_fields = ["reference", "title_en", "title_zh_hans", "parties__name_en"]
    date_hierarchy = "signed_on"
    autocomplete_fields = ["edition", "project", "meeting", "sector", "district", "park"]
    # Only the services of agreements.services.signings write these.
    readonly_fields = [
        "status",
        "signed_on",
        "rate",
        "usd_rate",
        "rate_on",
        "amount_cny",
        "amount_usd",
        "cancelled_on",
        "cancel_reason",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("reference", "edition"),
                    pair("title"),
                    ("project", "meeting"),
                    ("sector", "district", "park", "country"),
                    ("amount", "currency", "signing_order"),
                    ("status", "signed_on", "cancelled_on", "cancel_reason"),
                    ("rate", "usd_rate", "rate_on", "amount_cny", "amount_usd"),
                    "note",
                ]
            },
        )
    ]
    inlines = [SideInline]
    action_form = AgreementActionForm
    actions = ["sign_today", "register", "record_capital", "cancel"]

    state = badges.choice_badge("status", description=_("status"))

    @admin.display(description=_("agreement"), ordering="reference")
    def titled(self, agreement: Agreement):
        return badges.two_lines(agreement.title, agreement.reference)

    def get_readonly_fields(self, request, obj=None):
        """What was signed is final: its parties sign for this amount."""
        fields = super().get_readonly_fields(request, obj)
        if obj and obj.status != Agreement.Status.CANCELLED and obj.signed_on:
            return [*fields, "amount", "currency", "edition", "reference"]
        return fields

    @admin.action(description=_("Sign today at the recorded rates"), permissions=["change"])
    def sign_today(self, request, agreements):
        self._do(
            request,
            agreements,
            lambda one: signings.sign_agreement(
                one.pk, signed_on=signings.today_at(one.edition), by=request.user
            ),
        )

    @admin.action(description=_("The company is registered"), permissions=["change"])
    def register(self, request, agreements):
        self._do(
            request, agreements, lambda one: signings.register_company(one.pk, by=request.user)
        )

    @admin.action(description=_("The capital has arrived"), permissions=["change"])
    def record_capital(self, request, agreements):
        self._do(
            request,
            agreements,
            lambda one: signings.record_capital_arrival(one.pk, by=request.user),
        )

    @admin.action(description=_("Cancel, for the reason given"), permissions=["change"])
    def cancel(self, request, agreements):
        reason = request.POST.get("reason", "").replace("\x00", "")
        self._do(
            request,
            agreements,
            lambda one: signings.cancel_agreement(
                one.pk, reason=reason, on=signings.today_at(one.edition), by=request.user
            ),
        )

    def _do(self, request, agreements, deed: Callable[[Agreement], object]) -> None:
        """Do a deed with each; a refusal is told with its agreement and stops no other."""
        done = 0
        for agreement in agreements.select_related("edition"):
            try:
                deed(agreement)
            except ValidationError as refusal:  # DomainError is one
                sentence = f"{agreement.reference}: {' '.join(refusal.messages)}"
                self.message_user(request, sentence, messages.ERROR)
            else:
                done += 1
        if done:
            self.message_user(request, _("Done for %(count)s agreements.") % {"count": done})


@admin.register(Party)
class PartyAdmin(TranslatedAdmin):
    list_display = ["name", "kind", "country", "district"]
    list_filter = ["kind", ("district", RelatedDropdownFilter)]
    list_select_related = ["district"]
    search_fields = ["name_en", "name_zh_hans"]
    autocomplete_fields = ["district", "person"]
    fieldsets = [
        (None, {"fields": [pair("name"), ("kind", "country"), ("district", "person")]}),
    ]


@admin.register(ExchangeRate)
class ExchangeRateAdmin(OfficeAdmin):
    list_display = ["on", "currency", "rate", "source"]
    list_filter = ["currency"]
    search_fields = ["source", "currency"]
    date_hierarchy = "on"
