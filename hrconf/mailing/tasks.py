"""What Celery wakes up for the outbox; each is safe to run twice."""

from celery import shared_task


@shared_task
def empty_outbox() -> None:
    """Send what is due, until nothing is or the time of one run is over."""
    from hrconf.mailing.delivery import deliver_due

    deliver_due()


@shared_task
def deliver_message(message_id: int) -> None:
    """Send one message at once, such as a sign-in code."""
    from hrconf.mailing.delivery import deliver_one

    deliver_one(message_id)


@shared_task
def sweep_outbox() -> None:
    """Free stuck claims and wake the worker: needs no memory of the broker."""
    from hrconf.mailing.delivery import sweep

    sweep()


@shared_task
def read_bounces() -> None:
    """Take in the mail that came back; nothing where no mailbox is given."""
    from hrconf.mailing.returns.mailbox import read_mailbox

    read_mailbox()
