"""Pages about all projects of an edition, and the thread of one."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from projects.admin.pipeline import MAY_LOOK, edition_of
from projects.services.balance import balance_of
from projects.services.judges_progress import phases_of, rounds_of
from projects.thread import next_steps, thread_of

MAY_DECIDE = "projects.change_decision"
MAY_REMIND = ("projects.change_reviewphase", "projects.change_round")


class OverviewMixin:
    """Gives the admin of projects its balance, the progress of judges, and threads."""

    def get_urls(self) -> list:
        pages: dict[str, tuple[str, Callable]] = {
            "balance": ("balance/", self.balance_view),
            "progress": ("progress/", self.progress_view),
            "thread": ("<int:pk>/thread/", self.thread_view),
        }
        return [
            path(address, self.admin_site.admin_view(view), name=f"projects_project_{name}")
            for name, (address, view) in pages.items()
        ] + super().get_urls()

    def balance_view(self, request: HttpRequest) -> HttpResponse:
        """What came in, was accepted and declined, by sector and by country."""
        if not request.user.has_perm(MAY_LOOK):
            raise PermissionDenied
        edition = edition_of(request)
        return self.overview(
            request,
            "balance",
            _("Balance of the selection"),
            edition=edition,
            balance=balance_of(edition) if edition else None,
            sees_pending=request.user.has_perm(MAY_DECIDE),
        )

    def progress_view(self, request: HttpRequest) -> HttpResponse:
        """Reviewers and jurors: what is missing, and the reminders that exist."""
        if not request.user.has_perms(MAY_REMIND):
            raise PermissionDenied
        edition = edition_of(request)
        return self.overview(
            request,
            "progress",
            _("Progress of reviewers and jurors"),
            edition=edition,
            phases=phases_of(edition) if edition else [],
            rounds=rounds_of(edition) if edition else [],
        )

    def thread_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that happened to a project, and what waits."""
        if not request.user.has_perm(MAY_LOOK):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related("edition", "sector", "holder")
        project = rows.filter(pk=pk).first()
        if project is None:
            raise Http404
        return self.overview(
            request,
            "thread",
            project.title,
            edition=project.edition,
            project=project,
            original=project,
            thread=thread_of(project, request.user),
            waiting=next_steps(project, request.user),
        )

    def overview(self, request: HttpRequest, here: str, title: str, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "here": here,
            "board": {"edition": more["edition"]},
            **more,
        }
        request.current_app = self.admin_site.name
        response = TemplateResponse(request, f"admin/office/project_{here}.html", context)
        response["Cache-Control"] = "private, no-store"
        return response
