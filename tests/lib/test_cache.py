"""The cache goes on, in memory, while Valkey is down."""

import socket
import uuid

import pytest
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection

from hrconf.lib.cache import SturdyCache


def stopped_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(autouse=True)
def not_paused(monkeypatch):
    monkeypatch.setattr(SturdyCache, "_quiet_until", 0.0)


@pytest.fixture
def address():
    return f"redis://127.0.0.1:{stopped_port()}/0"


def test_cache_works_with_valkey_down(address):
    cache = SturdyCache(address, {})
    cache.set("a", 1)

    assert cache.get("a") == 1
    assert cache.add("a", 2) is False
    assert cache.incr("a") == 2
    assert cache.get_many(["a", "b"]) == {"a": 2}
    cache.delete("a")
    assert cache.get("a", "gone") == "gone"


def test_plain_cache_would_have_raised(address):
    with pytest.raises(NoConnection):
        RedisCache(address, {}).get("a")


def test_after_a_failure_valkey_is_left_alone_for_a_while(address, monkeypatch):
    cache = SturdyCache(address, {})
    cache.get("a")

    monkeypatch.setattr(RedisCache, "get", lambda *args, **kwargs: pytest.fail("asked again"))
    assert cache.get("a") is None


def test_values_are_in_valkey_while_it_is_up(settings):
    ours = {"KEY_PREFIX": f"test-cache-{uuid.uuid4()}"}
    SturdyCache(settings.REDIS_URL, ours).set("a", 1, 5)

    assert RedisCache(settings.REDIS_URL, ours).get("a") == 1


def test_clear_leaves_what_is_not_ours(settings):
    cache = SturdyCache(settings.REDIS_URL, {"KEY_PREFIX": f"test-cache-{uuid.uuid4()}"})
    other = RedisCache(settings.REDIS_URL, {"KEY_PREFIX": f"test-queue-{uuid.uuid4()}"})
    cache.set("a", 1, 5)
    other.set("a", 1, 5)
    cache.clear()

    assert cache.get("a") is None
    assert other.get("a") == 1
