"""Addresses as we compare and show them, and words from outside as we keep them."""

from contextlib import suppress

from hrconf.lib.typed import is_harmless


def normalized(address: str) -> str:
    """The address in small letters, its domain as the net knows it.

    Mail servers may tell capitals apart in the part before the @; none that
    people use does, and who unsubscribes should not have to type as we did.
    """
    local, _at, domain = address.strip().lower().rpartition("@")
    if not domain.isascii():
        with suppress(UnicodeError):
            domain = domain.encode("idna").decode()
    return f"{local}@{domain}"[:320].lower() if local else address.strip().lower()[:320]


def masked(address: str) -> str:
    """Enough of an address for its owner to know it: w•••@guests.example."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}"


def one_line(text: str, longest: int = 500) -> str:
    """Words from outside on one line: no control characters, nothing that turns text around."""
    kept = "".join(letter if is_harmless(letter) else " " for letter in text)
    return " ".join(kept.split())[:longest]
