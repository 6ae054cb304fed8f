"""Answers, files and consents as columns of an export.

A column is named by the form's slug and the question's key, so that an export which
is kept goes on with the forms of the next edition.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from attendees.models import FormField, Registration
from attendees.services.questions import in_words
from hrconf.lib.sheets import Kind
from hrconf.office.columns import Field

# What says how to reach somebody, or is a document of theirs.
PERSONAL = [FormField.Kind.EMAIL, FormField.Kind.PHONE, *FormField.WITH_FILE]
MAY_READ, MAY_REACH = "attendees.view_answers", "attendees.export_person"
UNREAD = [FormField.Kind.NOTE]
# (form's slug, key) → the edition → the question there
Questions = Mapping[tuple[str, str], dict[int, FormField]]


def answer_fields() -> list[Field]:
    """A column for every question of every form, those of the newest edition first."""
    return [column_of(slug, key, by_edition) for (slug, key), by_edition in all_questions().items()]


def all_questions() -> Questions:
    """Every question, by the name of its column; two queries."""
    rows = FormField.objects.exclude(kind__in=UNREAD).select_related("form__edition")
    rows = rows.prefetch_related("choices").order_by(
        "-form__edition__starts_on", "form__position", "form_id", "section__position", "position"
    )
    found: dict[tuple[str, str], dict[int, FormField]] = {}
    for row in rows:
        found.setdefault((row.form.slug, row.key), {})[row.form.edition_id] = row
    return found


def column_of(slug: str, key: str, by_edition: dict[int, FormField]) -> Field:
    newest = next(iter(by_edition.values()))
    is_consent = newest.kind == FormField.Kind.CONSENT
    read: Callable[[Any], Any] = partial(consents_of, slug, key, by_edition)
    if not is_consent:
        read = partial(answer_of, slug, key, by_edition)
    return Field(
        newest.label,
        read,
        kind_of(newest),
        f"{'consent' if is_consent else 'answer'}.{slug}.{key}",
        newest.form.name,
        is_usual=False,
        permissions=(MAY_READ, MAY_REACH) if newest.kind in PERSONAL else (MAY_READ,),
    )


def kind_of(question: FormField) -> Kind:
    return Kind.INTEGER if question.kind == FormField.Kind.NUMBER else Kind.TEXT


def answer_of(slug: str, key: str, by_edition: dict[int, FormField], row: Registration) -> Any:
    """What somebody answered, as people read it; numbers and days as such."""
    question = by_edition.get(row.edition_id)
    if question is None:
        return ""
    if question.kind in FormField.WITH_FILE:
        return next((file.name for file in row.files.all() if file.field_id == question.pk), "")
    answers = row.answers.get(slug)
    kept = answers.get(key) if isinstance(answers, dict) else None
    if kept is None or kept == "":
        return ""
    if question.kind in {FormField.Kind.NUMBER, FormField.Kind.DATE, FormField.Kind.TIME}:
        return kept
    return in_words(question, kept)


def consents_of(slug: str, key: str, by_edition: dict[int, FormField], row: Registration) -> str:
    """Whether somebody consents, and to which version of the text."""
    question = by_edition.get(row.edition_id)
    given = [one for one in row.given if question and one.text.field_id == question.pk]
    if not given:
        return ""
    return _("yes, version %(number)s") % {"number": max(one.text.version for one in given)}
