"""Long work in the office: everyone's, to look at."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hrconf.jobs.models import Heartbeat, Job
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import choice_badge


@admin.register(Job)
class JobAdmin(LookOnly, OfficeAdmin):
    list_display = ["title", "state_badge", "progress", "created_by", "created_at", "finished_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["created_by"]
    search_fields = ["title"]
    date_hierarchy = "created_at"
    # Files are for who ordered them: their page asks for the right permission.
    exclude = ["source", "result"]

    state_badge = choice_badge("state", description=_("state"))

    class Media:
        css = {"all": ["css/outbox.css"]}

    @admin.display(description=_("done"))
    def progress(self, job: Job) -> str:
        if not job.total:
            return ""
        return format_html(
            '<progress class="outbox-progress" max="{}" value="{}"></progress> {} / {}',
            *(str(number) for number in [job.total, job.done, job.done, job.total]),
        )


@admin.register(Heartbeat)
class HeartbeatAdmin(LookOnly, OfficeAdmin):
    list_display = ["name", "beat_at"]
