"""Changes of answers: those that wait for the office, and those that the office makes itself.

Locking: as in answering.py, the registration before the change.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from attendees.models import AnswerChange, Form, FormField, Registration
from attendees.services.answer_sheets import words_of
from attendees.services.answering import Given, save_answers, take_places
from attendees.services.letters import letter_to, registration_link
from attendees.services.previews import Preview, mail_trouble
from attendees.services.registrations import lock_registration
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import Letter
from hrconf.mailing.services import queue_letters

KIND = "answers_decided"
State = AnswerChange.State
Status = Registration.Status
CLOSED = [Status.DECLINED, Status.CANCELLED]


@dataclass(frozen=True)
class Step:
    """One question whose answer changes, in words; mails do not quote what is soon deleted."""

    label: str
    before: str
    after: str
    is_quoted: bool = True


def changes_shown():
    """Changes with all that is told of them, in a fixed number of queries."""
    rows = AnswerChange.objects.select_related(
        "registration__person",
        "registration__edition",
        "registration__category",
        "form",
        "made_by",
        "decided_by",
    )
    return rows.prefetch_related("form__fields__choices")


def steps_of(change: AnswerChange) -> list[Step]:
    """What a change changes, in the order of the form."""
    questions = {question.key: question for question in change.form.fields.all()}
    order = {key: place for place, key in enumerate(questions)}
    keys = sorted({*change.before, *change.after}, key=lambda key: (order.get(key, 999), key))
    return [_step(questions.get(key), key, change) for key in keys]


def _step(question: FormField | None, key: str, change: AnswerChange) -> Step:
    before, after = change.before.get(key), change.after.get(key)
    if question is None:
        return Step(key, str(before or ""), str(after or ""))
    was, becomes = words_of(question, before), words_of(question, after)
    return Step(question.label, was, becomes, is_quoted=question.keep_days is None)


# Deciding -------------------------------------------------------------------------------


def preview_decisions(ids: Collection[int]) -> Preview[AnswerChange]:
    """Which of these changes would be decided and told so, and which not, and why."""
    preview: Preview[AnswerChange] = Preview()
    for change in changes_shown().filter(pk__in=ids).order_by("made_at", "pk"):
        if reason := why_not(change):
            preview.left_out.append((change, reason))
            continue
        preview.going.append(change)
        if mail_trouble(change.registration.person):
            preview.unmailed.append(change)
    return preview


def why_not(change: AnswerChange) -> str:
    """Why a change cannot be decided; empty if it can."""
    if change.state != State.WAITING:
        return "decided"
    return "cancelled" if change.registration.status in CLOSED else ""


@transaction.atomic
def decide_change(pk: int, *, is_accepted: bool, by: User, word: str = "") -> AnswerChange:
    """The office accepts or refuses answers that wait, and tells the person.

    Deciding twice changes nothing and mails nobody.
    """
    registration_id = AnswerChange.objects.values_list("registration", flat=True).get(pk=pk)
    registration, _free = lock_registration(registration_id)
    change = AnswerChange.objects.select_for_update(of=("self",)).get(pk=pk)
    if change.state != State.WAITING:
        return change
    if registration.status in CLOSED:
        raise DomainError(_("This registration is closed."), code="cancelled")
    if is_accepted:
        _apply(registration, change)
    change.state = State.ACCEPTED if is_accepted else State.REFUSED
    change.decided_at, change.decided_by, change.word = timezone.now(), by, word.strip()
    change.save(update_fields=["state", "decided_at", "decided_by", "word"])
    if not mail_trouble(registration.person):
        shown = changes_shown().get(pk=pk)
        queue_letters(KIND, [decision_letter(shown, is_accepted=is_accepted, word=change.word)])
    return change


def _apply(registration: Registration, change: AnswerChange) -> None:
    form = Form.objects.outlined().get(pk=change.form_id)
    answers = {**registration.answers.get(form.slug, {}), **change.after}
    answers = {key: value for key, value in answers.items() if value is not None}
    take_places(registration, form, answers)
    registration.answers = {**registration.answers, form.slug: answers}
    registration.save(update_fields=["answers"])


def decision_letter(change: AnswerChange, *, is_accepted: bool, word: str = "") -> Letter:
    """To the person: their change holds, or their earlier answers do."""
    registration = change.registration
    language = registration.person.preferred_language
    with override(language):
        steps = steps_of(change)
    return letter_to(
        registration.person,
        registration.edition,
        occasion=f"answerchange:{change.pk}",
        context={
            "registration": registration,
            "registration_link": registration_link(registration, language),
            "is_accepted": is_accepted,
            "steps": steps,
            "word": word,
        },
    )


# On somebody's behalf -------------------------------------------------------------------


@transaction.atomic
def change_for_them(pk: int, form: Form, given: Given, *, by: User) -> None:
    """The office answers for somebody, by the same rules; who did it is on record.

    It holds at once, and consents stay as they are: nobody gives them for another.
    """
    registration, _free = lock_registration(pk)
    if registration.status in CLOSED:
        raise DomainError(_("This registration is closed."), code="cancelled")
    given = Given(given.answers, None, given.uploads, given.dropped)
    language = registration.person.preferred_language
    save_answers(pk, form, given, language=language, by=by)
