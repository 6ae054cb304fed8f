"""Batches in the office: who mailed how many at once, and how far that is."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hrconf.mailing.kinds import label_of
from hrconf.mailing.models import Batch
from hrconf.office.admin import LookOnly, OfficeAdmin


@admin.register(Batch)
class BatchAdmin(LookOnly, OfficeAdmin):
    list_display = ["title", "about", "created_at", "created_by", "how_far", "trouble", "letters"]
    list_select_related = ["created_by"]
    search_fields = ["title"]
    date_hierarchy = "created_at"
    fields = [("title", "about"), ("created_at", "created_by"), "how_far", "trouble", "left_out"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        return super().get_queryset(request).with_counts()

    @admin.display(description=_("kind"), ordering="kind")
    def about(self, batch) -> str:
        return label_of(batch.kind)

    @admin.display(description=_("sent"))
    def how_far(self, batch) -> str:
        return format_html(
            '<progress max="{}" value="{}"></progress> {} / {}',
            *(str(n) for n in [batch.total or 1, batch.sent, batch.sent, batch.total]),
        )

    @admin.display(description=_("in trouble"))
    def trouble(self, batch) -> int | str:
        return batch.troubled or ""

    @admin.display(description=_("left out"))
    def left_out(self, batch) -> str:
        counts = batch.report.get("left_out", {})
        return ", ".join(f"{reason}: {count}" for reason, count in counts.items()) or "—"

    @admin.display(description=_("messages"))
    def letters(self, batch) -> str:
        url = reverse("admin:mailing_message_changelist")
        return format_html('<a href="{}?batch__id__exact={}">{}</a>', url, batch.pk, _("Messages"))
