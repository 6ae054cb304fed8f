"""The mark of this installation: a copied or restored database mails nobody unseen.

The database carries a note of where it lives: the cluster and its timeline, the
database, the very table of messages, and BASE_URL. What PostgreSQL numbers
itself is in no dump, so a restored backup, a copy on another server and a copy
beside the original all find a note that does not fit. A restart, a deploy and a
migration change none of it.
"""

from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from hrconf.accounts.models import User
from hrconf.lib.wake import wake_on_commit
from hrconf.mailing import tasks
from hrconf.mailing.models import Installation, Message, entry_added

State = Message.State
DOUBT = _("This database was copied or restored: a person must say that this is the site.")
# Of the cluster only what its role may ask; a managed service may forbid it.
FACTS = """
    SELECT (SELECT oid FROM pg_database WHERE datname = current_database()),
           'mailing_message'::regclass::oid,
           has_function_privilege('pg_control_system()', 'execute')
           AND has_function_privilege('pg_control_checkpoint()', 'execute')
"""
CLUSTER = """
    SELECT system_identifier::text, timeline_id
    FROM pg_control_system(), pg_control_checkpoint()
"""


def facts() -> dict[str, Any]:
    """Where the database lives, as PostgreSQL numbers it."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS)
        database, table, may_ask = cursor.fetchone()
        found = {"database": database, "table": table}
        if may_ask:
            cursor.execute(CLUSTER)
            found["cluster"], found["timeline"] = cursor.fetchone()
    return found


def is_doubted() -> bool:
    """Whether the database no longer fits its mark; a fresh one is marked here.

    The first to notice holds all that waits and notes the instant, from which a
    person may let single messages go.
    """
    here = facts()
    fresh = {"mark": here, "base_url": settings.BASE_URL}
    row, _made = Installation.objects.get_or_create(pk=1, defaults=fresh)
    if fits(row, here):
        return False
    if row.doubted_at is None:
        doubt()
    return True


def fits(row: Installation, here: dict[str, Any]) -> bool:
    return row.doubted_at is None and (row.mark, row.base_url) == (here, settings.BASE_URL)


@transaction.atomic
def doubt() -> None:
    """Hold all that waits, also what a worker had in hand when the copy was made."""
    row = Installation.objects.select_for_update(no_key=True).get(pk=1)
    if row.doubted_at is not None:
        return
    row.doubted_at = timezone.now()
    row.save(update_fields=["doubted_at"])
    waiting = Message.objects.filter(state__in=[State.QUEUED, State.SENDING])
    waiting.update(state=State.HELD, error=DOUBT, history=entry_added(State.HELD, DOUBT))


def in_doubt() -> Installation | None:
    """The mark if it is in doubt, for the outbox page and for each message."""
    return Installation.objects.filter(doubted_at__isnull=False).first()


@transaction.atomic
def let_go(*, by: User) -> int:
    """This is the site: mark it anew, and let all go that was held for doubt."""
    confirm(by)
    now = timezone.now()
    held = Message.objects.filter(state=State.HELD, error=DOUBT)
    count = held.update(
        state=State.QUEUED,
        error="",
        send_after=now,
        released_at=now,
        history=entry_added(State.QUEUED, by=str(by.pk)),
    )
    wake_on_commit(tasks.empty_outbox)
    return count


@transaction.atomic
def keep_back(*, by: User) -> int:
    """This is the site, and what was held for doubt went out before: only new mail goes."""
    confirm(by)
    return Message.objects.filter(state=State.HELD, error=DOUBT).cancel(by=str(by.pk))


def confirm(by: User) -> None:
    """Mark the database as living here."""
    Installation.objects.filter(pk=1).update(
        mark=facts(),
        base_url=settings.BASE_URL,
        marked_at=timezone.now(),
        marked_by=by,
        doubted_at=None,
    )
