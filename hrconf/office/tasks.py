"""What beat wakes up for the office."""

from celery import shared_task


@shared_task
def forget_deeds() -> None:
    """Forget how to undo what can no longer be undone."""
    from hrconf.office.undoing import forget_changes

    forget_changes()
