"""Releases of the programme: made by a service, never edited."""

from django.contrib import admin
from unfold.contrib.filters.admin import RelatedDropdownFilter

from events.models import Release
from hrconf.office.admin import LookOnly, TranslatedAdmin


@admin.register(Release)
class ReleaseAdmin(LookOnly, TranslatedAdmin):
    list_display = ["number", "name", "edition", "released_at", "released_by"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition", "released_by"]
    search_fields = ["name_en", "name_zh_hans"]
    fields = ["edition", "number", "name", "note", "released_at", "released_by", "sha256"]

    def get_queryset(self, request):
        # A snapshot holds the whole programme: no list needs it.
        return super().get_queryset(request).defer("snapshot", "changes")
