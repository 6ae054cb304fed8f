"""What somebody answered, on the page of their registration; their files, for the office only."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from attendees.models import AnswerFile, Registration
from attendees.services.answer_sheets import sheets_of
from attendees.services.pictures import small_picture
from hrconf.lib.downloads import download

MAY_READ = "attendees.view_answers"
MAY_OPEN_FILES = "attendees.view_answerfile"


class AnswersMixin:
    """Gives the registrations' admin the answers and the two addresses of a file."""

    def get_urls(self) -> list:
        wrap, name = self.admin_site.admin_view, "attendees_registration"
        file = "<int:pk>/files/<int:file>/"
        return [
            path(file, wrap(self.file_view), name=f"{name}_file"),
            path(f"{file}picture/", wrap(self.picture_view), name=f"{name}_picture"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.user.has_perm(MAY_READ):
            context["sheets"] = sheets_of(obj)
            context["may_open_files"] = request.user.has_perm(MAY_OPEN_FILES)
        if obj is not None:
            context["companions"] = list(obj.companion_rows.all())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def file_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponse:
        """A file as the person sent it, to be saved."""
        answer = self.file_of(request, pk, file)
        return download(answer.file.open("rb"), answer.name, answer.content_type)

    def picture_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponse:
        """A small copy of a picture, without what a camera wrote into it."""
        answer = self.file_of(request, pk, file)
        if not answer.content_type.startswith("image/"):
            raise Http404
        with answer.file.open("rb") as original:
            content = small_picture(original)
        if content is None:
            raise Http404
        response = HttpResponse(content, content_type="image/jpeg")
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Cache-Control"] = "private, no-store"
        return response

    def file_of(self, request: HttpRequest, pk: int, file: int) -> AnswerFile:
        """A file of a registration that this person may see, for who may open files."""
        may_see = self.has_view_permission(request) and request.user.has_perm(MAY_OPEN_FILES)
        if not may_see:
            raise PermissionDenied
        rows: list[Registration] = list(self.get_queryset(request).filter(pk=pk)[:1])
        found = rows[0].files.filter(pk=file).first() if rows else None
        if found is None or not found.file:
            raise Http404
        return found
