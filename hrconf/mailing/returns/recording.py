"""What a report changes: the message it is about, its address, the invitation above."""

import hashlib
import uuid
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from hrconf.mailing.addresses import normalized, one_line
from hrconf.mailing.models import Bounce, Message, Suppression, entry_added
from hrconf.mailing.returns.reports import Report, read_report
from hrconf.mailing.signals import announce
from hrconf.mailing.suppressions import stop

State = Message.State
Sort = Bounce.Sort
Reason = Suppression.Reason

MATCHED, UNMATCHED, KNOWN, OTHER = "matched", "unmatched", "known", "other"


def record_mail(source: bytes, origin: str) -> str:
    """Take in one mail of the mailbox for returned messages; say what it was.

    "matched", "unmatched" (a report about no message of ours: kept, changes
    nothing), "known" (seen before) or "other" (no report of delivery).
    """
    report = read_report(source)
    if report is None:
        return OTHER
    return record(report, origin, hashlib.sha256(source).hexdigest())


@transaction.atomic
def record(report: Report, origin: str, digest: str) -> str:
    """Keep a report once and draw its consequence."""
    message = message_about(report)
    address = normalized(message.to_address) if message else report.address
    row = Bounce(
        message=message,
        sort=report.sort,
        status=one_line(report.status, 12),
        detail=one_line(report.detail),
        address=one_line(address, 320),
        source=origin[:30],
        digest=digest,
    )
    Bounce.objects.bulk_create([row], ignore_conflicts=True)
    if not Bounce.objects.filter(digest=digest, received_at=row.received_at).exists():
        return KNOWN
    if message is None:
        return UNMATCHED
    draw_consequence(message, row)
    return MATCHED


def message_about(report: Report) -> Message | None:
    """The message that went out and is named by the report; locked.

    Never by address alone: whoever knows an address could stop its mail. The
    names are random numbers that only we, the reader and the servers between
    have seen, and a message that never left cannot come back.
    """
    ours = urlsplit(settings.BASE_URL).hostname
    named = [message_id for message_id, host in report.about if host in {"", ours}]
    went_out = Q(handed_at__isnull=False) | Q(state__in=[State.SENT, State.BOUNCED])
    rows = Message.objects.filter(went_out, message_id__in=named)
    found = {row.message_id: row for row in rows.select_for_update(no_key=True).order_by("pk")}
    return next((found[name] for name in named if name in found), None)


def draw_consequence(message: Message, row: Bounce) -> None:
    """A message put off may still arrive; the rest is returned, and its address judged."""
    if row.sort == Sort.COMPLAINT:
        stop(message.to_address, Reason.COMPLAINT, message=message, detail=row.detail)
    elif row.sort != Sort.DELAYED:
        mark_bounced(message, row)
        judge_address(message, row)


def mark_bounced(message: Message, row: Bounce) -> None:
    """Say in the message's state and history that it came back; a second time says nothing."""
    words = one_line(f"{row.status} {row.detail}")
    changed = (
        Message.objects.filter(pk=message.pk)
        .exclude(state=State.BOUNCED)
        .update(
            state=State.BOUNCED,
            error=words,
            sent_at=Coalesce("sent_at", "handed_at", Now()),
            history=entry_added(State.BOUNCED, words),
        )
    )
    if changed:
        message.refresh_from_db()
        announce(message)


def judge_address(message: Message, row: Bounce) -> None:
    """Stop the address at once when it is dead, and after so many soft returns."""
    if row.sort == Sort.HARD:
        stop(message.to_address, Reason.HARD_BOUNCE, message=message, detail=row.detail)
        return
    lock_address(row.address)
    if Bounce.objects.soft_since(row.address, counted_since(row.address)) >= (
        settings.MAIL_SOFT_BOUNCES
    ):
        stop(message.to_address, Reason.SOFT_BOUNCES, message=message, detail=row.detail)


def counted_since(address: str):
    """The instant from which soft returns count: a person who lifts a stop starts anew."""
    window = timezone.now() - timedelta(days=settings.MAIL_SOFT_BOUNCE_DAYS)
    lifted = Suppression.objects.filter(address=address).aggregate(at=Max("lifted_at"))["at"]
    return max(window, lifted) if lifted else window


def lock_address(address: str) -> None:
    """Whoever counts returns of an address waits for who counts them now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])


def id_of(text: str) -> tuple[tuple[uuid.UUID, str], ...]:
    """The message that a provider names by our Message-ID, with or without its brackets."""
    name, _at, host = text.strip().strip("<>").rpartition("@")
    try:
        return ((uuid.UUID(name), host.lower()),)
    except ValueError:
        return ()
