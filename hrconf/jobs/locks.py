"""Locks that die with their holder: PostgreSQL frees them when the session ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

JOBS = 7_001  # our number among the advisory locks of the database


@contextmanager
def job_lock(job_id: int) -> Iterator[bool]:
    """Hold the lock of a job; the value says whether we got it. Never waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [JOBS, job_id])
        is_ours = cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [JOBS, job_id])
