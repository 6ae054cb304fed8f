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

    def clear(self) -> None:
        """Delete what has our prefix: the broker's queue may live in the same database."""
        self._memory.clear()
        _either(self._delete_ours, lambda: None)

    def _delete_ours(self) -> None:
        client = self._cache.get_client(write=True)
        for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
            client.delete(key)


def _either(ask: Callable[[], Any], fall_back: Callable[[], Any]) -> Any:
    """Ask Valkey, unless it failed a moment ago; else the memory."""
    if time.monotonic() >= SturdyCache._quiet_until:
        try:
            return ask()
        except (RedisError, OSError) as error:
            SturdyCache._quiet_until = time.monotonic() + PAUSE_SECONDS
            log.warning("The cache does not answer (%s).", type(error).__name__)
    return fall_back()


def _sturdy(name: str) -> Callable[..., Any]:
    """A method of the cache that falls back to the same method of the memory."""
    plain = getattr(RedisCache, name)

    def method(self: SturdyCache, *args: Any, **kwargs: Any) -> Any:
        return _either(
            lambda: plain(self, *args, **kwargs),
            lambda: getattr(self._memory, name)(*args, **kwargs),
        )

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
]:
    setattr(SturdyCache, _name, _sturdy(_name))
