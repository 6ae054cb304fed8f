"""Editions, their series, and the totals recorded of past years."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from events.admin.editor import EditorMixin
from events.admin.work import WorkPageMixin
from events.models import Edition, RecordedTotal, Series
from hrconf.lib.links import absolute
from hrconf.lib.magnitude import grouped
from hrconf.office.admin import OfficeAdmin, TranslatedAdmin, pair
from hrconf.office.badges import number_cell


@admin.register(Series)
class SeriesAdmin(TranslatedAdmin):
    list_display = ["name", "slug", "first_year"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    fieldsets = [(None, {"fields": [pair("name"), ("slug", "first_year")]})]


@admin.register(Edition)
class EditionAdmin(EditorMixin, WorkPageMixin, TranslatedAdmin):
    list_display = ["name", "year", "starts_on", "ends_on", "city", "is_public"]
    list_filter = [("series", RelatedDropdownFilter), "is_public"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("name"),
                    pair("tagline"),
                    pair("about"),
                    ("series", "year", "slug"),
                    ("is_public", "contact_email"),
                ]
            },
        ),
        (
            _("Days and place"),
            {"fields": [("starts_on", "ends_on"), ("time_zone", "day_begins_at"), pair("city")]},
        ),
        (_("On other sites"), {"fields": ["embedders", "embed_code"]}),
    ]
    readonly_fields = ["embed_code"]

    @admin.display(description=_("code for another site"))
    def embed_code(self, edition: Edition) -> str:
        """What an editor of another site pastes into a page; a click selects it whole."""
        if not edition.pk:
            return "—"
        url = absolute(reverse("events:schedule_embed", kwargs={"edition": edition.slug}))
        frame = f'<iframe src="{url}" title="{escape(edition.name)}" width="100%" height="800" '
        return format_html('<code class="embed-code">{}</code>', f'{frame}loading="lazy"></iframe>')


@admin.register(RecordedTotal)
class RecordedTotalAdmin(OfficeAdmin):
    list_display = [
        "metric",
        "years",
        "amount",
        "is_estimate",
        "is_lower_bound",
        "source",
        "series",
    ]
    list_filter = [("series", RelatedDropdownFilter), ("metric", ChoicesDropdownFilter)]
    list_select_related = ["series"]
    search_fields = ["source"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("series", "metric"),
                    ("first_year", "last_year"),
                    ("value", "is_estimate", "is_lower_bound"),
                    "source",
                    ("recorded_at", "recorded_by"),
                ]
            },
        ),
    ]
    readonly_fields = ["recorded_at", "recorded_by"]

    @admin.display(description=_("years"), ordering="first_year")
    def years(self, total: RecordedTotal) -> str:
        first, last = total.first_year, total.last_year
        return str(first) if first == last else f"{first}–{last}"

    @admin.display(description=_("value"), ordering="value")
    def amount(self, total: RecordedTotal) -> str:
        whole = total.value == total.value.to_integral_value()
        return number_cell(grouped(total.value, 0 if whole else 2))

    def save_model(self, request, obj, form, change):
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)
