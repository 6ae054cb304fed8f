"""One question of a form, as the office words it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries
from unfold.widgets import UnfoldAdminSelectMultipleWidget, UnfoldAdminTextareaWidget

from attendees.models import FormField
from attendees.services.designing import free_key, is_answered, write_consent_text
from attendees.services.questions import YES_NO

Kind = FormField.Kind
# Kinds whose answers read as answers of the other kind, too.
LIKE = [{Kind.TEXT, Kind.LONG_TEXT}, {Kind.FILE, Kind.PICTURE}]


class QuestionForm(forms.ModelForm):
    """A question: its words, its condition, and, of a consent, what one consents to."""

    condition = forms.MultipleChoiceField(
        label=gettext_lazy("Asked only if one of these is answered"),
        required=False,
        help_text=gettext_lazy("Answers of one other question. None: it is always asked."),
        widget=UnfoldAdminSelectMultipleWidget(attrs={"size": 8}),
    )
    consent_en = forms.CharField(
        label=gettext_lazy("What one consents to (English)"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
    )
    consent_zh_hans = forms.CharField(
        label=gettext_lazy("What one consents to (中文)"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Other words, once somebody has consented, are a new version: "
            "people are asked again, and what they agreed to stays on record."
        ),
    )

    class Meta:
        model = FormField
        fields = [
            "kind",
            "section",
            "label_en",
            "label_zh_hans",
            "help_en",
            "help_zh_hans",
            "is_required",
            "asks_approval",
            "meaning",
            "least",
            "most",
            "keep_days",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        self.fields["label_zh_hans"].required = True
        self.fields["condition"].choices = conditions_for(question)
        self.initial.setdefault(
            "condition", [f"{question.shown_if_field_id}:{key}" for key in question.shown_if]
        )
        latest = question.pk and question.texts.first()
        if latest:
            self.initial["consent_en"] = latest.text_en
            self.initial["consent_zh_hans"] = latest.text_zh_hans

    def clean_kind(self) -> str:
        """An answered question keeps a kind that can read its answers."""
        kind, before = self.cleaned_data["kind"], self.initial.get("kind")
        is_alike = kind == before or any({kind, before} <= alike for alike in LIKE)
        if self.instance.pk and not is_alike and is_answered(self.instance):
            raise ValidationError(
                _("It has answers, which another kind could not read. Retire it and add one.")
            )
        return kind

    def clean_meaning(self) -> str:
        """One question of a form has a meaning; which one is said, since it may be retired."""
        meaning = self.cleaned_data["meaning"]
        if self.cleaned_data.get("kind") != Kind.DATE:
            return ""
        others = FormField.objects.filter(form=self.instance.form_id, meaning=meaning)
        if meaning and (other := others.exclude(pk=self.instance.pk).first()):
            text = _("“%(question)s” has this meaning. Take it from there first.")
            raise ValidationError(text % {"question": other.label}, code="meaning")
        return meaning

    def clean_condition(self) -> list[str]:
        chosen = self.cleaned_data["condition"]
        if len({one.partition(":")[0] for one in chosen}) > 1:
            raise ValidationError(_("Choose answers of one question only."))
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == Kind.CONSENT:
            for name in ["consent_en", "consent_zh_hans"]:
                if not data.get(name):
                    self.add_error(name, _("Write what one consents to."))
        return data

    def _post_clean(self) -> None:
        """The condition and the key are set before the constraints are looked at."""
        chosen = self.cleaned_data.get("condition") or []
        question = self.instance
        question.shown_if_field_id = int(chosen[0].partition(":")[0]) if chosen else None
        question.shown_if = [one.partition(":")[2] for one in chosen]
        super()._post_clean()

    def save(self, commit: bool = True) -> FormField:
        question = self.instance
        if not question.key:
            taken = set(question.form.fields.values_list("key", flat=True))
            question.key = free_key(taken, self.cleaned_data["label_en"])
        return super().save(commit)

    def save_texts(self) -> None:
        """Word the consent, once the question is there."""
        if self.instance.kind == Kind.CONSENT:
            texts = {
                "en": self.cleaned_data["consent_en"],
                "zh_hans": self.cleaned_data["consent_zh_hans"],
            }
            write_consent_text(self.instance, texts)


def conditions_for(question: FormField) -> list[tuple[str, list[tuple[str, str]]]]:
    """Answers of earlier questions of the form, grouped by question."""
    if not question.form_id:
        return []
    others = FormField.objects.filter(
        form=question.form_id, kind__in=FormField.DECIDING, retired_at=None
    )
    others = others.exclude(pk=question.pk).prefetch_related("choices")
    return [
        (other.label, [(f"{other.pk}:{key}", str(label)) for key, label in answers_of(other)])
        for other in others
    ]


def answers_of(question: FormField) -> list[tuple[str, Any]]:
    """The answers that can be chosen, as key and label."""
    if question.kind == Kind.YES_NO:
        return list(YES_NO)
    if question.kind == Kind.COUNTRY:
        return list(countries)
    return [(choice.key, choice.label) for choice in question.choices.all()]
