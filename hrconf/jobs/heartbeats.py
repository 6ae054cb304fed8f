"""Signs of life: beat and worker each write their own, so that the ill one can be told.

- "beat": the scheduler signs whenever it looks what is due, in its own process;
- "worker": the worker's main process signs on its own timer, whether beat lives or not;
- "work": a worker ran the task that beat sends it, so tasks do get done.
"""

import logging
import time
from typing import Any

from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent
from django.db import DatabaseError, connection
from django.utils import timezone

from hrconf.jobs.models import Heartbeat

log = logging.getLogger(__name__)

EVERY_SECONDS = 10
_signed_at: dict[str, float] = {}


def sign(name: str) -> None:
    """Write that a process lives, now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})


def sign_now_and_then(name: str) -> None:
    """Sign at most every EVERY_SECONDS. A database that is down stops nobody.

    Called between two pieces of work, in processes that use the database for
    nothing else: the connection is given back at once.
    """
    now = time.monotonic()
    if now - _signed_at.get(name, -EVERY_SECONDS) < EVERY_SECONDS:
        return
    _signed_at[name] = now
    try:
        sign(name)
    except DatabaseError as error:
        log.warning("No sign of life of %s: %s", name, error)
    finally:
        connection.close()


class SigningScheduler(PersistentScheduler):
    """Celery's scheduler, which signs "beat" as it ticks."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        sign_now_and_then("beat")
        # The schedule asks for a tick every few seconds; an empty one must as well.
        return min(super().tick(*args, **kwargs), EVERY_SECONDS)


@heartbeat_sent.connect
def worker_lives(**kwargs: Any) -> None:
    """Celery's worker says so to other workers every two seconds; we note it."""
    sign_now_and_then("worker")
