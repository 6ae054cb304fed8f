"""A designed form as a Django form: sections, questions, conditions, places left."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.forms.kinds import KINDS
from attendees.models import AnswerFile, FieldChoice, Form, FormField, FormSection
from attendees.services.questions import Known, consent_text, in_words, name_of, questions_of

Kind = FormField.Kind


@dataclass(frozen=True)
class Row:
    """One line of the page: a question with its box, or a text to read."""

    question: FormField
    box: BoundField | None
    held: AnswerFile | None
    text: str  # of a consent
    condition: str  # in words, for who has no JavaScript

    @property
    def shown_if(self) -> str:
        depends_on = self.question.shown_if_field
        return name_of(depends_on) if depends_on else ""

    @property
    def shown_values(self) -> str:
        return " ".join(self.question.shown_if)


class DesignedForm(forms.Form):
    """The form that the rows of a `Form` describe, made with `Form.objects.outlined()`.

    A draft may leave out what must be answered. What a condition does not ask for is
    neither required nor kept. The office is not asked for consents: nobody gives them
    for somebody else.
    """

    use_required_attribute = False

    def __init__(self, form: Form, *args: Any, known: Known, is_draft: bool = False, **kw: Any):
        is_for_them = kw.pop("is_for_them", False)
        super().__init__(*args, **kw)
        self.form, self.known, self.is_draft = form, known, is_draft
        asked = questions_of(form)
        self.questions = [q for q in asked if not (is_for_them and q.kind == Kind.CONSENT)]
        for question in self.questions:
            if question.kind != Kind.NOTE:
                self.fields[name_of(question)] = self.asked(question)

    # How a question is asked ----------------------------------------------------------

    def asked(self, question: FormField) -> forms.Field:
        asked = KINDS[question.kind].ask(question, list(self.choices_of(question)))
        # The layout writes help as it stands, for the links of Django's own: ours is text.
        asked.label, asked.help_text = question.label, escape(question.help)
        asked.required = question.is_required and not self.is_draft and not self.held(question)
        asked.initial = self.initial_of(question)
        if question.kind in FormField.WITH_CHOICES:
            asked.widget.closed = self.closed(question)
        return asked

    def initial_of(self, question: FormField) -> Any:
        if question.kind == Kind.CONSENT:
            return question.key in self.known.consents
        kept = self.known.answers.get(question.key)
        return None if kept is None else KINDS[question.kind].restore(kept)

    def held(self, question: FormField) -> AnswerFile | None:
        return self.known.files.get(question.key)

    def choices_of(self, question: FormField) -> Iterator[tuple[str, str]]:
        for choice in question.choices.all():
            if choice.retired_at is None or self.is_own(question, choice):
                yield choice.key, self.label_of(choice)

    def label_of(self, choice: FieldChoice) -> str:
        if choice.places is None:
            return choice.label
        left = self.known.free.get(choice.pk, choice.places)
        if left <= 0:
            return _("%(choice)s (no places left)") % {"choice": choice.label}
        text = ngettext(
            "%(choice)s (%(count)s place left)", "%(choice)s (%(count)s places left)", left
        )
        return text % {"choice": choice.label, "count": left}

    def is_own(self, question: FormField, choice: FieldChoice) -> bool:
        kept = self.known.answers.get(question.key)
        return choice.key in kept if isinstance(kept, list) else choice.key == kept

    def closed(self, question: FormField) -> frozenset[str]:
        return frozenset(
            choice.key
            for choice in question.choices.all()
            if choice.places is not None
            and self.known.free.get(choice.pk, choice.places) <= 0
            and not self.is_own(question, choice)
        )

    # What was answered ----------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        for question in self.questions:
            name = name_of(question)
            if name in self.fields and not self.is_shown(question):
                self.errors.pop(name, None)
                self.cleaned_data[name] = None
        return self.cleaned_data

    def is_shown(self, question: FormField) -> bool:
        """Whether the answers given so far bring the question up."""
        depends_on = question.shown_if_field
        if depends_on is None:
            return True
        value = self.cleaned_data.get(name_of(depends_on)) or []
        given = value if isinstance(value, list) else [value]
        return bool(set(given) & set(question.shown_if))

    def answers(self) -> dict[str, Any]:
        """What was answered, as it is kept: by key, files and consents apart."""
        apart = [*FormField.WITH_FILE, Kind.CONSENT, Kind.NOTE]
        given = {
            question.key: (question, self.cleaned_data.get(name_of(question)))
            for question in self.questions
            if question.kind not in apart
        }
        return {
            key: KINDS[question.kind].keep(value)
            for key, (question, value) in given.items()
            if value not in (None, "", [])
        }

    def consents(self) -> set[str]:
        """The keys of the consents that were given."""
        return {
            question.key
            for question in self.questions
            if question.kind == Kind.CONSENT and self.cleaned_data.get(name_of(question))
        }

    def uploads(self) -> dict[str, UploadedFile]:
        """The files that are in order, even where another answer is not."""
        found = {
            question.key: self.cleaned_data.get(name_of(question))
            for question in self.questions
            if question.kind in FormField.WITH_FILE
        }
        return {key: file for key, file in found.items() if isinstance(file, UploadedFile)}

    def dropped_files(self) -> set[str]:
        """The keys of files that a condition no longer asks for, or that were taken back."""
        return {
            question.key
            for question in self.questions
            if question.kind in FormField.WITH_FILE
            and (not self.is_shown(question) or f"{name_of(question)}-drop" in self.data)
        }

    # How the page is drawn --------------------------------------------------------------

    @cached_property
    def parts(self) -> list[tuple[FormSection, list[Row]]]:
        """The sections that have questions, each with its lines."""
        rows: dict[int, list[Row]] = {}
        for question in self.questions:
            rows.setdefault(question.section_id, []).append(self.row(question))
        return [(s, rows[s.pk]) for s in self.form.sections.all() if s.pk in rows]

    def row(self, question: FormField) -> Row:
        name = name_of(question)
        return Row(
            question,
            box=self[name] if name in self.fields else None,
            held=self.held(question),
            text=consent_text(question),
            condition=condition_in_words(question),
        )


def condition_in_words(question: FormField) -> str:
    """When the question is asked, for who sees all questions at once."""
    depends_on = question.shown_if_field
    if depends_on is None:
        return ""
    answers = ", ".join(in_words(depends_on, key) for key in question.shown_if)
    return _("Only if “%(question)s” is answered: %(answers)s") % {
        "question": depends_on.label,
        "answers": answers,
    }
