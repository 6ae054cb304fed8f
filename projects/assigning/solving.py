"""The solver: a minimum-cost flow from entries through judges.

What counts, in this order: as many places filled as can be; every entry has its first
judge before any has its second; judges carry alike, and know the sector. The last two
are weighed against each other: a judge who knows the sector is taken as long as they
carry no more than `TOLERANCE` of an equal share above one who does not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ortools.graph.python import min_cost_flow

from projects.assigning.terms import Assignment, Entry, Gap, Judge, Key, Lack, Pair, Problem

TOLERANCE = 0.5


@dataclass(frozen=True)
class _Field:
    """The problem made ready: in a fixed order, with what is kept and what may be made."""

    entries: list[Entry]
    judges: list[Judge]
    barred: set[Pair]
    kept: set[Pair]
    refused: list[Pair]

    @property
    def load(self) -> Counter:
        return Counter(judge for _entry, judge in self.kept)

    @property
    def judged(self) -> Counter:
        return Counter(entry for entry, _judge in self.kept)


def assign(problem: Problem) -> Assignment:
    """Give every entry its judges; the same problem always gives the same answer."""
    field = _ready(problem)
    pairs = _sorted(field.kept | _flow(field))
    knows = {judge.key: judge.sectors for judge in field.judges}
    sector = {entry.key: entry.sector for entry in field.entries}
    return Assignment(
        pairs=tuple(pairs),
        gaps=tuple(_gaps(field, pairs)),
        refused=tuple(field.refused),
        strangers=tuple(pair for pair in pairs if sector[pair[0]] not in knows[pair[1]]),
        load={judge.key: 0 for judge in field.judges}
        | dict(Counter(judge for _entry, judge in pairs)),
    )


def _ready(problem: Problem) -> _Field:
    entries = sorted(problem.entries, key=lambda entry: _rank(entry.key))
    judges = sorted(problem.judges, key=lambda judge: _rank(judge.key))
    conflicts = set(problem.conflicts)
    known = {entry.key for entry in entries}, {judge.key for judge in judges}
    can = {pair for pair in problem.kept if pair[0] in known[0] and pair[1] in known[1]}
    kept = can - conflicts
    barred = conflicts | set(problem.forbidden) | kept
    return _Field(entries, judges, barred, kept, _sorted(set(problem.kept) - kept))


def _rank(key: Key) -> tuple:
    """Sorts keys of one kind by themselves, and of several kinds without a quarrel."""
    return type(key).__name__, key


def _sorted(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (_rank(pair[0]), _rank(pair[1])))


# The network ---------------------------------------------------------------------------


def _flow(field: _Field) -> set[Pair]:
    """The pairs to be made beside the kept ones."""
    network = _Network(field)
    return network.solve() if field.entries and field.judges else set()


class _Network:
    """Nodes: 0 the source, then the entries, then the judges, then the sink."""

    def __init__(self, field: _Field) -> None:
        self.field = field
        self.flow = min_cost_flow.SimpleMinCostFlow()
        self.arcs: dict[int, Pair] = {}
        self.sink = len(field.entries) + len(field.judges) + 1
        places = sum(entry.wanted for entry in field.entries)
        self.share = max(1, round(TOLERANCE * places / max(1, len(field.judges))))
        # Dearer than all the loads of a way together, so that first judges come first.
        self.rank = 2 * (places + self.share + 1)

    def solve(self) -> set[Pair]:
        self._from_source()
        self._between()
        self._to_sink()
        asked = sum(entry.wanted for entry in self.field.entries)
        self.flow.set_node_supply(0, asked)
        self.flow.set_node_supply(self.sink, -asked)
        status = self.flow.solve_max_flow_with_min_cost()
        if status != self.flow.OPTIMAL:
            raise RuntimeError(f"The assignment was not solved: {status}.")
        return {pair for arc, pair in self.arcs.items() if self.flow.flow(arc)}

    def _from_source(self) -> None:
        judged = self.field.judged
        for node, entry in enumerate(self.field.entries, start=1):
            for place in range(judged[entry.key], entry.wanted):
                self._arc(0, node, self.rank * place)

    def _between(self) -> None:
        first = len(self.field.entries) + 1
        for node, entry in enumerate(self.field.entries, start=1):
            for other, judge in enumerate(self.field.judges, start=first):
                pair = (entry.key, judge.key)
                if pair not in self.field.barred:
                    cost = 0 if entry.sector in judge.sectors else self.share
                    self.arcs[self._arc(node, other, cost)] = pair

    def _to_sink(self) -> None:
        """Each further entry costs a judge one more: the sum is least when all carry alike."""
        load = self.field.load
        first = len(self.field.entries) + 1
        for node, judge in enumerate(self.field.judges, start=first):
            for carried in range(load[judge.key], min(judge.most, len(self.field.entries))):
                self._arc(node, self.sink, carried)

    def _arc(self, tail: int, head: int, cost: int) -> int:
        return self.flow.add_arc_with_capacity_and_unit_cost(tail, head, 1, cost)


# What could not be met -----------------------------------------------------------------


def _gaps(field: _Field, pairs: list[Pair]) -> Iterable[Gap]:
    judged = Counter(entry for entry, _judge in pairs)
    cannot: dict[Key, set[Key]] = defaultdict(set)
    for entry, judge in field.barred - field.kept:
        cannot[entry].add(judge)
    everybody = {judge.key for judge in field.judges}
    for one in field.entries:
        if (missing := one.wanted - judged[one.key]) > 0:
            could = len(everybody - cannot[one.key])
            yield Gap(one.key, missing, _why(one, could, len(everybody)))


def _why(entry: Entry, could: int, judges: int) -> Lack:
    if not judges:
        return Lack.NO_JUDGES
    if could < entry.wanted <= judges:
        return Lack.CONFLICTS
    return Lack.LOAD if could >= entry.wanted else Lack.NO_JUDGES
