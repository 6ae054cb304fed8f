"""What becomes of the letters of a batch that have not gone out: held, let go, cancelled."""

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from hrconf.accounts.models import User
from hrconf.lib.wake import wake_on_commit
from hrconf.mailing import tasks
from hrconf.mailing.models import Batch, Message, entry_added

State = Message.State
PAUSED = _("The campaign is paused.")


def hold_batch(batch: Batch) -> int:
    """Hold what waits; a letter that a worker has in hand is beyond us. Return how many."""
    waiting = Message.objects.of_batch(batch).filter(state=State.QUEUED)
    return waiting.update(state=State.HELD, error=PAUSED, history=entry_added(State.HELD, PAUSED))


def let_batch_go(batch: Batch, *, by: User) -> int:
    """Queue again what was held by a pause, and nothing that is held for another reason."""
    now = timezone.now()
    held = Message.objects.of_batch(batch).filter(state=State.HELD, error=PAUSED)
    count = held.update(
        state=State.QUEUED,
        error="",
        send_after=now,
        released_at=now,
        history=entry_added(State.QUEUED, by=str(by.pk)),
    )
    wake_on_commit(tasks.empty_outbox)
    return count


def cancel_batch(batch: Batch, *, by: str) -> int:
    """Keep what waits from ever going out; return how many."""
    return Message.objects.of_batch(batch).waiting().cancel(by=by)
