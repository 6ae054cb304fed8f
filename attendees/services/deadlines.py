"""Deadlines: invitations expire, guests ask for another chance, the office gives it."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Invitation, Mark
from attendees.services.answers import can_answer, lock_invitation, release_guest
from attendees.services.clock import is_over, is_past, today_at
from attendees.services.letters import asked_again_letter, invited_again_letter
from attendees.services.marks import mark, mark_all
from attendees.services.previews import Preview, mail_troubles
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.services import queue_letters

Status = Invitation.Status
CHUNK = 500
EXPIRING = [Status.SENT, Status.OPENED]
REOPENABLE = [Status.EXPIRED, Status.WITHDRAWN, Status.DECLINED]
MOVABLE = [Status.DRAFT, Status.QUEUED, Status.BOUNCED, *EXPIRING, Status.TENTATIVE]
# Whom the page tells that the day is past, and offers to ask for another.
TOO_LATE = [Status.EXPIRED, Status.DECLINED, Status.QUEUED, Status.BOUNCED, *EXPIRING]


def expire_invitations(now: datetime | None = None) -> int:
    """Expire what nobody answered in time; return how many. Asking again changes nothing.

    The day ends on the edition's clock. An edition that is over keeps its
    invitations as they stood; a letter that never arrived does not expire.
    """
    now = now or timezone.now()
    return sum(
        _expire_of(edition, now)
        for edition in Edition.objects.filter(invitations__status__in=EXPIRING).distinct()
        if not is_past(edition, now)
    )


def _expire_of(edition: Edition, now: datetime) -> int:
    today = now.astimezone(edition.tz).date()
    late = Invitation.objects.filter(edition=edition, status__in=EXPIRING, answer_by__lt=today)
    deputies = late.filter(represents__isnull=False).values_list("pk", flat=True)
    expired = sum(_expire_deputy(pk, now) for pk in list(deputies))
    while True:
        with transaction.atomic():
            rows = late.filter(represents=None).select_for_update(no_key=True, skip_locked=True)
            chunk = list(rows.order_by("pk")[:CHUNK])
            if not chunk:
                return expired
            _expire(chunk, now)
        expired += len(chunk)


@transaction.atomic
def _expire_deputy(pk: int, now: datetime) -> int:
    """Expire a deputy's invitation; the guest, locked first, answers for themselves again."""
    invitation = lock_invitation(pk)
    if invitation.status not in EXPIRING:
        return 0
    _expire([invitation], now)
    release_guest(invitation, Mark.Kind.DEPUTY_DECLINED)
    return 1


def _expire(chunk: list[Invitation], now: datetime) -> None:
    for invitation in chunk:
        invitation.status, invitation.expired_at = Status.EXPIRED, now
    same = Invitation.objects.filter(pk__in=[invitation.pk for invitation in chunk])
    same.update(status=Status.EXPIRED, expired_at=now)
    mark_all(chunk, Mark.Kind.EXPIRED)


def is_too_late(invitation: Invitation) -> bool:
    """Whether the guest could answer, had the day not passed."""
    return invitation.status in TOO_LATE and not can_answer(invitation)


@transaction.atomic
def ask_again(pk: int, *, note: str = "") -> None:
    """The guest asks the office to open the invitation again: once, however often they click."""
    invitation = lock_invitation(pk)
    if not is_too_late(invitation) or is_over(invitation.edition):
        raise DomainError(_("This invitation is open."), code="open")
    if invitation.asked_again_at:
        return
    invitation.asked_again_at = timezone.now()
    invitation.opened_at = invitation.opened_at or invitation.asked_again_at
    invitation.save(update_fields=["asked_again_at", "opened_at"])
    mark(invitation, Mark.Kind.ASKED_AGAIN, text=note)
    if letter := asked_again_letter(invitation, note):
        queue_letters("invitation_asked_again", [letter])


def preview_opening(ids: Collection[int]) -> Preview[Invitation]:
    """Who of these is closed and would be asked again."""
    return _sort_out(ids, REOPENABLE, "not_closed")


def preview_moving(ids: Collection[int]) -> Preview[Invitation]:
    """Whose deadline can be moved: of those who have not answered."""
    return _sort_out(ids, MOVABLE, "answered")


@transaction.atomic
def open_again(ids: Collection[int], *, by: User, answer_by: date) -> Preview[Invitation]:
    """Open closed invitations again until a day; who had the letter is told."""
    preview = _sort_out(ids, REOPENABLE, "not_closed", lock=True)
    _refuse_past(preview, answer_by)
    for invitation in preview.going:
        _open(invitation, answer_by)
    fields = ["status", "answer_by", "expired_at", "answered_at", "asked_again_at", "openings"]
    Invitation.objects.bulk_update(preview.going, fields)
    mark_all(preview.going, Mark.Kind.OPENED_AGAIN, text=answer_by.isoformat(), by=by)
    told = [
        row for row in preview.going if row.status != Status.DRAFT and row not in preview.unmailed
    ]
    queue_letters("invitation_again", [invited_again_letter(row) for row in told])
    return preview


def _open(invitation: Invitation, answer_by: date) -> None:
    if invitation.sent_at is None:
        invitation.status = Status.DRAFT
    else:
        invitation.status = Status.OPENED if invitation.opened_at else Status.SENT
    invitation.answer_by, invitation.expired_at = answer_by, None
    invitation.answered_at, invitation.asked_again_at = None, None
    invitation.openings += 1


@transaction.atomic
def move_deadline(ids: Collection[int], *, by: User, answer_by: date) -> Preview[Invitation]:
    """Give guests who have not answered another day to answer by; nobody is mailed."""
    preview = _sort_out(ids, MOVABLE, "answered", lock=True)
    _refuse_past(preview, answer_by)
    moved = Invitation.objects.filter(pk__in=[row.pk for row in preview.going])
    moved.update(answer_by=answer_by)
    mark_all(preview.going, Mark.Kind.EXTENDED, text=answer_by.isoformat(), by=by)
    return preview


def _sort_out(
    ids: Collection[int], states: list[Status], reason: str, *, lock: bool = False
) -> Preview[Invitation]:
    rows = Invitation.objects.select_related("edition", "person", "category", "association")
    rows = rows.filter(pk__in=ids).order_by(F("represents").asc(nulls_first=True), "pk")
    rows = rows.select_for_update(of=("self",), no_key=True) if lock else rows
    preview: Preview[Invitation] = Preview()
    troubles = mail_troubles(row.person for row in rows)
    for row in rows:
        why_not = "" if row.status in states else reason
        if not why_not and row.represents_id and reason == "not_closed":
            why_not = "deputy"  # the guest names them again
        if why_not:
            preview.left_out.append((row, why_not))
            continue
        preview.going.append(row)
        if row.sent_at is None or row.person_id in troubles:
            preview.unmailed.append(row)
    return preview


def _refuse_past(preview: Preview[Invitation], day: date) -> None:
    for row in preview.going:
        if not today_at(row.edition) <= day <= row.edition.ends_on:
            raise DomainError(
                _("Choose a day from today until the conference ends."), code="bad_day"
            )
