"""What becomes of the entries of a file: the plan of an import."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.imports.files import ScheduleIn
from events.imports.register import Register
from events.models import Session, Speaker


class Outcome(models.TextChoices):
    """What becomes of an entry."""

    CREATED = "created", gettext_lazy("Created")
    CHANGED = "changed", gettext_lazy("Changed")
    UNCHANGED = "unchanged", gettext_lazy("Unchanged")
    REFUSED = "refused", pgettext_lazy("a row", "Refused")
    GONE = "gone", gettext_lazy("Not in the file")


@dataclass(frozen=True)
class Wishes:
    """What whoever imports wants: the file to win, what it lacks to be cancelled."""

    overwrites: bool = False
    cancels_gone: bool = False


@dataclass
class Planned:
    """An entry of the file, or a session it lacks, and what becomes of it."""

    outcome: Outcome
    row: int | None
    label: str
    notes: list[str] = field(default_factory=list)
    session: Session | None = None
    changes: list[str] = field(default_factory=list)  # names of values
    people: list[Speaker] | None = None  # where they change
    moves: bool = False  # its booking is made or changed
    stamps: bool = False  # only what is remembered of the import changes


@dataclass
class Plan:
    """All rows of a file, planned, and the rows of ours that they need."""

    schedule: ScheduleIn
    register: Register
    rows: list[Planned]
    changed_speakers: dict[int, Speaker]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    def of(self, *outcomes: Outcome) -> list[Planned]:
        return [row for row in self.rows if row.outcome in outcomes]

    @property
    def writes(self) -> int:
        return self.counts[Outcome.CREATED] + self.counts[Outcome.CHANGED]
