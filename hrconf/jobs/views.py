"""A person's long work: the list, how far it is, its result."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView
from django.views.generic.detail import BaseDetailView

from hrconf.jobs.kinds import may_order
from hrconf.jobs.models import Job

REFRESH_SECONDS = 5


class OwnJobs(LoginRequiredMixin):
    """Only what the reader ordered; nothing that a cache may keep."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        add_never_cache_headers(response)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.visible_to(self.request.user)  # type: ignore[attr-defined]


class JobList(OwnJobs, ListView):
    template_name = "jobs/job_list.html"
    paginate_by = 25


class JobDetail(OwnJobs, DetailView):
    """How far the work is. Without JavaScript the page loads itself again."""

    def get_template_names(self) -> list[str]:
        is_poll = self.request.headers.get("HX-Request") == "true"
        return ["jobs/_job.html" if is_poll else "jobs/job_detail.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(refresh_seconds=REFRESH_SECONDS, **kwargs)


class JobDownload(OwnJobs, BaseDetailView):
    """The result, as a file that no browser opens in our name."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        job = self.get_object()
        if not may_order(request.user, job.kind):
            raise PermissionDenied
        if not job.result:
            raise Http404(_("There is no file, or it has expired."))
        response = FileResponse(
            job.result.open("rb"), as_attachment=True, filename=job.result_name or "result"
        )
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        return response
