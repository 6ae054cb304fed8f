"""The few headline numbers on the landing page, counted at most once a minute."""

from time import monotonic

from events.figures import Figure, headline_figures
from events.models import Edition

KEYS = ["attendees", "invited_professionals", "projects", "agreements_signed"]
KEEP_FOR = 60  # seconds: as long as a cache may keep the page itself
_kept: dict[tuple[int, str], tuple[float, list[Figure]]] = {}


def teaser_of(edition: Edition, language: str) -> list[Figure]:
    """The numbers that say how large the conference is; none while all are nought.

    Each process keeps them for a minute, for they cost more than the rest of the
    page; the figures page counts anew for every reader.
    """
    key = (edition.pk, language)
    counted_at, figures = _kept.get(key, (float("-inf"), []))
    if monotonic() - counted_at >= KEEP_FOR:
        figures = headline_figures(edition, KEYS)
        _kept[key] = (monotonic(), figures)
    return figures if any(figure.value for figure in figures) else []


def forget() -> None:
    _kept.clear()
