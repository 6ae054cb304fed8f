"""Erasing a person: nothing of them stays, and every figure stays as it was.

Rows are kept and emptied, since figures count rows; a row's country, category and
times say nothing about who it was. Beyond the rows that belong to the person,
their names, addresses and numbers are taken out of whatever else holds them:
guest lists, exports, the records of merges, remembered columns, the admin's log.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.importing.writing import one_at_a_time
from attendees.models import Duplicate, Erasure, Merge, Person
from attendees.personal import Belonging, belongings, records_of
from attendees.services.leftovers import clear_elsewhere, delete_file
from attendees.services.merging import lock_people
from attendees.services.traces import Traces, plainly, scrubbed, traces_of
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Attachment, Message

NAMELESS = {"name_native": "已删除人员", "name_latin": "Erased person", "sort_key": "~"}
EMPTY: dict[str, Any] = {
    **NAMELESS,
    "user": None,
    "email": "",
    "phone": "",
    "organization_en": "",
    "organization_zh_hans": "",
    "title_en": "",
    "title_zh_hans": "",
    "languages": [],
    "note": "",
}
NEXT_KEY = models.F("key_version") + 1


@dataclass
class ErasurePlan:
    """What erasing would take away: rows by kind, what else, and what forbids it."""

    person: Person
    records: list[Person]
    rows: list[tuple[str, int]] = field(default_factory=list)
    is_on_stage: bool = False
    hindrance: str = ""


def plan_erasure(person: Person) -> ErasurePlan:
    """What erasing would do; writes nothing."""
    keys = records_of(person)
    people = list(Person.objects.filter(pk__in=keys).select_related("user").order_by("pk"))
    plan = ErasurePlan(person, people)
    for belonging in belongings():
        if count := belonging.rows(*keys).count():
            plan.rows.append((str(belonging.title), count))
            plan.is_on_stage |= belonging.label == "events.Speaker"
    plan.hindrance = hindrance(plan)
    return plan


def hindrance(plan: ErasurePlan) -> str:
    """Why the person cannot be erased now; empty if they can."""
    if plan.person.erased_at:
        return _("This person is erased already.")
    if plan.person.merged_into_id:
        return _("This record is merged into another: erase that one.")
    if any(one.user and one.user.is_office for one in plan.records):
        return _("The person has a login of the office: close that first.")
    return ""


@transaction.atomic
def erase_person(pk: int, *, reason: str, by: User | None) -> Erasure:
    """Erase a person and every record merged into theirs. There is no way back.

    Refuses without a reason, or with one that names the person: it is kept.
    """
    one_at_a_time()
    person = lock_people(pk)[pk]
    lock_people(*records_of(person))
    plan = plan_erasure(person)
    if plan.hindrance:
        raise DomainError(plan.hindrance, code="hindered")
    traces = traces_of(plan.records)
    check_reason(reason, traces)
    counts = Counter[str]()
    for belonging in belongings():
        counts[belonging.label] += empty_rows(belonging, plan.records, traces)
    counts.update(clear_elsewhere(plan.records, traces))
    empty_people(plan.records)
    record = Erasure(person=person, reason=reason.strip(), erased_by=by, counts=dict(counts))
    record.save()
    return record


def check_reason(reason: str, traces: Traces) -> None:
    if not reason.strip():
        raise DomainError(_("Give the reason."), code="reason")
    if len(reason.strip()) > 300:
        raise DomainError(_("Keep the reason to 300 characters."), code="reason")
    if traces.are_in(reason):
        text = _("The reason is kept: do not write the person's name or address in it.")
        raise DomainError(text, code="reason_names")


def empty_rows(belonging: Belonging, people: list[Person], traces: Traces) -> int:
    """Empty the columns that are named, take the person out of the others; return how many."""
    rows = list(belonging.rows(*(person.pk for person in people)))
    keys = [row.pk for row in rows]
    named = scrubbed(belonging.model, keys, traces, without=belonging.erases)
    for row in rows:
        forget_files(row, belonging)
        values = named.get(row.pk, {}) | dict(belonging.erases)
        if belonging.path == "person" and hasattr(row, "key_version"):
            values["key_version"] = NEXT_KEY  # personal links end
        if values:
            plainly(belonging.model).filter(pk=row.pk).update(**values)
    if belonging.model is Message:
        end_messages(rows)
    return len(rows)


def forget_files(row: models.Model, belonging: Belonging) -> None:
    """Delete the files that erasing empties, once it is certain."""
    for name in belonging.erases:
        try:
            column = row._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        file = getattr(row, name) if isinstance(column, models.FileField) else None
        if file:
            delete_file(file)


def end_messages(rows: list[Message]) -> None:
    """A letter that waits does not go out; what was attached goes."""
    keys = [row.pk for row in rows]
    waiting = Message.objects.waiting().filter(pk__in=keys)
    waiting.update(state=Message.State.CANCELLED)
    Attachment.objects.filter(message__in=keys).delete()


def empty_people(people: list[Person]) -> None:
    """The records themselves; a guest's login goes with everything that hangs on it."""
    keys = [person.pk for person in people]
    logins = [person.user_id for person in people if person.user_id]
    Merge.objects.filter(models.Q(kept__in=keys) | models.Q(gone__in=keys)).update(
        before={}, after={}, moved=[]
    )
    Duplicate.objects.filter(models.Q(first__in=keys) | models.Q(second__in=keys)).delete()
    now = timezone.now()
    for person in people:
        person.speakers.clear()
        for name, value in EMPTY.items():
            setattr(person, name, value)
        person.erased_at = now
        person.save()
    plainly(Person).filter(pk__in=keys).update(organization="", title="")
    get_user_model().objects.filter(pk__in=logins).delete()
    LogEntry.objects.filter(
        content_type__app_label="attendees",
        content_type__model="person",
        object_id__in=[str(key) for key in keys],
    ).update(object_repr="—", change_message="")
