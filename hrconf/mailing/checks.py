"""System checks of the outbox: settings that contradict each other."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def worker_may_wait_as_long_as_the_server(**kwargs: Any) -> list[CheckMessage]:
    """A worker cut off while it waits for the server makes a second copy."""
    from hrconf.mailing.delivery import LONGEST_TALK, RUN_SECONDS

    longest = RUN_SECONDS + LONGEST_TALK * settings.EMAIL_TIMEOUT + settings.MAIL_FINAL_TIMEOUT
    if longest < settings.CELERY_TASK_SOFT_TIME_LIMIT:
        return []
    message = f"One message may take {longest} s, longer than a task may run."
    hint = "Lower EMAIL_TIMEOUT or MAIL_FINAL_TIMEOUT."
    return [Error(message, hint=hint, id="hrconf.mailing.E001")]
