"""Parties and exchange rates in the office."""

from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AllValuesCheckboxFilter,
    MultipleChoicesDropdownFilter,
    RangeDateFilter,
    RelatedDropdownFilter,
)

from agreements.forms.office import RateForm
from agreements.models import ExchangeRate, Party
from hrconf.lib.magnitude import grouped
from hrconf.office import badges
from hrconf.office.admin import OfficeAdmin, TranslatedAdmin, pair
from hrconf.office.filters import CountryFilter


@admin.register(Party)
class PartyAdmin(TranslatedAdmin):
    list_display = ["names", "kind_badge", "country", "district", "agreement_count"]
    list_filter = [
        ("kind", MultipleChoicesDropdownFilter),
        CountryFilter,
        ("district", RelatedDropdownFilter),
    ]
    list_select_related = ["district"]
    search_fields = ["name_en", "name_zh_hans"]
    search_help_text = _("Name in either language")
    autocomplete_fields = ["district", "person"]
    fieldsets = [(None, {"fields": [pair("name"), ("kind", "country"), ("district", "person")]})]

    kind_badge = badges.choice_badge("kind", tones={}, description=_("kind"))

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("agreements", distinct=True))

    @admin.display(description=_("name"), ordering="name")
    def names(self, party: Party):
        return badges.two_lines(party.name, party.other_name)

    @admin.display(description=_("agreements"), ordering="number")
    def agreement_count(self, party: Party):
        return badges.number_cell(party.number)


@admin.register(ExchangeRate)
class ExchangeRateAdmin(OfficeAdmin):
    """Rates as published. A correction changes no agreement that is signed."""

    form = RateForm
    list_display = ["currency", "on", "plain_rate", "source"]
    list_filter = [("currency", AllValuesCheckboxFilter), ("on", RangeDateFilter)]
    search_fields = ["currency", "source"]
    fieldsets = [(None, {"fields": [("currency", "on", "rate"), "source"]})]

    @admin.display(description=_("CNY per unit"), ordering="rate")
    def plain_rate(self, rate: ExchangeRate):
        """As published: four decimals, more only where there are more."""
        places = max(4, -rate.rate.normalize().as_tuple().exponent)
        return badges.number_cell(grouped(rate.rate, places))
