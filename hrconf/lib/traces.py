"""Errors for the log: where they happened, without words that may hold personal data."""

import traceback


def bare_trace(error: BaseException) -> str:
    """Return the stack of an error and its type; the message stays out.

    A database names the row it refused, a mail library the address: neither
    belongs in a log.
    """
    stack = "".join(traceback.format_tb(error.__traceback__))
    return f"{type(error).__name__}\n{stack}"
