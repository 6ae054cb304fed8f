"""The questions of a form: which are asked, how their answers read in words.

An answer is kept as JSON: text, a whole number, a key, a list of keys, an ISO date or
time, a two-letter country. Files and consents have rows of their own.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import PurePath
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy
from django_countries import countries
from phonenumber_field.phonenumber import to_python

from attendees.models import AnswerFile, Form, FormField
from hrconf.lib.wording import listed

Kind = FormField.Kind
PREFIX = "q-"
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}


@dataclass(frozen=True)
class Known:
    """What is there before the form is filled in: answers, files, consents, places."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, AnswerFile] = field(default_factory=dict)
    consents: Collection[str] = ()  # keys of consents to the present text
    free: Mapping[int, int] = field(default_factory=dict)  # places left, by choice


def name_of(question: FormField) -> str:
    """The name of a question's box: no key can be taken for another field of the page."""
    return f"{PREFIX}{question.key}"


def questions_of(form: Form) -> list[FormField]:
    """The questions that are asked now, in their order on the page."""
    places = {section.pk: at for at, section in enumerate(form.sections.all())}
    asked = [question for question in form.fields.all() if question.retired_at is None]
    return sorted(asked, key=lambda q: (places[q.section_id], q.position, q.pk))


def consent_text(question: FormField) -> str:
    """The words of a consent's present version."""
    texts = question.texts.all()
    return texts[0].text if question.kind == Kind.CONSENT and texts else ""


def ending(name: str | None) -> str:
    return PurePath(name or "").suffix.lower()


def in_words(question: FormField, kept: Any) -> str:
    """An answer as people read it."""
    return SHOWN.get(question.kind, plain)(question, kept)


def plain(field: FormField, kept: Any) -> str:
    return str(kept)


def day(field: FormField, kept: str) -> str:
    return date_format(date.fromisoformat(kept))


def clock(field: FormField, kept: str) -> str:
    return time_format(time.fromisoformat(kept))


def chosen(field: FormField, kept: Any) -> str:
    """The label of a choice; of one that is gone, its key."""
    labels = {choice.key: choice.label for choice in field.choices.all()}
    keys = kept if isinstance(kept, list) else [kept]
    return listed(labels.get(key) or key for key in keys)


def yes_or_no(field: FormField, kept: Any) -> str:
    return str(dict(YES_NO).get(kept, kept))


def country_name(field: FormField, kept: str) -> str:
    return countries.name(kept) or kept


def phone_number(field: FormField, kept: str) -> str:
    read = to_python(kept)
    return read.as_international if read and read.is_valid() else kept


SHOWN: dict[str, Callable[[FormField, Any], str]] = {
    Kind.YES_NO: yes_or_no,
    Kind.CHOICE: chosen,
    Kind.CHOICES: chosen,
    Kind.COUNTRY: country_name,
    Kind.PHONE: phone_number,
    Kind.DATE: day,
    Kind.TIME: clock,
}
