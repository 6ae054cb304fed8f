"""What /healthz looks at: database, cache, worker and beat, each by itself.

Every question has a time limit of its own, so that the answer comes while the
database or the cache is down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

TIMEOUT_SECONDS = 2
# Beat and worker sign every ten seconds; a full minute of silence is no hiccup.
SILENCE = timedelta(seconds=60)
# Both slots of a worker may be busy with an import; the time limit ends those.
NO_WORK = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 120)

OK, ILL, UNKNOWN = "ok", "ill", "unknown"


@dataclass(frozen=True)
class Check:
    """How one part is: ok, ill or unknown; its age where it signs; one sentence."""

    state: str
    says: str
    age: int | None = None

    def as_json(self) -> dict[str, Any]:
        aged = {} if self.age is None else {"age_seconds": self.age}
        return {"state": self.state, **aged, "says": self.says}


def check_all() -> dict[str, Check]:
    """Look at every part."""
    database, signs = check_database()
    return {
        "database": database,
        "cache": check_cache(),
        "worker": check_worker(signs),
        "beat": check_beat(signs),
    }


Signs = Mapping[str, datetime] | None  # None: the database did not tell


def check_database() -> tuple[Check, Signs]:
    """Ask the database for the signs of life, over a connection of its own."""
    probe = connection.copy()
    limits = {
        "connect_timeout": TIMEOUT_SECONDS,
        "tcp_user_timeout": TIMEOUT_SECONDS * 1000,
        "options": f"-c statement_timeout={TIMEOUT_SECONDS * 1000}",
    }
    probe.settings_dict["OPTIONS"] = {**probe.settings_dict["OPTIONS"], **limits}
    try:
        with probe.cursor() as cursor:
            cursor.execute("SELECT name, beat_at FROM jobs_heartbeat")
            signs = dict(cursor.fetchall())
    except DatabaseError as error:
        return Check(ILL, f"The database does not answer ({type(error).__name__})."), None
    finally:
        probe.close()
    return Check(OK, "The database answers."), signs


def check_cache() -> Check:
    """Ask Valkey itself: the cache in front of it would hide that it is down."""
    client = redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except (RedisError, OSError) as error:
        return Check(ILL, f"The cache does not answer ({type(error).__name__}).")
    finally:
        client.close()
    return Check(OK, "The cache answers.")


def check_beat(signs: Signs) -> Check:
    return check_sign(signs, "beat", "Beat")


def check_worker(signs: Signs) -> Check:
    """A worker is ill if it is silent, or if it lives but does no work that beat sends."""
    check = check_sign(signs, "worker", "The worker")
    if check.state != OK or check_beat(signs).state != OK:
        return check
    idle = age_of(signs, "work")
    if idle is not None and idle > NO_WORK:
        minutes = int(idle.total_seconds() // 60)
        says = f"The worker is there but has done no task for {minutes} minutes."
        return Check(ILL, says, check.age)
    return check


def check_sign(signs: Signs, name: str, called: str) -> Check:
    """Judge a process by the age of its last sign of life."""
    if signs is None:
        return Check(UNKNOWN, f"{called} signs in the database, which does not answer.")
    age = age_of(signs, name)
    if age is None:
        return Check(ILL, f"{called} has never shown itself.")
    seconds = max(0, int(age.total_seconds()))
    if age > SILENCE:
        return Check(ILL, f"{called} has been silent for {seconds} seconds.", seconds)
    return Check(OK, f"{called} showed itself {seconds} seconds ago.", seconds)


def age_of(signs: Signs, name: str) -> timedelta | None:
    return timezone.now() - signs[name] if signs and name in signs else None
