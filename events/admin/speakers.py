"""Speakers of an edition."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import RelatedDropdownFilter

from events.admin.defaults import StartsWithEdition
from events.models import Appearance, Availability, Speaker
from events.services.edits import record_speaker
from hrconf.office.admin import OfficeInline, TranslatedAdmin, pair
from hrconf.office.badges import names_cell
from hrconf.office.filters import CountryFilter


class AppearanceOfSpeakerInline(OfficeInline):
    model = Appearance
    fields = ["session", "role", "position"]
    autocomplete_fields = ["session"]
    select_related = ["session", "speaker"]


class AvailabilityInline(OfficeInline):
    model = Availability
    fields = ["during"]
    select_related = ["speaker"]


@admin.register(Speaker)
class SpeakerAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["names", "title", "organization", "country", "edition_year"]
    list_filter = [("edition", RelatedDropdownFilter), CountryFilter]
    list_select_related = ["edition"]
    search_fields = [
        "name_native",
        "name_latin",
        "sort_key",
        "organization_en",
        "organization_zh_hans",
        "code",
    ]
    search_help_text = _("Name in either script, pinyin or organization")
    autocomplete_fields = ["edition"]
    inlines = [AppearanceOfSpeakerInline, AvailabilityInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name_native", "name_latin", "sort_key"),
                    pair("title"),
                    pair("organization"),
                    pair("biography"),
                    ("country", "email", "language"),
                    "portrait",
                    ("edition", "code"),
                ]
            },
        )
    ]

    def save_related(self, request, form, formsets, change) -> None:
        """Whoever edits the programme meanwhile is told which sessions it concerns."""
        speaker = form.instance
        before = set(speaker.appearances.values_list("session", flat=True))
        super().save_related(request, form, formsets, change)
        if change and (form.has_changed() or any(one.has_changed() for one in formsets)):
            after = set(speaker.appearances.values_list("session", flat=True))
            record_speaker(speaker, before | after, by=request.user)

    @admin.display(description=pgettext_lazy("of a person", "name"), ordering="sort_key")
    def names(self, speaker: Speaker):
        return names_cell(speaker)

    @admin.display(description=_("edition"), ordering="edition__year")
    def edition_year(self, speaker: Speaker) -> int:
        return speaker.edition.year
