"""The worker's side of the outbox: claim, send, mark; and the sweep of what got stuck.

The order is what keeps mail from being lost or doubled:
1. claim: a conditional UPDATE, committed, so that one worker has the message;
2. talk to the server up to its readiness for the text: a death until here is harmless;
3. note `handed_at`, committed, and only if the claim still stands;
4. send the text, read the answer, mark.
A death between 3 and 4 is the crash window: nobody can know whether the server
has the message. It is sent once more under the same Message-ID; the second time
that happens a person decides.
"""

import logging
import random
import re
import time
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from hrconf.lib.traces import bare_trace
from hrconf.lib.wake import wake
from hrconf.mailing import guard, lines, mark, suppressions
from hrconf.mailing.kinds import is_optional
from hrconf.mailing.models import Message, Suppression, entry_added
from hrconf.mailing.signals import announce
from hrconf.mailing.transport import (
    LineDown,
    NoAnswer,
    NotNow,
    Refused,
    get_transport,
    reaches_people,
)

log = logging.getLogger(__name__)
State = Message.State

RUN_SECONDS = 10  # then other work of the queue gets its turn, and a stop waits no longer
LONGEST_TALK = 6  # answers we wait for up to the text, each for EMAIL_TIMEOUT at most
LONGEST_BACKOFF = timedelta(hours=2)
MAX_REPEATS = 1
# RFC 3463: of 5.1.x these say that the address is wrong; .5 says it is right, .7 and .8
# speak of the sender's.
NO_SUCH_ADDRESS = re.compile(r"(?<![\d.])5\.1\.(?:[012346]|10)(?![\d.])")


class ClaimLost(Exception):
    """The sweeper gave the message to another worker meanwhile."""


def deliver_due() -> int:
    """Send what is due for up to RUN_SECONDS; return how many messages were tried."""
    stop_at = time.monotonic() + RUN_SECONDS
    with Courier() as courier:
        while time.monotonic() < stop_at and courier.may_go_on():
            message = claim_next()
            if message is None:
                return courier.tried
            courier.take(message)
    wake_if_due()
    return courier.tried


def deliver_one(message_id: int) -> bool:
    """Send one message now, if it is due and nobody else has it."""
    with Courier() as courier:
        if not (courier.may_go_on() and Message.objects.claim(message_id)):
            return False
        courier.take(Message.objects.get(pk=message_id))
    return True


def claim_next() -> Message | None:
    """Claim the next message in turn; workers pass by each other's rows."""
    with transaction.atomic():
        due = Message.objects.due().in_turn().select_for_update(skip_locked=True, no_key=True)
        pk = due.values_list("pk", flat=True).first()
        if pk is None or not Message.objects.claim(pk):
            return None
    return Message.objects.get(pk=pk)


class Courier:
    """Carries messages one by one over one connection, at the pace we keep."""

    def __init__(self) -> None:
        self.transport = get_transport()
        self.line_stands = lines.may_try()
        if reaches_people():
            mark.is_doubted()  # then the guard holds each message
        self.line_proven = False
        self.tried = 0
        self.next_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.transport.close()

    def may_go_on(self) -> bool:
        """Whether the line to the server stands, as far as we know."""
        return self.line_stands

    def take(self, message: Message) -> None:
        """Bring one claimed message to its next state."""
        self.tried += 1
        if reason := stopped_by(message):
            settle(message, State.CANCELLED, error=suppressions.why(reason))
            return
        if reason := guard.reason_to_hold(message):
            settle(message, State.HELD, error=reason)
            return
        self.keep_pace(message)
        try:
            self.transport.open()
            answer = self.transport.hand_over(message, lambda: note_hand_over(message))
        except (DatabaseError, SoftTimeLimitExceeded):
            raise  # the claim stays, and the sweeper decides
        except Exception as error:
            self.fall_short(message, error)
        else:
            mark_sent(message, answer)
            self.prove_line()

    def prove_line(self) -> None:
        """A message got through: forget the failures, once per run."""
        if not self.line_proven:
            lines.clear()
            self.line_proven = True

    def keep_pace(self, message: Message) -> None:
        """Wait so that the server gets no more than it should; codes do not wait."""
        if message.is_urgent or not (reaches_people() and settings.MAIL_PER_SECOND):
            return
        time.sleep(max(0.0, self.next_at - time.monotonic()))
        self.next_at = time.monotonic() + 1 / settings.MAIL_PER_SECOND

    def fall_short(self, message: Message, error: Exception) -> None:
        """Say what becomes of a message that was not taken."""
        words = str(error)
        match error:
            case LineDown():
                self.line_stands = False
                lines.note_failure(words)
                put_back(message, words)
            case NotNow():
                try_later(message, words)
            case Refused():
                refuse(message, words)
            case NoAnswer():
                repeat_once(message, words)
            case ClaimLost():
                log.warning("Message %s was claimed by another worker.", message.pk)
            case _:
                log.error("Message %s could not be sent: %s", message.pk, bare_trace(error))
                give_up(message, error)


def stopped_by(message: Message) -> str | None:
    """Why the address gets no such mail any more, asked at the last moment."""
    return suppressions.is_suppressed(message.to_address, optional=is_optional(message.kind))


def note_hand_over(message: Message) -> None:
    """Note that a copy may exist from now on, if the claim is still ours."""
    now = timezone.now()
    if not _ours(message).update(handed_at=now):
        raise ClaimLost
    message.handed_at = now


def mark_sent(message: Message, answer: str) -> None:
    """The server has it: true whoever holds the claim by now."""
    fields: dict[str, Any] = {"sent_at": timezone.now(), "answer": answer, "error": ""}
    if message.is_secret and not settings.DEMO and not settings.DEBUG:
        fields |= {"text": "", "html": ""}
    with transaction.atomic():
        unsent = Message.objects.filter(pk=message.pk).exclude(
            state__in=[State.SENT, State.BOUNCED]  # it may be back before we note it
        )
        if unsent.update(state=State.SENT, history=entry_added(State.SENT, answer), **fields):
            _tell(message)


def settle(message: Message, state: str, **fields: Any) -> bool:
    """Move a message that we hold to another state; tell who listens if it is the end."""
    with transaction.atomic():
        history = entry_added(state, fields.get("error", ""))
        moved = _ours(message).update(state=state, history=history, **fields) == 1
        if moved and state in Message.SETTLED:
            _tell(message)
    return moved


def refuse(message: Message, words: str) -> None:
    """The server said no for good: to the letter, or that there is no such address."""
    with transaction.atomic():
        settle(message, State.REFUSED, error=words, answer=words)
        if NO_SUCH_ADDRESS.search(words):
            suppressions.stop(
                message.to_address, Suppression.Reason.REFUSED, message=message, detail=words
            )


def put_back(message: Message, words: str) -> None:
    """The line is down: the message waits, and the attempt does not count."""
    settle(message, State.QUEUED, error=words, attempts=F("attempts") - 1)


def try_later(message: Message, words: str) -> None:
    """Back into the queue after a pause, or given up after the last attempt."""
    if message.attempts >= settings.MAIL_MAX_ATTEMPTS:
        settle(message, State.FAILED, error=words, answer=words)
        return
    later = timezone.now() + backoff(message.attempts)
    settle(message, State.QUEUED, error=words, answer=words, send_after=later)


def repeat_once(message: Message, words: str) -> None:
    """The server may have it: send it once more, then let a person decide."""
    if message.repeats >= MAX_REPEATS:
        settle(message, State.UNCERTAIN, error=words)
        return
    later = timezone.now() + backoff(message.attempts)
    settle(message, State.QUEUED, error=words, send_after=later, repeats=F("repeats") + 1)


def give_up(message: Message, error: Exception) -> None:
    """Something of ours broke: no retry would mend it."""
    if message.handed_at:
        repeat_once(message, type(error).__name__)
        return
    why = _("It cannot be written as an e-mail; the log says more.")
    settle(message, State.FAILED, error=why, answer=type(error).__name__)


def backoff(attempts: int) -> timedelta:
    """The pause before the next attempt: doubling, up to two hours, a third of it by chance."""
    pause = timedelta(seconds=settings.MAIL_BACKOFF_SECONDS * 2 ** (attempts - 1))
    return min(pause, LONGEST_BACKOFF) * random.uniform(0.8, 1.2)


def sweep() -> dict[str, int]:
    """Free the claims of workers that died, and wake a worker for what is due."""
    if reaches_people():
        mark.is_doubted()  # before the claims of a copy are freed, and sent once more
    counts = {"freed": 0, "repeated": 0, "uncertain": 0, "failed": 0}
    for message in stuck():
        counts[free(message)] += 1
    wake_if_due()
    return counts


def stuck() -> list[Message]:
    """Messages whose claim is older than any living worker would let it get."""
    now = timezone.now()
    slack = settings.MAIL_CLAIM_SLACK
    talk = now - timedelta(seconds=LONGEST_TALK * settings.EMAIL_TIMEOUT + slack)
    answer = settings.EMAIL_TIMEOUT + settings.MAIL_FINAL_TIMEOUT
    handed = now - timedelta(seconds=answer + slack)
    sending = Message.objects.filter(state=State.SENDING)
    return list(
        sending.filter(handed_at__isnull=True, claimed_at__lt=talk)
        | sending.filter(handed_at__lt=handed)
    )


def free(message: Message) -> str:
    """Decide what becomes of a message whose worker died; return the kind of end."""
    if message.handed_at and message.repeats >= MAX_REPEATS:
        settle(message, State.UNCERTAIN, error=_("The worker stopped twice while sending it."))
        return "uncertain"
    if message.handed_at:
        why = _("The worker stopped while sending it; sent again under the same Message-ID.")
        settle(message, State.QUEUED, error=why, repeats=F("repeats") + 1)
        return "repeated"
    if message.attempts >= settings.MAIL_MAX_ATTEMPTS:
        settle(message, State.FAILED, error=_("The worker stopped each time it took it up."))
        return "failed"
    settle(message, State.QUEUED, error=_("The worker stopped before it was sent."))
    return "freed"


def wake_if_due() -> None:
    """Wake a worker if a message waits for one."""
    from hrconf.mailing.tasks import empty_outbox

    if Message.objects.due().exists():
        wake(empty_outbox)


def _ours(message: Message) -> Any:
    """The row, as long as the claim that we made still stands."""
    return Message.objects.filter(
        pk=message.pk, state=State.SENDING, attempts=message.attempts, claimed_at=message.claimed_at
    )


def _tell(message: Message) -> None:
    message.refresh_from_db()
    announce(message)
