"""What Celery wakes up for the programme; safe to run twice."""

from celery import shared_task


@shared_task
def tell_release(pk: int) -> None:
    """Write the mails of a release."""
    from events.services import notices

    notices.tell_release(pk)


@shared_task
def tell_releases() -> None:
    """Go on with the mails of releases whose writing was lost."""
    from events.services import notices

    notices.tell_the_untold()


@shared_task
def make_due_releases() -> None:
    """Make the planned releases whose time has come."""
    from events.services import planned

    planned.make_due_releases()
