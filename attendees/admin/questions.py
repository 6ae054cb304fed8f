"""One question of a form: its words in both languages, its choices, its condition."""

from typing import Any

from django.contrib import admin
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from attendees.admin.forms import design_url
from attendees.forms.questions import QuestionForm
from attendees.models import FieldChoice, FormField
from attendees.services.designing import free_key, is_answered, next_position, remove_choice
from hrconf.office.admin import TranslatedAdmin, TranslatedInline, pair

Kind = FormField.Kind


class ChoiceInline(TranslatedInline):
    model = FieldChoice
    fields = [*pair("label"), "places", "position", "retired_at"]
    extra = 0
    verbose_name_plural = _("choices")


@admin.register(FormField)
class QuestionAdmin(TranslatedAdmin):
    """Reached from the page of its form; the list serves to search across forms."""

    form = QuestionForm
    list_display = ["label", "kind", "form", "is_required"]
    list_filter = [("kind", ChoicesDropdownFilter)]
    list_select_related = ["form__edition"]
    search_fields = ["label_en", "label_zh_hans", "key"]
    autocomplete_fields: list[str] = []
    readonly_fields = ["key"]
    show_add_link = False  # questions are added from the page of their form

    def get_inlines(self, request, obj=None) -> list:
        kind = obj.kind if obj else request.GET.get("kind")
        return [ChoiceInline] if kind in FormField.WITH_CHOICES else []

    def get_fieldsets(self, request, obj=None) -> list:
        kind = obj.kind if obj else request.GET.get("kind")
        asked = ["is_required"] if kind != Kind.NOTE else []
        approved = ["asks_approval"] if kind not in self.never_approved else []
        meaning = ["meaning"] if kind == Kind.DATE else []
        limits = [("least", "most")] if kind in self.limited else []
        texts = ["consent_en", "consent_zh_hans"] if kind == Kind.CONSENT else []
        kept = ["keep_days"] if kind not in [Kind.CONSENT, Kind.NOTE] else []
        fields = [
            ("kind", "section"),
            pair("label"),
            *texts,
            pair("help"),
            *([tuple(asked + approved)] if asked else []),
            *meaning,
            *limits,
            *kept,
            "condition",
        ]
        return [(None, {"fields": fields + (["key"] if obj else [])})]

    never_approved = [*FormField.WITH_FILE, Kind.CONSENT, Kind.NOTE]
    limited = [Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.CHOICES, *FormField.WITH_FILE]

    def get_form(self, request, obj=None, **kwargs):
        """A question knows its form before it is saved, for its sections and conditions."""
        made = super().get_form(request, obj, **kwargs)
        form_pk = obj.form_id if obj else _number(request.GET.get("form"))

        class OfForm(made):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **options: Any) -> None:
                if not options.get("instance"):
                    options["instance"] = FormField(form_id=form_pk)
                super().__init__(*args, **options)
                sections = self.fields["section"].queryset.filter(form=form_pk)
                self.fields["section"].queryset = sections

        return OfForm

    def has_add_permission(self, request) -> bool:
        """Questions are added from the page of their form, which names itself."""
        return bool(_number(request.GET.get("form"))) and super().has_add_permission(request)

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        response.context_data.update(show_save_and_add_another=False, show_save_and_continue=False)
        return response

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.position = next_position(obj.section.fields)
        super().save_model(request, obj, form, change)
        form.save_texts()

    def save_formset(self, request, form, formset, change) -> None:
        """Choices without a key get one; an answered choice is retired, not deleted."""
        taken = {choice.key for choice in form.instance.choices.all()}
        for choice in formset.save(commit=False):
            if not choice.key:
                choice.key = free_key(taken, choice.label_en or choice.label_zh_hans)
                taken.add(choice.key)
            choice.save()
        for choice in formset.deleted_objects:
            remove_choice(choice)

    def has_delete_permission(self, request, obj=None) -> bool:
        is_free = obj is None or not is_answered(obj)
        return is_free and super().has_delete_permission(request, obj)

    def response_post_save_add(self, request, obj) -> HttpResponse:
        return HttpResponseRedirect(f"{design_url(obj.form_id)}#question-{obj.pk}")

    def response_post_save_change(self, request, obj) -> HttpResponse:
        return HttpResponseRedirect(f"{design_url(obj.form_id)}#question-{obj.pk}")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
