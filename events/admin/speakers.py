"""Speakers of an edition."""

from urllib.parse import quote

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import RelatedDropdownFilter

from events.admin.defaults import StartsWithEdition
from events.models import Appearance, Availability, Speaker
from events.portraits import portrait_of
from events.services.edits import record_speaker
from events.services.feedback import summaries
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


class SpeakerForm(forms.ModelForm):
    """A speaker, whose portrait is kept small and square."""

    def clean_portrait(self):
        picture = self.cleaned_data["portrait"]
        if not isinstance(picture, UploadedFile):
            return picture
        picture.seek(0)
        return portrait_of(picture, picture.size or 0)


@admin.register(Speaker)
class SpeakerAdmin(StartsWithEdition, TranslatedAdmin):
    form = SpeakerForm
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
                    pair("portrait_alt"),
                    ("edition", "code"),
                ]
            },
        ),
        (_("What the audience said"), {"fields": ["feedback"]}),
    ]
    readonly_fields = ["feedback"]

    @admin.display(description=_("feedback"))
    def feedback(self, speaker: Speaker) -> str:
        """Each of their sessions with its mean, which leads to what was said."""
        url = reverse("admin:events_feedback_changelist")
        lines = [
            (f"{url}?q={quote(one.session.code)}", one.session, f"{one.mean:.1f}", one.count)
            for one in (summaries(speaker) if speaker.pk else [])
        ]
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a> ★ {} ({})', lines) or "—"

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
