"""The state of the line to the mail server: while it is down no message pays for it."""

import random
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hrconf.mailing.models import Line

NAME = "mail"
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)


def may_try() -> bool:
    """Whether the line stands or its pause is over."""
    return not Line.objects.filter(name=NAME, try_after__gt=timezone.now()).exists()


@transaction.atomic
def note_failure(error: str) -> None:
    """The line failed: leave the server alone for a while, longer each time."""
    Line.objects.get_or_create(name=NAME)
    line = Line.objects.select_for_update(no_key=True).get(name=NAME)
    line.failures += 1
    line.failing_since = line.failing_since or timezone.now()
    line.error = error
    line.try_after = timezone.now() + pause(line.failures)
    line.save()


def clear() -> None:
    """The line works."""
    failing = Line.objects.filter(Q(failing_since__isnull=False), name=NAME)
    failing.update(failing_since=None, error="", failures=0, try_after=timezone.now())


def pause(failures: int) -> timedelta:
    doubled = FIRST_PAUSE * 2 ** min(failures - 1, 10)
    return min(doubled, LONGEST_PAUSE) * random.uniform(0.8, 1.2)


def down() -> Line | None:
    """The line if it is down, for the outbox page and the health check."""
    return Line.objects.filter(name=NAME, failing_since__isnull=False).first()
