"""The chair's view of a round: progress, missing scores, spread, the live ranking."""

from dataclasses import dataclass, field
from typing import Any

from projects.models import Assignment, Entry, Round, Score
from projects.ranking import JurorView, Ranking, Standing
from projects.services.score_sheets import Progress, progress_of
from projects.services.seating import Clash, clashes_of
from projects.services.standings import differences, ranking_of
from projects.services.trail import verify_trail

LAST_LINES = 25


@dataclass
class Row:
    """An entry in the live ranking."""

    entry: Entry
    standing: Standing
    expected: int

    @property
    def is_split(self) -> bool:
        """The jury is of two minds: look at it together before the round is closed."""
        return (self.standing.spread or 0) >= 2


@dataclass
class Overview:
    """What the chair sees; one ranking, a constant number of queries."""

    round: Round
    ranking: Ranking
    rows: list[Row]
    jurors: list[tuple[Progress, JurorView | None]]
    away: list[Score]
    lines: list[Score]
    broken_at: int | None
    clashes: list[Clash]
    differences: list[str] = field(default_factory=list)

    @property
    def cards(self) -> int:
        return sum(progress.cards for progress, _ in self.jurors)

    @property
    def done(self) -> int:
        return sum(progress.done for progress, _ in self.jurors)

    @property
    def moved(self) -> int:
        """How many entries have another place than the raw mean gives them."""
        return sum(bool(row.standing.moved) for row in self.rows if row.standing.place_corrected)


def overview_of(round: Round) -> Overview:
    ranking = ranking_of(round)
    entries = {e.pk: e for e in round.entries.select_related("project__holder", "session")}
    expected = expected_cards(round)
    views = {view.juror: view for view in ranking.jurors}
    trail = Score.objects.filter(round=round).select_related(
        "juror__person", "entry__project", "by"
    )
    leaving = trail.filter(kind__in=[Score.Kind.ABSTAIN, Score.Kind.RECUSE, Score.Kind.RESUME])
    return Overview(
        round=round,
        ranking=ranking,
        rows=[Row(entries[s.entry], s, expected.get(s.entry, 0)) for s in ranking.standings],
        jurors=[(one, views.get(one.juror.pk)) for one in progress_of(round)],
        away=list(leaving.order_by("-number")[:LAST_LINES]),
        lines=list(trail.select_related("criterion").order_by("-number")[:LAST_LINES]),
        broken_at=verify_trail(round),
        clashes=clashes_of(round),
        differences=differences(round, ranking) if round.published else [],
    )


def expected_cards(round: Round) -> dict[Any, int]:
    """Entry → how many jurors are to judge it."""
    found: dict[Any, int] = {}
    rows = Assignment.objects.filter(entry__round=round, state=Assignment.State.ASSIGNED)
    for entry in rows.values_list("entry", flat=True):
        found[entry] = found.get(entry, 0) + 1
    return found
