"""Possible matches of projects in the office: found by a job, side by side, decided."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import DropdownFilter

from hrconf.accounts.models import User
from hrconf.jobs.services import start_job
from hrconf.office.admin import LookOnly, OfficeAdmin
from hrconf.office.badges import badge, two_lines
from hrconf.office.links import office_link
from projects.models import Project, ProjectLink
from projects.services import links
from projects.services.links import chain_of

MAY_DECIDE = "projects.change_projectlink"
TONES = {"open": "warn", "later": "good", "double": "quiet", "different": "quiet"}


class StateFilter(DropdownFilter):
    """What waits for a decision, unless asked for the rest."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*ProjectLink.State.choices, ("all", _("All"))]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() in ProjectLink.State.values:
            return queryset.filter(state=self.value())
        return queryset.open()


@admin.register(ProjectLink)
class ProjectLinkAdmin(LookOnly, OfficeAdmin):
    list_display = ["one", "other", "score", "why", "state_badge", "decided_by"]
    list_display_links = ["one", "other"]
    list_filter = [StateFilter]
    list_select_related = ["first__edition", "second__edition", "decided_by"]
    search_fields = [
        f"{side}__{name}"
        for side in ("first", "second")
        for name in ("reference", "title_en", "title_zh_hans", "organization_en")
    ]
    change_list_template = "admin/office/project_links.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.find_view)
        return [path("find/", view, name="projects_projectlink_find"), *super().get_urls()]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Order the search for matches; its page tells how far it is."""
        if not request.user.has_perm(MAY_DECIDE):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        title = _("Search for matches of projects")
        job = start_job(kind="find_project_links", title=title, options={}, by=request.user)
        return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        may_find = request.user.has_perm(MAY_DECIDE)
        return super().changelist_view(request, {"may_find": may_find, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """Both projects side by side, and the decision about them."""
        link = self.get_object(request, object_id)
        if link is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, link):
            raise PermissionDenied
        if request.method == "POST":
            return self.decide(request, link)
        return self.page(request, link)

    def decide(self, request: HttpRequest, link: ProjectLink) -> HttpResponse:
        if not request.user.has_perm(MAY_DECIDE):
            raise PermissionDenied
        chosen = next((name for name in DEEDS if name in request.POST), None)
        if chosen:
            deed, said = DEEDS[chosen]
            try:
                deed(link.pk, request.user)
            except ValidationError as refusal:
                return self.page(request, link, " ".join(refusal.messages))
            messages.success(request, str(said))
        return HttpResponseRedirect(reverse("admin:projects_projectlink_changelist"))

    def page(self, request: HttpRequest, link: ProjectLink, trouble: str = "") -> HttpResponse:
        sides = [side_of(project, request.user) for project in (link.first, link.second)]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": link,
            "title": str(link),
            "link": link,
            "why": self.why(link),
            "sides": sides,
            "lines": lines_of(link.first, link.second),
            "is_one_edition": link.first.edition_id == link.second.edition_id,
            "may_decide": request.user.has_perm(MAY_DECIDE),
            "state": self.state_badge(link),
            "trouble": trouble,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/office/project_link.html", context)

    @admin.display(description=gettext_lazy("one"), ordering="first__reference")
    def one(self, link: ProjectLink):
        return named(link.first)

    @admin.display(description=gettext_lazy("the other"), ordering="second__reference")
    def other(self, link: ProjectLink):
        return named(link.second)

    @admin.display(description=gettext_lazy("reasons"))
    def why(self, link: ProjectLink) -> str:
        known = dict(ProjectLink.Reason.choices)
        return "; ".join(str(known[reason]) for reason in link.reasons if reason in known)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, link: ProjectLink):
        return badge(link.get_state_display(), TONES[link.state])


Deed = Callable[[int, User], object]
DEEDS: dict[str, tuple[Deed, object]] = {
    "later": (
        lambda pk, user: links.link_as_later(pk, by=user),
        gettext_lazy("The project's past is linked."),
    ),
    "double": (
        lambda pk, user: links.withdraw_double(pk, by=user),
        gettext_lazy("The newer entry is withdrawn."),
    ),
    "different": (
        lambda pk, user: links.keep_projects_apart(pk, by=user),
        gettext_lazy("Kept apart: this pair is not asked about again."),
    ),
    "again": (
        lambda pk, user: links.ask_about_projects_again(pk),
        gettext_lazy("The decision is taken back."),
    ),
}


def named(project: Project):
    below = f"{project.edition.year} · {project.reference}"
    return two_lines(project.title, " · ".join(filter(None, [below, project.organization])))


def side_of(project: Project, user: User) -> dict:
    return {"project": project, "url": office_link(project, user), "chain": chain_of(project)}


def lines_of(*pair: Project) -> list[tuple[str, list[str]]]:
    """What is known of both, field by field, both languages of a text below each other."""
    fields = ["title", "organization", "summary"]
    rows = [
        (
            label(name),
            [texts(getattr(p, f"{name}_en"), getattr(p, f"{name}_zh_hans")) for p in pair],
        )
        for name in fields
    ]
    rows += [
        (label("sector"), [str(p.sector) for p in pair]),
        (label("country"), [p.country.name for p in pair]),
        (label("website"), [p.website for p in pair]),
        (label("holder"), [p.holder.both_names if p.holder else "" for p in pair]),
        (label("status"), [p.get_status_display() for p in pair]),
    ]
    return [row for row in rows if any(row[1])]


def label(name: str) -> str:
    return str(Project._meta.get_field(name).verbose_name)


def texts(*both: str | None) -> str:
    return "\n".join(dict.fromkeys(filter(None, both)))
