"""Reminders that a person orders; what rules ask for is in due.py."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.models import Invitation, Registration
from attendees.services.clock import is_missed
from attendees.services.letters import invitation_link, letter_to, registration_link
from attendees.services.previews import Preview, mail_troubles
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Batch
from hrconf.mailing.services import queue_letters

# Two people of the office, or one double click, remind nobody twice.
SHORTEST_GAP = timedelta(days=1)
NOT_ASKED = [Invitation.Status.DRAFT, Invitation.Status.QUEUED, Invitation.Status.BOUNCED]
CLOSED = [Invitation.Status.WITHDRAWN, Invitation.Status.EXPIRED]


@dataclass(frozen=True)
class Sort:
    """A sort of reminder that is repeated until the person has done something."""

    mail: str
    rows: Callable[[], QuerySet[Any]]
    why_not: Callable[[Any], str]
    letter: Callable[[Any], Letter]


def preview_invitation_reminders(ids: Collection[int]) -> Preview[Invitation]:
    """Which of these invitations would be reminded of now, and which not, and why."""
    return _preview(INVITATIONS, ids)


def preview_registration_reminders(ids: Collection[int]) -> Preview[Registration]:
    """Which of these registrations would be reminded of now, and which not, and why."""
    return _preview(REGISTRATIONS, ids)


def remind_invitations(ids: Collection[int], *, by: User) -> Batch:
    """Remind guests who have not answered, because a person says so."""
    return _remind_by_hand(INVITATIONS, ids, by)


def remind_registrations(ids: Collection[int], *, by: User) -> Batch:
    """Remind people whose registration is incomplete, because a person says so."""
    return _remind_by_hand(REGISTRATIONS, ids, by)


def _preview(sort: Sort, ids: Collection[int]) -> Preview[Any]:
    return _sort_out(sort, list(sort.rows().filter(pk__in=ids)))


def _sort_out(sort: Sort, rows: list[Any]) -> Preview[Any]:
    preview: Preview[Any] = Preview()
    troubles = mail_troubles(row.person for row in rows)
    for row in rows:
        reason = sort.why_not(row) or _reminded_lately(row) or troubles.get(row.person_id)
        if reason:
            preview.left_out.append((row, reason))
        else:
            preview.going.append(row)
    return preview


@transaction.atomic
def _remind_by_hand(sort: Sort, ids: Collection[int], by: User) -> Batch:
    locked = sort.rows().filter(pk__in=ids).select_for_update(of=("self",), no_key=True)
    preview = _sort_out(sort, list(locked.order_by("pk")))
    if not preview.going:
        raise DomainError(_("There is nobody to remind among these."), code="nobody_to_mail")
    batch = new_batch(sort.mail, preview.mails, by)
    batch.report = preview.report()
    batch.save(update_fields=["report"])
    _remind(sort, preview.going, by=by, now=timezone.now(), batch=batch)
    return batch


def _remind(
    sort: Sort, rows: list[Any], *, by: User | None, now: datetime, batch: Batch | None = None
) -> int:
    """Write the reminders of locked rows and count them on the rows."""
    if not rows:
        return 0
    batch = batch or new_batch(sort.mail, len(rows), by)
    messages = queue_letters(sort.mail, [sort.letter(row) for row in rows], batch=batch)
    same = rows[0]._meta.model.objects.filter(pk__in=[row.pk for row in rows])
    same.update(reminders=F("reminders") + 1, reminded_at=now)
    return len(messages)


def new_batch(kind: str, count: int, by: User | None) -> Batch:
    title = ngettext("Reminder of %(count)s person", "Reminder of %(count)s people", count)
    return Batch.objects.create(kind=kind, title=title % {"count": count}, created_by=by)


def _reminded_lately(row: Any) -> str:
    lately = row.reminded_at and timezone.now() - row.reminded_at < SHORTEST_GAP
    return "reminded" if lately else ""


def _why_not_invitation(invitation: Invitation) -> str:
    if invitation.status in CLOSED:
        return "withdrawn"
    if invitation.status in NOT_ASKED:
        return "not_invited"
    if invitation.status == Invitation.Status.TENTATIVE:
        return ""
    if invitation.status not in {Invitation.Status.SENT, Invitation.Status.OPENED}:
        return "answered"
    return "late" if is_missed(invitation) else ""


def _why_not_registration(registration: Registration) -> str:
    if registration.status in {Registration.Status.CANCELLED, Registration.Status.DECLINED}:
        return "cancelled"
    return "" if registration.status == Registration.Status.INCOMPLETE else "complete"


def invitation_letter(invitation: Invitation) -> Letter:
    language = invitation.person.preferred_language
    return letter_to(
        invitation.person,
        invitation.edition,
        occasion=f"invitation:{invitation.pk}:reminder:{invitation.reminders + 1}",
        context={"invitation": invitation, "answer_link": invitation_link(invitation, language)},
    )


def deadline_letter(invitation: Invitation) -> Letter:
    """The same letter because the day to answer by is near; another day is another occasion."""
    letter = invitation_letter(invitation)
    return replace(letter, occasion=f"invitation:{invitation.pk}:deadline:{invitation.answer_by}")


def registration_letter(registration: Registration) -> Letter:
    language = registration.person.preferred_language
    return letter_to(
        registration.person,
        registration.edition,
        occasion=f"registration:{registration.pk}:reminder:{registration.reminders + 1}",
        context={
            "registration": registration,
            "registration_link": registration_link(registration, language),
        },
    )


INVITATIONS = Sort(
    mail="reminder_invitation",
    rows=lambda: Invitation.objects.select_related("edition", "person", "category", "association"),
    why_not=_why_not_invitation,
    letter=invitation_letter,
)
REGISTRATIONS = Sort(
    mail="reminder_registration",
    rows=lambda: Registration.objects.select_related("edition", "person", "category"),
    why_not=_why_not_registration,
    letter=registration_letter,
)
