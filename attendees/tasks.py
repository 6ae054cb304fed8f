"""What Celery wakes up for the attendees; safe to run twice."""

from celery import shared_task


@shared_task
def send_due_reminders() -> None:
    """Send the reminders that are due now."""
    from attendees.services import due

    due.send_due_reminders()


@shared_task
def forget_old_requests() -> None:
    """Delete requests to register whose address nobody proved."""
    from attendees.services import registering

    registering.forget_old_requests()


@shared_task
def settle_waits() -> None:
    """Offer free places to who waits, and end offers whose time is over."""
    from attendees.services import waiting

    waiting.settle_waits()


@shared_task
def settle_campaigns() -> None:
    """Start campaigns that are due, end those that are done."""
    from attendees.services import campaigns

    campaigns.settle_campaigns()


@shared_task
def expire_invitations() -> None:
    """Expire the invitations whose day to answer is past."""
    from attendees.services import deadlines

    deadlines.expire_invitations()
