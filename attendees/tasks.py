"""What Celery wakes up for the attendees; safe to run twice."""

from celery import shared_task


@shared_task
def send_due_reminders() -> None:
    """Send the reminders that are due now."""
    from attendees.services import reminders

    reminders.send_due_reminders()


@shared_task
def expire_invitations() -> None:
    """Expire the invitations whose day to answer is past."""
    from attendees.services import deadlines

    deadlines.expire_invitations()
