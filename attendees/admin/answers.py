"""What somebody answered, on the page of their registration; their files, for the office only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from attendees.forms.designed import DesignedForm
from attendees.models import AnswerFile, Registration
from attendees.services.answer_sheets import asked_of, sheets_of
from attendees.services.answering import Given, known_of
from attendees.services.changes import CLOSED, change_for_them
from attendees.services.stages import stages_of
from hrconf.lib.downloads import download
from hrconf.lib.pictures import small_picture

MAY_READ = "attendees.view_answers"
MAY_OPEN_FILES = "attendees.view_answerfile"
MAY_ANSWER = "attendees.change_answers"


class AnswersMixin:
    """Gives the registrations' admin the answers and the two addresses of a file."""

    def get_urls(self) -> list:
        wrap, name = self.admin_site.admin_view, "attendees_registration"
        file = "<int:pk>/files/<int:file>/"
        return [
            path(file, wrap(self.file_view), name=f"{name}_file"),
            path(f"{file}picture/", wrap(self.picture_view), name=f"{name}_picture"),
            path("<int:pk>/answers/<slug:form>/", wrap(self.answers_view), name=f"{name}_answers"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.user.has_perm(MAY_READ):
            context["sheets"] = sheets_of(obj)
            context["may_open_files"] = request.user.has_perm(MAY_OPEN_FILES)
            context["may_change_answers"] = self.may_answer_for(request, obj)
        if obj is not None:
            context["companions"] = list(obj.companion_rows.all())
            context["journeys"] = [(obj, stages_of(obj))]
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

    # On somebody's behalf ---------------------------------------------------------------

    def may_answer_for(self, request: HttpRequest, row: Registration) -> bool:
        return request.user.has_perm(MAY_ANSWER) and row.status not in CLOSED

    def answers_view(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """The form as the person fills it in; the same rules, and the office's name beside it."""
        if not (self.has_change_permission(request) and request.user.has_perm(MAY_ANSWER)):
            raise PermissionDenied
        row = self.get_queryset(request).filter(pk=pk).first()
        asked = [one for one in asked_of(row) if one.slug == form] if row else []
        if row is None or not asked:
            raise Http404
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        known = known_of(row, asked[0])
        designed = DesignedForm(asked[0], *sent, known=known, is_for_them=True)
        if designed.is_valid() and self.answered(request, row, designed):
            return HttpResponseRedirect(self.page_of(row))
        return self.answers_page(request, row, designed)

    def answered(self, request: HttpRequest, row: Registration, designed: DesignedForm) -> bool:
        """Keep the answers; a refusal stands beside its question."""
        given = Given(designed.answers(), None, designed.uploads(), designed.dropped_files())
        try:
            change_for_them(row.pk, designed.form, given, by=request.user)
        except ValidationError as refusal:
            designed.add_error(None, refusal)
            return False
        messages.success(request, _("The answers are saved, with your name beside the change."))
        return True

    def answers_page(
        self, request: HttpRequest, row: Registration, designed: DesignedForm
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": designed.form.name,
            "form": designed.form,
            "designed": designed,
            "back": self.page_of(row),
        }
        request.current_app = self.admin_site.name
        status = 422 if designed.errors else 200
        return TemplateResponse(request, "admin/office/answers_for.html", context, status=status)

    def page_of(self, row: Registration) -> str:
        return reverse("admin:attendees_registration_change", args=[row.pk])
