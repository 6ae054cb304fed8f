"""What is open to everybody at an edition just now: named on its landing page.

Every app contributes from a module `doors.py` of its own, which is found at start-up.

    @contributes(order=10)
    def call(edition: Edition) -> Door | None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from events.models import Edition

KEEP_FOR = 60  # seconds: as long as a cache may keep the page itself


@dataclass(frozen=True)
class Door:
    """Something a visitor may begin or see: in a sentence, with where it leads."""

    title: str
    text: str
    label: str
    url: str
    icon: str


Look = Callable[[Edition], Door | None]
_contributors: dict[str, tuple[int, Look]] = {}
_kept: dict[tuple[int, str], tuple[float, list[Door]]] = {}


def contributes(*, order: int) -> Callable[[Look], Look]:
    """Register what opens a door of an edition; it asks one query or two."""

    def register(look: Look) -> Look:
        _contributors[f"{look.__module__}.{look.__name__}"] = (order, look)
        return look

    return register


def doors_of(edition: Edition, language: str) -> list[Door]:
    """The doors of an edition; each process keeps them for a minute."""
    key = (edition.pk, language)
    looked_at, doors = _kept.get(key, (float("-inf"), []))
    if monotonic() - looked_at >= KEEP_FOR:
        ordered = sorted(_contributors.values(), key=lambda one: one[0])
        doors = [door for _order, look in ordered if (door := look(edition))]
        _kept[key] = (monotonic(), doors)
    return doors


def forget() -> None:
    _kept.clear()
