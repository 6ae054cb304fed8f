"""Answers that are kept for so many days after an edition, and then deleted for good.

What goes: the answers, their files, what a change says of them, places and waits that
tell which choice somebody made. What stays: the registration and everything that figures
count. Mails never quote such answers.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone

from attendees.models import (
    AnswerChange,
    AnswerFile,
    FormField,
    Registration,
    TakenChoice,
    Wait,
)
from attendees.services.leftovers import delete_file

logger = logging.getLogger(__name__)


def delete_due_answers(now: datetime | None = None) -> int:
    """Delete the answers whose time is over; return how many registrations had some.

    What beat does every day. A second time finds nothing; answers that come later go too.
    """
    now = now or timezone.now()
    return sum(forget_answers(question.pk, now) for question in due_questions(now))


def due_questions(now: datetime) -> list[FormField]:
    """The questions whose answers have been kept long enough, by the edition's own clock."""
    rows = FormField.objects.filter(keep_days__isnull=False).select_related("form__edition")
    return [row for row in rows if now.astimezone(row.form.edition.tz) > last_moment(row)]


def last_moment(question: FormField) -> datetime:
    """Until when the answers to a question are kept: the end of the last day."""
    edition = question.form.edition
    day = edition.ends_on + timedelta(days=(question.keep_days or 0) + 1)
    return datetime.combine(day, datetime.min.time(), tzinfo=edition.tz)


@transaction.atomic
def forget_answers(question_id: int, now: datetime) -> int:
    """Delete every answer to a question; return how many registrations had one."""
    rows = FormField.objects.select_related("form").select_for_update(of=("self",))
    question = rows.get(pk=question_id)
    found = _forget_answers(question) + _forget_files(question)
    _forget_changes(question)
    TakenChoice.objects.filter(choice__field=question).delete()
    Wait.objects.filter(choice__field=question).delete()
    if found or question.cleared_at is None:
        question.cleared_at = now
        question.save(update_fields=["cleared_at"])
        logger.info("Question %s: the answers of %s are deleted.", question.pk, found)
    return found


def _forget_answers(question: FormField) -> int:
    slug, key = question.form.slug, question.key
    answered = Registration.objects.filter(edition=question.form.edition_id).annotate(
        has_answer=_has(Func(F("answers"), _text(slug), function="jsonb_extract_path"), key)
    )
    path = Value([slug, key], output_field=ArrayField(models.TextField()))
    return answered.filter(has_answer=True).update(answers=_minus("answers", path, " #- "))


def _forget_files(question: FormField) -> int:
    files = list(AnswerFile.objects.filter(field=question))
    for one in files:
        delete_file(one.file)
    AnswerFile.objects.filter(pk__in=[one.pk for one in files]).delete()
    return len(files)


def _forget_changes(question: FormField) -> None:
    """What a change says of other questions stays."""
    key = question.key
    rows = AnswerChange.objects.filter(form=question.form_id)
    told = rows.annotate(was=_has(F("before"), key), became=_has(F("after"), key))
    told.filter(Q(was=True) | Q(became=True)).update(
        before=_minus("before", _text(key), " - "), after=_minus("after", _text(key), " - ")
    )


# JSON in PostgreSQL -----------------------------------------------------------------------


def _text(value: str) -> Cast:
    return Cast(Value(value), models.TextField())


def _has(column: Any, key: str) -> Func:
    return Func(column, _text(key), function="jsonb_exists", output_field=models.BooleanField())


def _minus(column: str, what: Any, operator: str) -> Func:
    """A JSON column without a key, or without what stands at a path."""
    return Func(
        F(column),
        what,
        template="(%(expressions)s)",
        arg_joiner=operator,
        output_field=models.JSONField(),
    )
