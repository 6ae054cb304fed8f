"""Shelves: in the memory of a process what was asked for last; in the cache what all share."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from django.core.cache import cache

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """At most `size` things by key. Keep only what never changes under its key."""

    def __init__(self, size: int):
        self.size = size
        self._things: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key: Hashable, thing: Value) -> Value:
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self.size:
                self._things.popitem(last=False)
        return thing


SHARED_SECONDS = 3600
MAKING_SECONDS = 10  # a maker that takes longer is taken for dead
LOOK_AGAIN_SECONDS = 0.05


def made_once(name: str, make: Callable[[], bytes]) -> bytes:
    """What `make` makes under a name, made by one process and handed on to the others.

    Only what never changes under its name. With the cache down each process makes
    its own; a maker that dies holds the others up for ten seconds at most.
    """
    page, lock = f"page:{name}", f"making:{name}"
    for _look in range(int(MAKING_SECONDS / LOOK_AGAIN_SECONDS)):
        if made := cache.get(page):
            return made
        if cache.add(lock, 1, MAKING_SECONDS):
            break
        time.sleep(LOOK_AGAIN_SECONDS)
    made = make()
    cache.set(page, made, SHARED_SECONDS)
    cache.delete(lock)
    return made
