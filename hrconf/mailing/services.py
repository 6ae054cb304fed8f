"""Writes of the outbox: queue messages; retry, release, cancel and judge them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.jobs.progress import report
from hrconf.lib.errors import DomainError
from hrconf.lib.wake import wake_on_commit
from hrconf.mailing import suppressions, tasks
from hrconf.mailing.compose import Attached, Letter, compose, first_entry
from hrconf.mailing.kinds import is_optional
from hrconf.mailing.models import Attachment, Batch, Message, entry_added
from hrconf.mailing.signals import announce
from hrconf.mailing.written import note_written

State = Message.State
RETRIABLE = (State.REFUSED, State.FAILED, State.BOUNCED, State.CANCELLED)
CANCELLABLE = (State.HELD, State.QUEUED, State.UNCERTAIN)


def queue_message(
    kind: str,
    *,
    recipient: str,
    occasion: str,
    to_address: str,
    to_name: str,
    language: str,
    context: Mapping[str, Any],
    batch: Batch | None = None,
    attachments: Sequence[Attached] = (),
    send_after: datetime | None = None,
) -> Message | None:
    """Write one message in the caller's transaction.

    Returns None if the recipient already has a message of this kind and occasion,
    or does not want mail of this kind.
    """
    letter = Letter(
        recipient=recipient,
        occasion=occasion,
        to_address=to_address,
        to_name=to_name,
        language=language,
        context=context,
        attachments=attachments,
        send_after=send_after,
    )
    return next(iter(queue_letters(kind, [letter], batch=batch)), None)


def queue_letters(
    kind: str, letters: Sequence[Letter], *, batch: Batch | None = None
) -> list[Message]:
    """Write many messages with a constant number of queries; return those that will go.

    Optional mail to an address that wants none is written down as cancelled.

    A letter whose recipient already has a message of the kind and occasion adds
    nothing, also when two callers race: the unique constraint decides.
    """
    messages = []
    for number, letter in enumerate(letters, 1):
        messages.append(compose(kind, letter))
        report(number, len(letters))
    for message in messages:
        message.batch = batch
    if is_optional(kind):
        leave_out_unwanted(messages)
    saved = save_messages(messages, [letter.attachments for letter in letters])
    return [message for message in saved if message.state == State.QUEUED]


def leave_out_unwanted(messages: Sequence[Message]) -> None:
    """Cancel, before they are written, the messages whose readers do not want them."""
    found = suppressions.suppressed([message.to_address for message in messages], optional=True)
    for message in messages:
        if reason := found.get(message.to_address):
            message.state, message.error = State.CANCELLED, suppressions.why(reason)
            message.history = [first_entry(State.CANCELLED, message.error)]


@transaction.atomic
def save_messages(
    messages: Sequence[Message], attachments: Sequence[Sequence[Attached]]
) -> list[Message]:
    """Insert messages that are not there yet, and wake the worker on commit."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    keys = dict(
        Message.objects.filter(message_id__in=[m.message_id for m in messages]).values_list(
            "message_id", "pk"
        )
    )
    files = []
    for message, attached in zip(messages, attachments, strict=True):
        message.pk = keys.get(message.message_id)
        if message.pk:
            files += [_attachment(message, *file) for file in attached]
    Attachment.objects.bulk_create(files)
    note_written(keys.values())
    if keys:
        wake_on_commit(tasks.empty_outbox)
    return [message for message in messages if message.pk]


def _attachment(message: Message, filename: str, mimetype: str, content: bytes) -> Attachment:
    return Attachment(message=message, filename=filename, mimetype=mimetype, content=content)


def retry_message(pk: int, *, by: User) -> None:
    """Queue a refused, failed, cancelled or returned message again, with all its attempts."""
    if Message.objects.filter(pk=pk, is_secret=True, state=State.BOUNCED).exists():
        raise DomainError(_("Its text was not kept: ask for a new one."), code="not_kept")
    _change(pk, RETRIABLE, by=by, state=State.QUEUED, sent_at=None, handed_at=None, **_afresh())
    wake_on_commit(tasks.empty_outbox)


def release_message(pk: int, *, by: User) -> None:
    """Let a held message go."""
    now = timezone.now()
    _change(pk, [State.HELD], by=by, state=State.QUEUED, error="", send_after=now, released_at=now)
    wake_on_commit(tasks.empty_outbox)


def _afresh() -> dict[str, Any]:
    """A message that a person sends off again, as if it had never been tried."""
    now = timezone.now()
    return {"attempts": 0, "repeats": 0, "error": "", "send_after": now, "released_at": now}


def cancel_message(pk: int, *, by: User) -> None:
    """Keep a message that has not gone out from ever going."""
    _change(pk, CANCELLABLE, by=by, state=State.CANCELLED)


def mark_sent(pk: int, *, by: User) -> None:
    """Judge an uncertain message: it did arrive."""
    _change(pk, [State.UNCERTAIN], by=by, state=State.SENT, sent_at=timezone.now(), error="")


def send_again(pk: int, *, by: User) -> None:
    """Judge an uncertain message: it did not arrive. Its Message-ID stays the same."""
    _change(pk, [State.UNCERTAIN], by=by, state=State.QUEUED, **_afresh())
    wake_on_commit(tasks.empty_outbox)


@transaction.atomic
def _change(pk: int, allowed: Sequence[str], *, by: User, state: str, **fields: Any) -> None:
    changed = Message.objects.filter(pk=pk, state__in=allowed).update(
        state=state, history=entry_added(state, by=str(by.pk)), **fields
    )
    if not changed:
        raise DomainError(_("The message is not in a state that allows this."), code="wrong_state")
    if state in Message.SETTLED:
        announce(Message.objects.get(pk=pk))
