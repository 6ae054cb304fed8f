"""Who won: of a published ranking as much as is revealed, third before second before first."""

from dataclasses import dataclass, field

from events.models import Edition
from projects.models import Competition, Entry, Prize, Round


@dataclass
class Winner:
    """A place on the podium and what it wins."""

    place: int
    entry: Entry
    prizes: list[Prize] = field(default_factory=list)


@dataclass
class Podium:
    """What of a round is revealed, best first, out of how many places."""

    round: Round
    winners: list[Winner]
    steps: int

    @property
    def is_whole(self) -> bool:
        return len(self.winners) == self.steps


def competition_of(edition: Edition) -> Competition | None:
    return Competition.objects.filter(edition=edition).first()


def published_rounds(competition: Competition) -> list[Round]:
    """The last round first, as people ask for it; what the audience chose comes after."""
    rounds = Round.objects.published().filter(competition=competition)
    return sorted(rounds, key=lambda one: (one.mode == Round.Mode.AUDIENCE, -one.number))


def podium_of(round: Round) -> Podium:
    """The places that are revealed: only of these anything is read. Two queries."""
    rows = podium_rows(round)
    shown = rows[len(rows) - round.revealed :] if round.revealed else []
    keys = [row["entry"] for row in shown]
    related = ["project__sector", "project__holder"]
    entries = {e.pk: e for e in Entry.objects.filter(pk__in=keys).select_related(*related)}
    prizes = list(Prize.objects.filter(round=round, place__in=[row["place"] for row in shown]))
    winners = [
        Winner(
            row["place"],
            entries[row["entry"]],
            [prize for prize in prizes if prize.place == row["place"]],
        )
        for row in shown
        if row["entry"] in entries
    ]
    return Podium(round, winners, len(rows))


def podium_rows(round: Round) -> list[dict]:
    """The published standings on the podium, best first; the even share a place."""
    rows = (round.published or {}).get("standings", [])
    return [row for row in rows if row["place"] and row["place"] <= round.winners]
