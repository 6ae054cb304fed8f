"""Public pages of projects in the office: who has approved, who is asked and reminded."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter

from events.models import Edition
from hrconf.jobs.services import start_job
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, two_lines
from projects.models import ShowcasePage
from projects.services.showcase import renew_link, take_page_off, unapproved
from projects.showcase import code_of

MAY_DECIDE = "projects.change_showcasepage"
TONES = {"waiting": "warn", "approved": "good", "off": "quiet"}
# What the buttons over the list order.
ORDERS = {
    "ask": gettext_lazy("Ask the holders who have not been asked"),
    "remind": gettext_lazy("Remind who has not approved"),
    "catalogue-en": gettext_lazy("Catalogue in English (PDF)"),
    "catalogue-zh-hans": gettext_lazy("Catalogue in Chinese (PDF)"),
}


@admin.register(ShowcasePage)
class ShowcasePageAdmin(LookOnly, OfficeAdmin):
    list_display = [
        "named",
        "holder",
        "state_badge",
        "approved_at",
        "asked_at",
        "reminded_at",
        "see",
    ]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("project__edition", RelatedDropdownFilter),
        ("project__sector", RelatedDropdownFilter),
    ]
    list_select_related = ["project__edition", "project__holder"]
    search_fields = ["project__reference", "project__title_en", "project__title_zh_hans"]
    fields = ["project", "state", "version", "approved_at", "asked_at", "reminded_at", "texts"]
    readonly_fields = ["texts"]
    actions = ["take_off", "renew"]
    change_list_template = "admin/office/showcase_pages.html"

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_DECIDE)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.order_view)
        return [path("order/", view, name="projects_showcasepage_order"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        edition = Edition.objects.at_hand()
        context = {
            "may_order": self.has_decide_permission(request),
            "orders": ORDERS.items(),
            "edition": edition,
            "missing": unapproved(edition).count() if edition else 0,
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def order_view(self, request: HttpRequest) -> HttpResponse:
        """Order letters or the catalogue of the edition at hand, as a job."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        edition, order = Edition.objects.at_hand(), request.POST.get("order", "")
        if edition is None or order not in ORDERS:
            return HttpResponseRedirect(reverse("admin:projects_showcasepage_changelist"))
        what, _dash, language = order.partition("-")
        kind = "project_catalogue" if what == "catalogue" else "showcase_letters"
        options = {"edition": edition.pk, "remind": what == "remind", "language": language}
        job = start_job(kind=kind, title=str(ORDERS[order]), options=options, by=request.user)
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))

    @admin.action(description=gettext_lazy("Take off the public pages"), permissions=["decide"])
    def take_off(self, request, pages) -> None:
        keys = list(pages.values_list("pk", flat=True))
        for key in keys:
            take_page_off(key)
        text = ngettext("%(count)s page is taken off.", "%(count)s pages are taken off.", len(keys))
        messages.success(request, text % {"count": len(keys)})

    @admin.action(description=gettext_lazy("End the links; ask anew"), permissions=["decide"])
    def renew(self, request, pages) -> None:
        keys = list(pages.values_list("pk", flat=True))
        for key in keys:
            renew_link(key)
        text = ngettext("%(count)s link is ended.", "%(count)s links are ended.", len(keys))
        messages.success(request, text % {"count": len(keys)})

    @admin.display(description=gettext_lazy("project"), ordering="project__reference")
    def named(self, page: ShowcasePage):
        return two_lines(page.project.title, page.project.reference)

    @admin.display(description=gettext_lazy("holder"), ordering="project__holder__sort_key")
    def holder(self, page: ShowcasePage) -> str:
        holder = page.project.holder
        return holder.both_names if holder else ""

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, page: ShowcasePage):
        return badge(page.get_state_display(), TONES[page.state])

    @admin.display(description=gettext_lazy("public page"))
    def see(self, page: ShowcasePage):
        if page.state != ShowcasePage.State.APPROVED:
            return None
        place = {"edition": page.project.edition.slug, "code": code_of(page.project)}
        url = reverse("projects:page", kwargs=place)
        return format_html('<a class="office-link" href="{}">{}</a>', url, _("See"))

    @admin.display(description=gettext_lazy("approved text"))
    def texts(self, page: ShowcasePage) -> str:
        names = ["title_en", "title_zh_hans", "organization_en", "organization_zh_hans"]
        names += ["summary_en", "summary_zh_hans", "website"]
        return "\n\n".join(filter(None, (str(page.approved.get(n, "")) for n in names)))
