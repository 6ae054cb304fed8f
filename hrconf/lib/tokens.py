"""Personal links: tokens that cannot be guessed, bound to one purpose and one row.

A token is the row's numbers and a keyed signature of them (HMAC-SHA-256 over
SECRET_KEY and the purpose). Nothing is stored: a token ends when the row says
so, by its state or by a raised link version.
"""

from django.core.signing import BadSignature, Signer

SEPARATOR = "."


def make_token(purpose: str, *numbers: int) -> str:
    """Return a token that only `read_token` of the same purpose accepts."""
    return _signer(purpose).sign("-".join(str(number) for number in numbers))


def read_token(purpose: str, token: str, count: int) -> tuple[int, ...] | None:
    """Return the numbers a token was made of, or None if we did not make it."""
    try:
        numbers = tuple(int(part) for part in _signer(purpose).unsign(token).split("-"))
    except (BadSignature, ValueError):
        return None
    return numbers if len(numbers) == count else None


def _signer(purpose: str) -> Signer:
    return Signer(sep=SEPARATOR, salt=f"hrconf.link.{purpose}")
