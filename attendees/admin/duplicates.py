"""Possible doubles in the office: found by a job, looked at side by side, decided."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import DropdownFilter

from attendees.admin.merge_page import compared
from attendees.models import Duplicate
from attendees.services.duplicates import ask_again, keep_apart
from attendees.services.merging import BOTH, GONE, KEPT, merge_people
from hrconf.jobs.services import start_job
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, two_lines

MAY_DECIDE = "attendees.change_duplicate"
TONES = {"open": "warn", "merged": "good", "different": "quiet"}


class StateFilter(DropdownFilter):
    """What waits for a decision, unless asked for the rest."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*Duplicate.State.choices, ("all", _("All"))]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() in Duplicate.State.values:
            return queryset.filter(state=self.value())
        return queryset.open()


@admin.register(Duplicate)
class DuplicateAdmin(LookOnly, OfficeAdmin):
    list_display = ["one", "other", "score", "why", "state_badge", "decided_by"]
    list_display_links = ["one", "other"]
    list_filter = [StateFilter]
    list_select_related = ["first", "second", "decided_by"]
    search_fields = ["first__search_text", "second__search_text"]
    change_list_template = "admin/office/duplicates.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.find_view)
        return [path("find/", view, name="attendees_duplicate_find"), *super().get_urls()]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Order the search for doubles; its page tells how far it is."""
        if not request.user.has_perm(MAY_DECIDE):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        job = start_job(
            kind="find_duplicates", title=_("Search for doubles"), options={}, by=request.user
        )
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        may_find = request.user.has_perm(MAY_DECIDE)
        return super().changelist_view(request, {"may_find": may_find, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """Both records side by side, and the decision about them."""
        pair = self.get_object(request, object_id)
        if pair is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, pair):
            raise PermissionDenied
        if request.method == "POST":
            return self.decide(request, pair)
        return self.page(request, pair)

    def decide(self, request: HttpRequest, pair: Duplicate) -> HttpResponse:
        if not request.user.has_perm(MAY_DECIDE):
            raise PermissionDenied
        try:
            if "merge" in request.POST:
                return self.merge(request, pair)
            if "different" in request.POST:
                keep_apart(pair.pk, by=request.user)
                messages.success(request, _("Kept apart: this pair is not asked about again."))
            if "again" in request.POST:
                ask_again(pair.pk)
        except ValidationError as refusal:
            return self.page(request, pair, " ".join(refusal.messages))
        return HttpResponseRedirect(reverse("admin:attendees_duplicate_changelist"))

    def merge(self, request: HttpRequest, pair: Duplicate) -> HttpResponse:
        kept, gone = ends(pair, request.POST.get("keep", ""))
        choices = {
            key.removeprefix("field-"): value
            for key, value in request.POST.items()
            if key.startswith("field-") and value in {KEPT, GONE, BOTH}
        }
        merge = merge_people(kept=kept, gone=gone, choices=choices, by=request.user)
        url = reverse("admin:attendees_merge_change", args=[merge.pk])
        text = format_html('{} <a href="{}">{}</a>', _("The records are one."), url, _("Undo"))
        messages.success(request, text)
        return HttpResponseRedirect(reverse("admin:attendees_person_change", args=[kept]))

    def page(self, request: HttpRequest, pair: Duplicate, trouble: str = "") -> HttpResponse:
        given = request.POST if request.method == "POST" else request.GET
        kept, gone = ends(pair, given.get("keep", ""))
        people = {pair.first_id: pair.first, pair.second_id: pair.second}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": pair,
            "title": str(pair),
            "pair": pair,
            "why": self.why(pair),
            "shown": compared(people[kept], people[gone], request.user, given),
            "may_decide": request.user.has_perm(MAY_DECIDE),
            "state": self.state_badge(pair),
            "trouble": trouble,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/duplicate.html", context)

    @admin.display(description=gettext_lazy("one"), ordering="first__sort_key")
    def one(self, pair: Duplicate):
        return two_lines(pair.first.both_names, pair.first.organization or pair.first.email)

    @admin.display(description=gettext_lazy("the other"), ordering="second__sort_key")
    def other(self, pair: Duplicate):
        return two_lines(pair.second.both_names, pair.second.organization or pair.second.email)

    @admin.display(description=gettext_lazy("reasons"))
    def why(self, pair: Duplicate) -> str:
        known = dict(Duplicate.Reason.choices)
        return "; ".join(str(known[reason]) for reason in pair.reasons if reason in known)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, pair: Duplicate):
        return badge(pair.get_state_display(), TONES[pair.state])


def ends(pair: Duplicate, keep: str) -> tuple[int, int]:
    """Who is kept and who goes; the older record is kept unless said otherwise."""
    if keep == str(pair.second_id):
        return pair.second_id, pair.first_id
    return pair.first_id, pair.second_id
