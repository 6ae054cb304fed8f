"""What a registered person answered, as the office reads it: all forms, in their words.

Nothing that was answered is hidden: what is no longer asked, chosen or kept is marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from attendees.models import AnswerChange, AnswerFile, Consent, Form, FormField, Registration
from attendees.services.questions import in_words

Kind = FormField.Kind
State = AnswerChange.State
HELD = [State.APPLIED, State.ACCEPTED]  # changes whose answers came to hold
Files = Mapping[int, AnswerFile]
Consents = Mapping[int, list[Consent]]


@dataclass(frozen=True)
class Earlier:
    """What was answered before, until when, and who changed it (empty: the person)."""

    text: str
    until: datetime
    by: str


@dataclass(frozen=True)
class Agreement:
    """A text that was agreed to: its version and words, and when."""

    consent: Consent

    @property
    def text(self) -> str:
        """The words in the language in which they were read."""
        column = f"text_{self.consent.language.replace('-', '_')}"
        return getattr(self.consent.text, column, "") or self.consent.text.text


@dataclass
class Line:
    """A question and what was answered; `mark` says why it is out of the ordinary."""

    label: str
    text: str = ""
    mark: str = ""
    file: AnswerFile | None = None
    agreements: list[Agreement] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)
    waiting: str = ""  # an answer that waits for approval
    change: int | None = None  # the change that asks for it

    @property
    def is_picture(self) -> bool:
        return self.file is not None and self.file.content_type.startswith("image/")

    @property
    def is_answered(self) -> bool:
        return bool(self.text or self.file or self.agreements)


@dataclass
class Part:
    """A section of a form with its lines."""

    title: str
    lines: list[Line]


@dataclass
class Sheet:
    """A form as one person answered it."""

    form: Form
    parts: list[Part]
    is_answered: bool
    is_asked: bool  # of the person's category, now


def sheets_of(registration: Registration) -> list[Sheet]:
    """All forms that are asked of the person or that they answered, in a fixed number of queries."""
    files = {file.field_id: file for file in registration.files.all()}
    consents: dict[int, list[Consent]] = {}
    for consent in registration.consents.select_related("text"):
        consents.setdefault(consent.text.field_id, []).append(consent)
    changes = list(registration.changes.select_related("made_by"))
    return [
        _sheet(form, registration, files, consents, [c for c in changes if c.form_id == form.pk])
        for form in forms_of(registration)
    ]


def forms_of(registration: Registration) -> list[Form]:
    """The registration's form, then those asked after, then those asked no longer."""
    first, category = registration.category.form_id, registration.category_id
    concerned = Q(pk=first) | Q(asked_after=category) | Q(slug__in=list(registration.answers))
    found = Form.objects.outlined().filter(concerned, edition=registration.edition_id).distinct()
    rows = found.prefetch_related("asked_after")
    return sorted(rows, key=lambda form: (form.pk != first, form.position, form.pk))


def asked_of(registration: Registration) -> list[Form]:
    """The forms that are asked of the person now, or will be once the place is confirmed."""
    return [form for form in forms_of(registration) if _is_asked(form, registration)]


def _is_asked(form: Form, registration: Registration) -> bool:
    categories = {category.pk for category in form.asked_after.all()}
    return form.pk == registration.category.form_id or registration.category_id in categories


def _sheet(
    form: Form,
    registration: Registration,
    files: Files,
    consents: Consents,
    changes: list[AnswerChange],
) -> Sheet:
    answers = registration.answers.get(form.slug, {})
    lines = {q.pk: _line(q, answers, files, consents) for q in form.fields.all()}
    for question in form.fields.all():
        _add_changes(lines[question.pk], question, changes)
    return Sheet(
        form,
        _parts(form, lines, answers),
        is_answered=form.slug in registration.answers,
        is_asked=_is_asked(form, registration),
    )


def _parts(form: Form, lines: dict[int, Line], answers: Mapping[str, Any]) -> list[Part]:
    """The sections with what is asked or was answered, then what no question is left of."""
    rows: dict[int, list[Line]] = {section.pk: [] for section in form.sections.all()}
    for question in sorted(form.fields.all(), key=lambda q: (q.position, q.pk)):
        line = lines[question.pk]
        is_gone = question.retired_at and not (line.is_answered or line.earlier)
        if question.kind != Kind.NOTE and not is_gone:
            rows[question.section_id].append(line)
    parts = [Part(s.title, rows[s.pk]) for s in form.sections.all() if rows[s.pk]]
    known = {question.key for question in form.fields.all()}
    left = [
        Line(key, _plainly(answers[key]), mark=_("the question is gone"))
        for key in answers
        if key not in known
    ]
    return [*parts, *([Part(_("Without a question"), left)] if left else [])]


def _line(
    question: FormField, answers: Mapping[str, Any], files: Files, consents: Consents
) -> Line:
    kept = answers.get(question.key)
    return Line(
        question.label,
        "" if kept is None else in_words(question, kept),
        mark=_mark(question, kept, files.get(question.pk)),
        file=files.get(question.pk),
        agreements=[Agreement(one) for one in consents.get(question.pk, [])],
    )


def _mark(question: FormField, kept: Any, file: AnswerFile | None) -> str:
    """Why an answer is out of the ordinary; empty if it is not."""
    if question.retired_at:
        return _("no longer asked")
    chosen = set(kept if isinstance(kept, list) else [kept])
    if any(c.retired_at and c.key in chosen for c in question.choices.all()):
        return _("no longer to be chosen")
    if question.cleared_at and kept is None and file is None:
        return _("deleted after the edition")
    return ""


def _add_changes(line: Line, question: FormField, changes: Iterable[AnswerChange]) -> None:
    """What was answered before, the latest first, and what waits."""
    for change in changes:
        if question.key not in change.after:
            continue
        if change.state == State.WAITING:
            line.waiting = words_of(question, change.after[question.key])
            line.change = change.pk
        before = change.before.get(question.key)
        if change.state in HELD and before is not None:
            until = change.decided_at or change.made_at
            line.earlier.append(
                Earlier(in_words(question, before), until, str(change.made_by or ""))
            )


def words_of(question: FormField, kept: Any) -> str:
    """An answer in words; of none, that there is none."""
    return _("no answer") if kept is None else in_words(question, kept)


def _plainly(kept: Any) -> str:
    return ", ".join(map(str, kept)) if isinstance(kept, list) else str(kept)
