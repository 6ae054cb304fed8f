"""What Celery wakes up for the accounts."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_expired_sessions() -> None:
    """Delete sessions that have ended; they hold what people did in signing in."""
    call_command("clearsessions")
