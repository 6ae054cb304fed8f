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
def delete_due_answers() -> None:
    """Delete the answers that were to be kept until so many days after an edition."""
    from attendees.services import retention

    retention.delete_due_answers()


@shared_task
def expire_invitations() -> None:
    """Expire the invitations whose day to answer is past."""
    from attendees.services import deadlines

    deadlines.expire_invitations()


@shared_task
def delete_passport_data() -> None:
    """Delete passport data that serve no purpose: of lost places, of editions that are over."""
    from attendees.services import passports, visas

    visas.end_visas()
    passports.delete_passport_data()
