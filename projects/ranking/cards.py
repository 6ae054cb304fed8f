"""From marks to totals: exact fractions, so that no order of adding up changes a digit."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from projects.ranking.data import Criterion, Key, Mark

Card = tuple[Key, Key]  # entry, juror


class Cards:
    """Complete score cards of a round, each with its total and its marks by criterion.

    A card with a criterion left open, or with an abstention, does not count: neither as a
    zero nor as what the other criteria add up to.
    """

    def __init__(self, marks: Iterable[Mark], criteria: Iterable[Criterion]) -> None:
        self.criteria = sorted(criteria, key=lambda c: (-c.weight, c.key))
        self.marks = self._complete(marks)
        self.totals = {card: self._total(marks) for card, marks in self.marks.items()}
        self.entries = sorted({entry for entry, _ in self.totals})
        self.jurors = sorted({juror for _, juror in self.totals})
        self.scored_by: dict[Key, list[Key]] = {entry: [] for entry in self.entries}
        for entry, juror in self.totals:
            self.scored_by[entry].append(juror)

    def _complete(self, marks: Iterable[Mark]) -> dict[Card, dict[Key, Fraction]]:
        found: dict[Card, dict[Key, Fraction]] = defaultdict(dict)
        for mark in marks:
            if mark.value is not None:
                found[mark.entry, mark.juror][mark.criterion] = Fraction(mark.value)
        whole = {criterion.key for criterion in self.criteria}
        return {card: found[card] for card in sorted(found) if found[card].keys() >= whole}

    def _total(self, marks: dict[Key, Fraction]) -> Fraction:
        weights = {criterion.key: Fraction(criterion.weight) for criterion in self.criteria}
        scored = sum((w * marks[key] for key, w in weights.items()), Fraction())
        return scored / sum(weights.values(), Fraction())

    def by_entry(self, values: dict[Card, Fraction]) -> dict[Key, list[Fraction]]:
        found: dict[Key, list[Fraction]] = {entry: [] for entry in self.entries}
        for (entry, _), value in values.items():
            found[entry].append(value)
        return found

    def centred(self, values: dict[Card, Fraction]) -> dict[Card, Fraction]:
        """Each value less the mean of its juror: exactly the same however harsh that one is."""
        means = {key: mean(group) for key, group in by_juror(values).items()}
        return {card: value - means[card[1]] for card, value in values.items()}

    def of_criterion(self, key: Key) -> dict[Card, Fraction]:
        return {card: marks[key] for card, marks in self.marks.items()}


def by_juror(values: dict[Card, Fraction]) -> dict[Key, list[Fraction]]:
    found: dict[Key, list[Fraction]] = defaultdict(list)
    for (_, juror), value in values.items():
        found[juror].append(value)
    return found


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def groups(cards: Iterable[Card]) -> dict[Key, int]:
    """Which entries hang together through common jurors: entry → number of its group."""
    parent: dict[tuple[str, Key], tuple[str, Key]] = {}

    def root(node: tuple[str, Key]) -> tuple[str, Key]:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    cards = list(cards)
    for entry, juror in cards:
        parent[root(("juror", juror))] = root(("entry", entry))
    numbers: dict[tuple[str, Key], int] = {}
    return {
        entry: numbers.setdefault(root(("entry", entry)), len(numbers) + 1)
        for entry in sorted({entry for entry, _ in cards})
    }
