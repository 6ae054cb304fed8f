"""Waking the worker: quick, after the commit, and never needed for correctness.

What must happen is a row; the sweepers find it when the wake-up is lost.
"""

import logging
import time

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# After a failure the broker is left alone for a while: requests stay quick.
PAUSE_SECONDS = 10
# A wake-up that nobody took is worth nothing: the sweeper makes new ones.
EXPIRES_SECONDS = 300
_quiet_until = 0.0


def wake_on_commit(task: Task, *args: int) -> None:
    """Wake the worker for a task once the rows it needs are committed."""
    transaction.on_commit(lambda: wake(task, *args), robust=True)


def wake(task: Task, *args: int) -> bool:
    """Hand a task to the broker; return whether it took it."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        task.apply_async(args=args, retry=False, expires=EXPIRES_SECONDS)
    except (OperationalError, OSError) as error:
        _quiet_until = time.monotonic() + PAUSE_SECONDS
        log.warning(
            "The broker does not answer (%s); the sweeper will do it.", type(error).__name__
        )
        return False
    return True
