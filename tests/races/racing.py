"""Races: many clients start at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import connection


def race(clients: list[Callable[[], object]]) -> list[object]:
    """Run all at once; return what each returned, or the code of its refusal."""
    start = threading.Barrier(len(clients))
    results: list[object] = [None] * len(clients)

    def run(number: int, client: Callable[[], object]) -> None:
        try:
            line_up(start)
            results[number] = client()
        except ValidationError as refusal:
            results[number] = code_of(refusal)
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def line_up(start: threading.Barrier) -> None:
    """Connect, then wait for the others: connecting may take longer than the race itself."""
    try:
        connection.ensure_connection()
    except Exception:
        start.abort()
        raise
    start.wait()


def code_of(refusal: ValidationError) -> str | None:
    """The code of a refusal, of the first one where several questions are refused."""
    return getattr(refusal, "code", None) or next(
        error.code for errors in refusal.error_dict.values() for error in errors
    )


def lockless(queryset, *args, **kwargs):
    """What `select_for_update` becomes in a negative control: nothing is locked."""
    return queryset
