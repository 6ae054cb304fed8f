"""What every part of the loader shares: seed, scale, clock, edition, and how rows are saved."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model

from events.models import Edition
from hrconf.accounts.models import User

ZONE = ZoneInfo("Asia/Shanghai")
BATCH = 2000
# Rows at scale 1, for the progress bar alone.
ROWS = 25_500

Row = TypeVar("Row", bound=Model)


def local(moment: datetime) -> datetime:
    """A moment on the clock of Hangzhou."""
    return moment.replace(tzinfo=ZONE)


def moment(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2017 in Hangzhou."""
    return datetime(2017, month, day, hour, minute, tzinfo=ZONE)


def between(first: datetime, last: datetime, rng: Random) -> datetime:
    """A moment in a span, to the second."""
    return first + timedelta(seconds=int(rng.random() * (last - first).total_seconds()))


@dataclass
class Context:
    """One run of the loader."""

    seed: int
    scale: int
    advance: Callable[[int], Any] = lambda _rows: None
    edition: Edition | None = None
    users: dict[str, User] = field(default_factory=dict)

    def rng(self, part: str) -> Random:
        """Chance for one part: a change in another part does not change this one."""
        return Random(f"{self.seed}-{part}")

    def save(self, rows: Sequence[Row]) -> list[Row]:
        """Insert rows of one model; they know their keys afterwards."""
        if not rows:
            return []
        objects = type(rows[0])._default_manager
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            objects.bulk_create(batch)
            self.advance(len(batch))
        return list(rows)

    def save_once(self, rows: Iterable[Row], key: str) -> dict[str, Row]:
        """Insert what is not there yet by its natural key; return all by that key."""
        rows = list(rows)
        model = type(rows[0])
        wanted = {getattr(row, key): row for row in rows}
        known = model._default_manager.filter(**{f"{key}__in": wanted})
        found = {getattr(row, key): row for row in known}
        self.save([row for name, row in wanted.items() if name not in found])
        return {name: found.get(name, row) for name, row in wanted.items()}
