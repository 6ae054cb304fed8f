"""Designing forms: questions ordered, retired, brought back; answers are never lost."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Func, Max, Model, QuerySet, TextField
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from attendees.models import (
    AnswerFile,
    Consent,
    ConsentText,
    FieldChoice,
    Form,
    FormField,
    FormSection,
    Registration,
)
from events.models import Edition
from hrconf.lib.errors import DomainError

Kind = FormField.Kind
LONGEST_KEY = 40


# What was answered ------------------------------------------------------------------------


def answered_keys(form: Form) -> set[str]:
    """The keys of the questions that anybody has answered."""
    keys = Func(
        KeyTransform(form.slug, "answers"),
        function="jsonb_object_keys",
        output_field=TextField(),
    )
    answers = Registration.objects.filter(edition=form.edition_id, answers__has_key=form.slug)
    files = AnswerFile.objects.filter(field__form=form).values_list("field__key", flat=True)
    consents = Consent.objects.filter(text__field__form=form)
    return {
        *answers.order_by().annotate(key=keys).values_list("key", flat=True).distinct(),
        *files,
        *consents.order_by().values_list("text__field__key", flat=True).distinct(),
    }


def is_answered(question: FormField) -> bool:
    return question.key in answered_keys(question.form)


# Order ------------------------------------------------------------------------------------


@transaction.atomic
def arrange_form(form_pk: int, order: Mapping[int, Collection[int]]) -> None:
    """Put sections, and the questions in each, in an order: {section: [questions]}.

    Raises DomainError when somebody has added or taken away questions meanwhile.
    """
    form = _lock(form_pk)
    sections = {section.pk: section for section in form.sections.all()}
    questions = {question.pk: question for question in form.fields.all()}
    named = [pk for pks in order.values() for pk in pks]
    if set(order) != set(sections) or sorted(named) != sorted(questions):
        text = _("Somebody has changed the form meanwhile. This is how it is now.")
        raise DomainError(text, code="changed")
    for position, (section_pk, pks) in enumerate(order.items()):
        sections[section_pk].position = position
        for place, pk in enumerate(pks):
            questions[pk].section_id, questions[pk].position = section_pk, place
    FormSection.objects.bulk_update(sections.values(), ["position"])
    FormField.objects.bulk_update(questions.values(), ["section", "position"])


def order_of(form: Form) -> dict[int, list[int]]:
    """The present order, as `arrange_form` takes it."""
    order: dict[int, list[int]] = {section.pk: [] for section in form.sections.all()}
    for question in form.fields.order_by("position", "pk"):
        order[question.section_id].append(question.pk)
    return order


@transaction.atomic
def move_question(pk: int, *, up: bool) -> None:
    """Move a question one place, over the end of its section into the next one."""
    question = FormField.objects.get(pk=pk)
    order = order_of(_lock(question.form_id))
    sections, pks = list(order), order[question.section_id]
    at, place = sections.index(question.section_id), pks.index(pk)
    pks.remove(pk)
    target = place - 1 if up else place + 1
    if 0 <= target <= len(pks):
        pks.insert(target, pk)
    elif 0 <= at + (-1 if up else 1) < len(sections):
        other = order[sections[at + (-1 if up else 1)]]
        other.insert(len(other) if up else 0, pk)
    else:
        pks.insert(place, pk)
    arrange_form(question.form_id, order)


@transaction.atomic
def move_section(pk: int, *, up: bool) -> None:
    """Move a section one place, with its questions."""
    section = FormSection.objects.get(pk=pk)
    order = order_of(_lock(section.form_id))
    keys = list(order)
    at = keys.index(pk)
    target = min(max(at + (-1 if up else 1), 0), len(keys) - 1)
    keys.insert(target, keys.pop(at))
    arrange_form(section.form_id, {key: order[key] for key in keys})


# Questions come and go --------------------------------------------------------------------


@transaction.atomic
def retire_question(pk: int) -> None:
    """Ask it no longer; its answers stay. What depended on it is in the way."""
    question = _locked_question(pk)
    _refuse_dependants(question)
    question.retired_at = question.retired_at or timezone.now()
    question.save(update_fields=["retired_at"])


@transaction.atomic
def bring_back_question(pk: int) -> None:
    """Ask a retired question again, with the answers it had."""
    question = _locked_question(pk)
    question.retired_at = None
    question.save(update_fields=["retired_at"])


@transaction.atomic
def delete_question(pk: int) -> None:
    """Delete a question that nobody has answered; others can be retired."""
    question = _locked_question(pk)
    _refuse_dependants(question)
    if is_answered(question):
        raise DomainError(_("It has answers: retire it, and they stay."), code="answered")
    question.texts.all().delete()
    question.delete()


@transaction.atomic
def remove_choice(choice: FieldChoice) -> None:
    """Delete a choice; where the question has answers, retire it, so that they read on."""
    if not is_answered(choice.field):
        choice.delete()
        return
    choice.retired_at = choice.retired_at or timezone.now()
    choice.save(update_fields=["retired_at"])


@transaction.atomic
def delete_section(pk: int) -> None:
    """Delete a section that has no questions."""
    section = FormSection.objects.select_related("form").get(pk=pk)
    _lock(section.form_id)
    if section.fields.exists():
        raise DomainError(_("Move or delete its questions first."), code="not_empty")
    section.delete()


def _refuse_dependants(question: FormField) -> None:
    asked = question.dependants.filter(retired_at=None).first()
    if asked:
        text = _("“%(question)s” is asked depending on it.") % {"question": asked.label}
        raise DomainError(text, code="dependants")


def _locked_question(pk: int) -> FormField:
    _lock(FormField.objects.values_list("form", flat=True).get(pk=pk))
    return FormField.objects.select_related("form").get(pk=pk)


def _lock(form_pk: int) -> Form:
    """One organizer at a time changes the order of a form."""
    return Form.objects.select_for_update(no_key=True).get(pk=form_pk)


def free_key(taken: Collection[str], label: str) -> str:
    """A key for a question or choice, from its words; pinyin for Chinese."""
    words = slugify(" ".join(lazy_pinyin(label))) or "question"
    base, number = words[: LONGEST_KEY - 4].strip("-"), 2
    key = base
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def next_position(rows: QuerySet) -> int:
    """The place after the last."""
    last = rows.order_by().aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def write_consent_text(question: FormField, texts: Mapping[str, str]) -> ConsentText:
    """Word a consent, by language. Words that somebody consented to become an older version."""
    latest = question.texts.order_by("-version").select_for_update().first()
    wanted = {f"text_{language}": text for language, text in texts.items()}
    if latest and all(getattr(latest, name) == text for name, text in wanted.items()):
        return latest
    if latest is None or latest.consents.exists():
        version = latest.version + 1 if latest else 1
        return ConsentText.objects.create(field=question, version=version, **wanted)
    ConsentText.objects.filter(pk=latest.pk).update(**wanted)
    return latest


# A form of last year ----------------------------------------------------------------------


@transaction.atomic
def copy_form(form: Form, edition: Edition) -> Form:
    """The form for another edition, without retired questions and without answers.

    Raises DomainError when the edition has a form of that slug.
    """
    if Form.objects.filter(edition=edition, slug=form.slug).exists():
        raise DomainError(_("The edition has a form of this slug."), code="exists")
    made = _copy(form, edition=edition, due_on=None)
    sections = {s.pk: _copy(s, form=made) for s in form.sections.all()}
    questions: dict[int, FormField] = {}
    for question in form.fields.filter(retired_at=None):
        questions[question.pk] = _copy_question(question, made, sections[question.section_id])
    _copy_conditions(form, questions)
    return made


def _copy_question(question: FormField, form: Form, section: FormSection) -> FormField:
    made = _copy(
        question, form=form, section=section, shown_if_field=None, shown_if=[], cleared_at=None
    )
    for choice in question.choices.filter(retired_at=None):
        _copy(choice, field=made)
    for text in question.texts.order_by("-version")[:1]:
        _copy(text, field=made, version=1)
    return made


def _copy_conditions(form: Form, questions: Mapping[int, FormField]) -> None:
    for question in form.fields.filter(retired_at=None, shown_if_field__in=list(questions)):
        copied = questions[question.pk]
        copied.shown_if_field = questions[question.shown_if_field_id or 0]
        copied.shown_if = question.shown_if
        copied.save(update_fields=["shown_if_field", "shown_if"])


def _copy(row: Model, **changes: object) -> Any:
    """A new row with the same columns, both languages included."""
    columns = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    named = {f"{name}_id" for name in changes}
    kept = {name: value for name, value in columns.items() if name not in named}
    return type(row)._default_manager.create(**{**kept, **changes})
