"""How far long work is: written to its row, seldom enough to cost nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Self

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from hrconf.jobs.models import Job

SECONDS_BETWEEN_WRITES = 0.5
WRITE = "UPDATE jobs_job SET done = %s, total = %s WHERE id = %s"


class ProgressBar:
    """Called with (done, total); writes at most twice a second, and at the end.

    Work that runs in one transaction would show nothing before it commits, so
    there the row is written over a connection of its own.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.next_at = 0.0
        self.aside: BaseDatabaseWrapper | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is None:
            self.write(connection)
        if self.aside:
            self.aside.close()

    def __call__(self, done: int, total: int) -> None:
        self.job.total = max(total, 0)
        self.job.done = min(max(done, 0), self.job.total)
        if time.monotonic() >= self.next_at:
            self.flush()

    def flush(self) -> None:
        self.next_at = time.monotonic() + SECONDS_BETWEEN_WRITES
        self.write(self.open_aside() if connection.in_atomic_block else connection)

    def open_aside(self) -> BaseDatabaseWrapper:
        """Our own connection; it never waits for a row that the work itself holds."""
        if self.aside is None:
            self.aside = connection.copy()
            with self.aside.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
        return self.aside

    def write(self, through: BaseDatabaseWrapper) -> None:
        try:
            with through.cursor() as cursor:
                cursor.execute(WRITE, [self.job.done, self.job.total, self.job.pk])
        except DatabaseError:
            if through is not self.aside:  # the bar may stand still, the work may not
                raise


_listener: ContextVar[Callable[[int, int], None] | None] = ContextVar("progress", default=None)


@contextmanager
def reporting_to(progress: Callable[[int, int], None] | None) -> Iterator[None]:
    """What is done inside tells `progress`, or with None nobody, how far it is."""
    token = _listener.set(progress)
    try:
        yield
    finally:
        _listener.reset(token)


def report(done: int, total: int) -> None:
    """Say how far a piece of work is, to whoever listens; nobody does outside of long work."""
    if listener := _listener.get():
        listener(done, total)
