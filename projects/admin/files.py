"""Papers of a project on its page in the office."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from hrconf.office.admin import LookOnly, OfficeInline
from projects.models import ProjectFile
from projects.views.files import hand_out


class ProjectFileInline(LookOnly, OfficeInline):
    model = ProjectFile
    fields = ["kind", "named", "content_type", "size", "uploaded_at"]
    readonly_fields = ["named"]

    @admin.display(description=_("file"))
    def named(self, file: ProjectFile):
        if not file.file:
            return file.name
        url = reverse("admin:projects_project_file", args=[file.project_id, file.pk])
        return format_html('<a class="office-link" href="{}">{}</a>', url, file.name)


class FilesMixin:
    """Gives the projects' admin the address of a file."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.file_view)
        route = "<int:pk>/files/<int:file>/"
        return [path(route, view, name="projects_project_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponse:
        """A paper of the project, to be saved."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        project = self.get_queryset(request).filter(pk=pk)
        found = ProjectFile.objects.filter(pk=file, project__in=project)
        return hand_out(found.first(), request.user)
