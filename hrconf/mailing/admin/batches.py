"""Batches in the office: who mailed how many at once, and how far that is."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hrconf.mailing.kinds import label_of
from hrconf.mailing.models import Batch
from hrconf.office.admin import LookOnly, OfficeAdmin


@admin.register(Batch)
class BatchAdmin(LookOnly, OfficeAdmin):
    list_display = ["title", "about", "created_at", "created_by", "letters", "how_far", "trouble"]
    list_select_related = ["created_by"]
    search_fields = ["title"]
    search_help_text = _("Title")
    date_hierarchy = "created_at"
    fields = [("title", "about"), ("created_at", "created_by"), "how_far", "trouble", "left_out"]

    class Media:
        css = {"all": ["css/outbox.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        return super().get_queryset(request).with_counts()

    @admin.display(description=_("kind"), ordering="kind")
    def about(self, batch) -> str:
        return label_of(batch.kind)

    @admin.display(description=pgettext_lazy("how many", "sent"))
    def how_far(self, batch) -> str:
        return format_html(
            '<progress class="outbox-progress" max="{}" value="{}"></progress> {}',
            str(batch.total or 1),
            str(batch.sent),
            str(batch.sent),
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
        address = f"{url}?batch__id__exact={batch.pk}"
        return format_html('<a class="outbox-link" href="{}">{}</a>', address, str(batch.total))
