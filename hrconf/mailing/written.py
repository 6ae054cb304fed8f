"""Which messages a piece of work wrote: for who must hold them or take them back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_written: ContextVar[list[int] | None] = ContextVar("messages_written", default=None)


@contextmanager
def messages_written() -> Iterator[list[int]]:
    """The keys of the messages that are queued inside; the list fills as they are."""
    keys: list[int] = []
    token = _written.set(keys)
    try:
        yield keys
    finally:
        _written.reset(token)


def note_written(keys: Iterable[int]) -> None:
    """Tell whoever asked that these messages are in the outbox."""
    if (asked := _written.get()) is not None:
        asked.extend(keys)
