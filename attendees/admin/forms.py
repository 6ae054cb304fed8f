"""Forms: their names and dates here, their questions on a page of their own."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import RelatedDropdownFilter

from attendees.forms.arranging import ArrangeForm, CopyForm, SectionForm
from attendees.forms.designed import DesignedForm
from attendees.models import Form, FormField, FormSection
from attendees.services import designing
from attendees.services.questions import Known
from events.admin.defaults import StartsWithEdition
from hrconf.office.admin import TranslatedAdmin, pair

# What a button of the page does, to which row.
DEEDS: dict[str, Callable[[int], None]] = {
    "up": lambda pk: designing.move_question(pk, up=True),
    "down": lambda pk: designing.move_question(pk, up=False),
    "section_up": lambda pk: designing.move_section(pk, up=True),
    "section_down": lambda pk: designing.move_section(pk, up=False),
    "retire": designing.retire_question,
    "bring_back": designing.bring_back_question,
    "delete": designing.delete_question,
    "delete_section": designing.delete_section,
}


@admin.register(Form)
class FormAdmin(StartsWithEdition, TranslatedAdmin):
    list_display = ["name", "edition", "used_by", "questions", "due_on"]
    list_filter = [("edition", RelatedDropdownFilter)]
    list_select_related = ["edition"]
    search_fields = ["name_en", "name_zh_hans", "slug"]
    autocomplete_fields = ["edition", "asked_after"]
    fixed_fields = ["edition", "slug"]
    change_form_template = "admin/office/form_change.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    pair("name"),
                    pair("intro"),
                    ("edition", "slug"),
                    ("asked_after", "due_on", "position"),
                ]
            },
        )
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request).prefetch_related("categories", "asked_after")
        return rows.annotate(count=Count("fields"))

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        name = "attendees_form_%s"
        return [
            path("<int:pk>/design/", wrap(self.design_view), name=name % "design"),
            path("<int:pk>/preview/", wrap(self.preview_view), name=name % "preview"),
            path("<int:pk>/copy/", wrap(self.copy_view), name=name % "copy"),
            *super().get_urls(),
        ]

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        """A new form has nothing to ask yet: on to its questions."""
        return HttpResponseRedirect(design_url(obj.pk))

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            FormSection.objects.create(
                form=form.instance, title_en="Questions", title_zh_hans="问题"
            )

    # The questions --------------------------------------------------------------------

    def design_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.form_or_404(request, pk)
        if request.method == "POST":
            if not self.has_change_permission(request, form):
                raise PermissionDenied
            return self.design(request, form)
        return self.design_page(request, form, SectionForm())

    def form_or_404(self, request: HttpRequest, pk: int) -> Form:
        form = get_object_or_404(Form.objects.outlined().select_related("edition"), pk=pk)
        if not self.has_view_permission(request, form):
            raise PermissionDenied
        return form

    def design(self, request: HttpRequest, form: Form) -> HttpResponse:
        """Do what a button says; a refusal is one sentence on the page."""
        section = SectionForm(request.POST)
        if "add_section" in request.POST and not section.is_valid():
            return self.design_page(request, form, section, status=422)
        try:
            self.do(request, form, section)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(f"{design_url(form.pk)}{self.anchor(request)}")

    def do(self, request: HttpRequest, form: Form, section: SectionForm) -> None:
        if "add_section" in request.POST:
            position = designing.next_position(form.sections)
            FormSection.objects.create(form=form, position=position, **section.cleaned_data)
        elif "order" in request.POST:
            designing.arrange_form(form.pk, ArrangeForm.order_in(request.POST["order"]))
        for name in DEEDS.keys() & request.POST.keys():
            DEEDS[name](self.row_of(form, name, request.POST[name]))

    def row_of(self, form: Form, deed: str, key: str) -> int:
        """The key of a question or section, if it is one of this form."""
        rows = form.sections if "section" in deed else form.fields
        if not key.isdecimal() or not rows.filter(pk=int(key)).exists():
            raise Http404
        return int(key)

    def anchor(self, request: HttpRequest) -> str:
        """Back to the question that moved, so that it can be moved on."""
        for name in ["up", "down", "retire", "bring_back"]:
            if name in request.POST:
                return f"#question-{request.POST[name]}"
        return ""

    def design_page(
        self, request: HttpRequest, form: Form, section: SectionForm, status: int = 200
    ) -> HttpResponse:
        answered = designing.answered_keys(form)
        rows: dict[int, list] = {one.pk: [] for one in form.sections.all()}
        for question in form.fields.all():
            rows[question.section_id].append((question, question.key in answered))
        context = {
            "form": form,
            "sections": [(one, rows[one.pk]) for one in form.sections.all()],
            "kinds": FormField.Kind.choices,
            "may_change": self.has_change_permission(request, form),
            "section_form": section,
        }
        return self.answer(request, "admin/office/form_design.html", form, context, status)

    def answer(
        self, request: HttpRequest, template: str, form: Form, context: dict, status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": form,
            "title": form.name,
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, context, status=status)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form as people will see it, in the language of the office."""
        form = self.form_or_404(request, pk)
        is_tried = request.method == "POST"
        sent = (request.POST, request.FILES) if is_tried else ()
        designed = DesignedForm(form, *sent, known=Known())
        context = {
            "form": form,
            "designed": designed,
            "is_tried": is_tried,
            "is_right": is_tried and designed.is_valid(),
        }
        return self.answer(request, "admin/office/form_preview.html", form, context)

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The same questions for another edition."""
        form = self.form_or_404(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        choice = CopyForm(request.POST or None, form=form)
        if request.method == "POST" and choice.is_valid():
            try:
                made = designing.copy_form(form, choice.cleaned_data["edition"])
                messages.success(request, _("Here are the questions for this edition."))
                return HttpResponseRedirect(design_url(made.pk))
            except ValidationError as refusal:
                choice.add_error("edition", refusal)
        return self.answer(
            request, "admin/office/form_copy.html", form, {"form": form, "choice": choice}
        )

    @admin.display(description=gettext_lazy("asked of"))
    def used_by(self, form: Form) -> str:
        names = [category.name for category in form.categories.all()]
        after = [_("%(name)s, once confirmed") % {"name": c.name} for c in form.asked_after.all()]
        return ", ".join(names + after)

    @admin.display(description=gettext_lazy("questions"))
    def questions(self, form: Form) -> int:
        return form.count


def design_url(pk: int) -> str:
    return reverse("admin:attendees_form_design", args=[pk])


@admin.register(FormSection)
class SectionAdmin(TranslatedAdmin):
    """Reached from the page of its form."""

    list_display = ["title", "form"]
    list_select_related = ["form__edition"]
    search_fields = ["title_en", "title_zh_hans"]
    fields = [pair("title"), pair("help")]

    def has_add_permission(self, request) -> bool:
        """Sections are added on the page of their form."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        is_empty = obj is None or not obj.fields.exists()
        return is_empty and super().has_delete_permission(request, obj)

    def response_post_save_change(self, request, obj) -> HttpResponse:
        return HttpResponseRedirect(design_url(obj.form_id))
