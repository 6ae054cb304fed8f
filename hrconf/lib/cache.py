"""The cache: Valkey, and this process's own memory while Valkey is down.

Rate limits live in the cache. With Valkey down they are counted per process:
looser, but they hold, and pages that only wanted a cached value still answer.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# After a failure Valkey is left alone for a while: requests stay quick.
PAUSE_SECONDS = 10


class SturdyCache(RedisCache):
    """A Redis cache that falls back to memory instead of raising."""

    _quiet_until = 0.0  # of the process: Django makes one cache for each thread

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        plain = {key: value for key, value in params.items() if key != "OPTIONS"}
        self._memory = LocMemCache("hrconf-fallback", plain)

    def _sturdily(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= self._quiet_until:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (RedisError, OSError) as error:
                SturdyCache._quiet_until = time.monotonic() + PAUSE_SECONDS
                log.warning("The cache does not answer (%s).", type(error).__name__)
        return getattr(self._memory, name)(*args, **kwargs)


def _sturdy(name: str) -> Callable[..., Any]:
    def method(self: SturdyCache, *args: Any, **kwargs: Any) -> Any:
        return self._sturdily(name, *args, **kwargs)

    method.__name__ = name
    return method


for _name in [
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
]:
    setattr(SturdyCache, _name, _sturdy(_name))
