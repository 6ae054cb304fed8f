"""What people answer to forms: kept, changed, counted against places, shown again.

Locking: the category, the registration, then the choices in the order of their keys;
whoever counts the places of a choice holds its row.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import (
    AnswerChange,
    AnswerFile,
    Consent,
    ConsentText,
    FieldChoice,
    Form,
    FormField,
    Registration,
    TakenChoice,
    Wait,
)
from attendees.services.questions import (
    CONTENT_TYPES,
    Known,
    consent_text,
    ending,
    in_words,
    name_of,
    questions_of,
)
from attendees.services.registrations import lock_registration
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

Status = Registration.Status
State = AnswerChange.State


@dataclass(frozen=True)
class Given:
    """What somebody sent: answers by key, the consents given, files new and taken back.

    Consents are None where nobody was asked for them: they stay as they are.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    consents: Collection[str] | None = ()
    uploads: Mapping[str, UploadedFile] = field(default_factory=dict)
    dropped: Collection[str] = ()


def known_of(registration: Registration, form: Form) -> Known:
    """What is there already, for the boxes of the form."""
    files = AnswerFile.objects.filter(registration=registration, field__form=form)
    return Known(
        answers=registration.answers.get(form.slug, {}),
        files={file.field.key: file for file in files.select_related("field")},
        consents=_consents_to_present_texts(registration, form),
        free=places_left(form),
    )


def places_left(form: Form) -> dict[int, int]:
    """How many places each limited choice of a form has left."""
    limited = FieldChoice.objects.filter(field__form=form, places__isnull=False).order_by()
    held = Count("waits", filter=Q(waits__in=Wait.objects.holding()), distinct=True)
    counted = limited.annotate(count=Count("taken", distinct=True), held=held)
    return {c.pk: max((c.places or 0) - c.count - c.held, 0) for c in counted}


@transaction.atomic
def save_draft(registration_id: int, form: Form, given: Given) -> None:
    """Keep what somebody has filled in so far; nothing is sent and no place is taken."""
    registration, _free = lock_registration(registration_id)
    _keep_files(registration, form, given)
    if registration.status == Status.INCOMPLETE:
        registration.answers = {**registration.answers, form.slug: dict(given.answers)}
        registration.save(update_fields=["answers"])


@transaction.atomic
def save_answers(
    registration_id: int,
    form: Form,
    given: Given,
    *,
    language: str,
    by: User | None = None,
    is_offered: bool = False,
) -> AnswerChange | None:
    """Keep complete answers; return the mark of the change, if anything changed.

    Places of limited choices are taken, or the answers refused next to the question.
    Once a place is confirmed, answers that need approval wait for it, unless the
    place was offered to who waited, or the office itself answers (`by`).
    """
    registration, _free = lock_registration(registration_id)
    before = registration.answers.get(form.slug, {})
    asked = _waiting_keys(registration, form, before, given.answers)
    waiting = set() if is_offered or by else asked
    after = {key: value for key, value in given.answers.items() if key not in waiting}
    after |= {key: before[key] for key in waiting if key in before}
    after |= _no_longer_asked(form, before)
    take_places(registration, form, after)
    files = _names_of_files(registration, form, given) if by else ({}, {})
    _keep_files(registration, form, given)
    if given.consents is not None:
        _keep_consents(registration, form, given.consents, language)
    registration.answers = {**registration.answers, form.slug: after}
    registration.save(update_fields=["answers"])
    _mark(registration, form, {**before, **files[0]}, {**after, **files[1]}, State.APPLIED, by)
    if waiting:
        new = {key: given.answers.get(key) for key in waiting}
        return _mark(registration, form, before, {**before, **new}, State.WAITING, by)
    return None


def answer_lines(registration: Registration, form: Form) -> list[tuple[FormField, str]]:
    """Each answered question with its answer in words, retired questions last."""
    answers = registration.answers.get(form.slug, {})
    asked = questions_of(form)
    retired = [question for question in form.fields.all() if question.retired_at]
    return [
        (question, in_words(question, answers[question.key]))
        for question in [*asked, *retired]
        if question.key in answers
    ]


def is_answered(registration: Registration, form: Form) -> bool:
    return form.slug in registration.answers


# Changes ------------------------------------------------------------------------------


def _waiting_keys(
    registration: Registration, form: Form, before: Mapping, after: Mapping
) -> set[str]:
    """The questions whose new answers the office has to see first."""
    if registration.status != Status.CONFIRMED or not registration.category.needs_approval:
        return set()
    return {
        question.key
        for question in questions_of(form)
        if question.asks_approval and before.get(question.key) != after.get(question.key)
    }


def _no_longer_asked(form: Form, before: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to questions that were retired since: they stay."""
    asked = {question.key for question in questions_of(form)}
    return {key: value for key, value in before.items() if key not in asked}


def _mark(
    registration: Registration,
    form: Form,
    before: Mapping,
    after: Mapping,
    state: str,
    by: User | None,
) -> AnswerChange | None:
    """Write down what changed after the registration was sent, and all that the office did."""
    keys = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    is_first = registration.submitted_at is None or not before
    if not keys or (is_first and by is None):
        return None
    waiting = registration.changes.filter(form=form, state=State.WAITING)
    if state == State.WAITING:
        waiting.update(state=State.REPLACED)
    return AnswerChange.objects.create(
        registration=registration,
        form=form,
        state=state,
        before={key: before.get(key) for key in keys},
        after={key: after.get(key) for key in keys},
        made_by=by,
    )


# Places of choices ----------------------------------------------------------------------


def take_places(registration: Registration, form: Form, answers: Mapping[str, Any]) -> None:
    """Take the places of the chosen limited choices and give the others back."""
    limited = FieldChoice.objects.filter(field__form=form, places__isnull=False)
    choices = limited.order_by("pk").select_for_update(of=("self",)).select_related("field")
    wanted = [choice for choice in choices if _is_chosen(choice, answers)]
    own = TakenChoice.objects.filter(registration=registration, choice__field__form=form)
    own.exclude(choice__in=wanted).delete()
    held = set(own.values_list("choice", flat=True))
    for choice in wanted:
        if choice.pk not in held:
            _take_place(choice, registration)


def _is_chosen(choice: FieldChoice, answers: Mapping[str, Any]) -> bool:
    answer = answers.get(choice.field.key)
    return choice.key in answer if isinstance(answer, list) else choice.key == answer


def _take_place(choice: FieldChoice, registration: Registration) -> None:
    held = choice.waits.holding().exclude(registration=registration).count()
    taken = TakenChoice.objects.filter(choice=choice).count()
    if taken + held >= (choice.places or 0):
        text = _("“%(choice)s” has no places left.") % {"choice": choice.label}
        raise DomainError({name_of(choice.field): DomainError(text, code="full")})
    TakenChoice.objects.create(choice=choice, registration=registration)


# Files and consents ---------------------------------------------------------------------


def _keep_files(registration: Registration, form: Form, given: Given) -> None:
    """Keep new files in place of earlier ones; the earlier file goes on commit."""
    questions = {question.key: question for question in questions_of(form)}
    gone = {*given.uploads, *given.dropped} & questions.keys()
    earlier = AnswerFile.objects.filter(
        registration=registration, field__in=[questions[key] for key in gone]
    )
    for answer in earlier:
        transaction.on_commit(partial(answer.file.delete, save=False))
    earlier.delete()
    for key, file in given.uploads.items():
        _keep_file(registration, questions[key], file)


def _names_of_files(
    registration: Registration, form: Form, given: Given
) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the files that are replaced or taken back, and those of the new ones."""
    keys = {*given.uploads, *given.dropped}
    held = registration.files.filter(field__form=form, field__key__in=keys)
    before = {file.field.key: file.name for file in held.select_related("field")}
    return before, {key: file.name or "file" for key, file in given.uploads.items()}


def _keep_file(registration: Registration, question: FormField, file: UploadedFile) -> None:
    answer = AnswerFile(
        registration=registration,
        field=question,
        name=PurePath(file.name or "file").name[:200],
        content_type=CONTENT_TYPES[ending(file.name)],
        size=file.size or 0,
    )
    answer.file.save("file", file, save=False)
    answer.save()


def _consents_to_present_texts(registration: Registration, form: Form) -> set[str]:
    """The keys of the questions whose present text the person has consented to."""
    given = Consent.objects.filter(
        registration=registration, text__field__form=form, withdrawn_at=None
    )
    present = {_present_text(q): q.key for q in questions_of(form) if q.texts.all()}
    return {present[pk] for pk in given.values_list("text", flat=True) if pk in present}


def _present_text(question: FormField) -> int:
    return question.texts.all()[0].pk


def _keep_consents(
    registration: Registration, form: Form, agreed: Collection[str], language: str
) -> None:
    """Record new consents with the text's version; end those that were taken back."""
    given = Consent.objects.filter(registration=registration, withdrawn_at=None)
    for question in questions_of(form):
        if not consent_text(question):
            continue
        if question.key not in agreed:
            given.filter(text__field=question).update(withdrawn_at=timezone.now())
            continue
        text = ConsentText(pk=_present_text(question))
        if not given.filter(text=text).exists():
            Consent.objects.create(registration=registration, text=text, language=language)
