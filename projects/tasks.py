"""What Celery wakes up for the projects; safe to run twice."""

from celery import shared_task


@shared_task
def forget_old_requests() -> None:
    """Delete requests to apply whose address nobody proved."""
    from projects.services import applying

    applying.forget_old_requests()


@shared_task
def remind_applicants() -> None:
    """Remind who has begun an application and not sent it, before the call closes."""
    from projects.services import call_reminders

    call_reminders.remind_applicants()
