"""Erasures in the office: that, when, by whom and why; nothing about whom."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from attendees.models import Erasure
from hrconf.office.admin import LookOnly, OfficeAdmin


@admin.register(Erasure)
class ErasureAdmin(LookOnly, OfficeAdmin):
    list_display = ["erased_at", "erased_by", "reason", "rows"]
    list_select_related = ["erased_by"]
    fields = ["person", "erased_at", "erased_by", "reason", "counts"]
    list_display_links = ["erased_at"]

    @admin.display(description=_("rows"))
    def rows(self, erasure: Erasure) -> int:
        return sum(count for count in erasure.counts.values() if isinstance(count, int))
