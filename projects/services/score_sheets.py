"""What a juror has before them: entries in pitching order with what they gave; and progress."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from projects.models import Assignment, Criterion, Entry, Juror, Round, Score
from projects.services.scoring import Kind, scores_now

State = Assignment.State


@dataclass
class Cell:
    """A criterion of an entry; `number` is the trail's line of what holds, 0 for nothing."""

    criterion: Criterion
    value: int | None = None
    number: int = 0

    @property
    def choices(self) -> list[tuple[int, str]]:
        """What can be touched, and what stands on it."""
        mode = self.criterion.round.mode
        said: dict[int, str] = {}
        if mode == Round.Mode.PASS_FAIL:
            said = {0: _("Fail"), 1: _("Pass")}
        elif mode == Round.Mode.PICKS:
            said = {0: _("Not chosen")}
        return [(point, said.get(point, str(point))) for point in self.criterion.points]


@dataclass
class Card:
    """An entry as one juror judges it."""

    assignment: Assignment
    cells: list[Cell]
    reason: str = ""

    @property
    def entry(self) -> Entry:
        return self.assignment.entry

    @property
    def is_mine(self) -> bool:
        return self.assignment.state == State.ASSIGNED

    @property
    def is_complete(self) -> bool:
        return self.is_mine and all(cell.value is not None for cell in self.cells)

    @property
    def is_done(self) -> bool:
        return not self.is_mine or self.is_complete

    @property
    def total(self) -> float | None:
        """The weighted mean of what was given, once all was."""
        if not self.is_complete:
            return None
        weights = sum(cell.criterion.weight for cell in self.cells)
        return float(sum(c.criterion.weight * (c.value or 0) for c in self.cells) / weights)


@dataclass
class Progress:
    """How far a juror is."""

    juror: Juror
    cards: int = 0
    done: int = 0
    away: int = 0
    missing: list[Entry] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return self.done == self.cards


def cards_of(juror: Juror) -> list[Card]:
    """The juror's cards in pitching order: a constant number of queries."""
    rows = Assignment.objects.filter(juror=juror).select_related(
        "entry__project__sector", "entry__project__holder", "entry__session__booking"
    )
    rows = rows.prefetch_related("entry__project__files")
    scores = {(s.entry_id, s.criterion_id): s for s in _scores_of(juror)}
    criteria = list(juror.round.criteria.all())
    for one in criteria:
        one.round = juror.round
    return [
        Card(row, [_cell(scores.get((row.entry_id, one.pk)), one) for one in criteria])
        for row in rows.order_by("entry__position", "entry__pk")
    ]


def _scores_of(juror: Juror) -> Iterable[Score]:
    rows = Score.objects.filter(juror=juror, kind=Kind.SCORE)
    rows = rows.order_by("entry_id", "criterion_id", "-number")
    return rows.distinct("entry_id", "criterion_id")


def _cell(score: Score | None, criterion: Criterion) -> Cell:
    return Cell(criterion, score.value, score.number) if score else Cell(criterion)


def progress_of(round: Round) -> list[Progress]:
    """Every juror with cards done and missing: a constant number of queries."""
    rows = Juror.objects.filter(round=round)
    jurors = rows.select_related("person", "round__competition__edition")
    found = {juror.pk: Progress(juror) for juror in jurors.order_by("person__sort_key", "pk")}
    whole = complete_cards(round)
    cards = Assignment.objects.filter(entry__round=round).select_related("entry__project")
    for row in cards.order_by("entry__position"):
        _count(found[row.juror_id], row, (row.entry_id, row.juror_id) in whole)
    return list(found.values())


def _count(progress: Progress, row: Assignment, is_complete: bool) -> None:
    if row.state != State.ASSIGNED:
        progress.away += 1
        return
    progress.cards += 1
    if is_complete:
        progress.done += 1
    else:
        progress.missing.append(row.entry)


def complete_cards(round: Round) -> set[tuple[int, int]]:
    """(entry, juror) of the cards with every criterion scored; of picks, of who picked at all."""
    given: dict[tuple[int, int], int] = defaultdict(int)
    for score in scores_now(round):
        if score.value is not None:
            given[score.entry_id or 0, score.juror_id or 0] += 1
    if round.mode == Round.Mode.PICKS:
        pickers = {juror for _, juror in given}
        entries = Entry.objects.filter(round=round).values_list("pk", flat=True)
        return {(entry, juror) for entry in entries for juror in pickers}
    wanted = round.criteria.count()
    return {card for card, number in given.items() if number >= wanted}
