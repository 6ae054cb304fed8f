"""What the office did to many, who did it, and the way back while its mails wait."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from hrconf.mailing.models import Message
from hrconf.office import doing
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, two_lines
from hrconf.office.models import DoneDeed
from hrconf.office.undoing import let_go


@admin.register(DoneDeed)
class DoneDeedAdmin(LookOnly, OfficeAdmin):
    """Rows of a log: to be looked at, and undone one by one while there is time."""

    list_display = ["what", "done_at", "done_by", "count", "letters", "state"]
    list_select_related = ["done_by", "undone_by"]
    list_filter = [("done_by", AutocompleteSelectFilter)]
    search_fields = ["title"]
    search_help_text = gettext_lazy("Title")
    date_hierarchy = "done_at"
    fields = [("what", "count"), ("done_at", "done_by"), ("undo_until", "undone_at", "undone_by")]

    @admin.display(description=gettext_lazy("deed"), ordering="title")
    def what(self, done: DoneDeed) -> SafeString:
        return two_lines(title_of(done), doing.things_of(done))

    @admin.display(description=gettext_lazy("mails"))
    def letters(self, deed: DoneDeed) -> int:
        return len(deed.mails)

    @admin.display(description=gettext_lazy("state"))
    def state(self, deed: DoneDeed) -> SafeString | str:
        if deed.undone_at:
            return badge(_("Undone"), "quiet")
        return badge(_("Can be undone"), "warn") if deed.is_open else badge(_("Done"), "good")

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).defer("changes")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        undo = path("<int:pk>/undo/", wrap(self.undo), name="office_donedeed_undo")
        return [undo, *super().get_urls()]

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page on which a deed is undone, or its mails sent without waiting."""
        done = get_object_or_404(self.get_queryset(request).select_related("done_by"), pk=pk)
        deed = doing.find_deed(done.office, done.name)
        if deed is None or not request.user.has_perm(deed.permission):
            raise PermissionDenied
        if request.method != "POST":
            return self.undo_page(request, done)
        try:
            self.decide(request, done)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(self.list_of(done))

    def decide(self, request: HttpRequest, done: DoneDeed) -> None:
        if "send" in request.POST:
            let_go(done.pk, by=request.user)
            messages.success(request, _("The mails are on their way."))
            return
        doing.undo(done.pk, by=request.user)
        messages.success(
            request, _("%(deed)s: undone. No mail went out.") % {"deed": title_of(done)}
        )

    def undo_page(self, request: HttpRequest, done: DoneDeed) -> HttpResponse:
        waiting = Message.objects.waiting().filter(pk__in=done.mails).count()
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title_of(done),
            "done": done,
            "waiting": waiting,
            "seconds": max(int((done.undo_until - timezone.now()).total_seconds()), 0),
            "back": self.list_of(done),
        }
        return TemplateResponse(request, "admin/office/undo.html", context)

    def list_of(self, done: DoneDeed) -> str:
        """The list whose rows the deed was done to."""
        return reverse(f"admin:{done.office.replace('.', '_')}_changelist")


def title_of(done: DoneDeed) -> str:
    """What was done, in the reader's language; in the doer's where we no longer do it."""
    deed = doing.find_deed(done.office, done.name)
    return str(deed.title) if deed else done.title
