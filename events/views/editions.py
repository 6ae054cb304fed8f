"""The landing page of an edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from events.figures import Figure, headline_figures
from events.linked_data import edition_data
from events.models import Appearance, Edition, Session
from events.programme import Programme, SessionOf, SpeakerOf
from events.views.pages import ProgrammePage

TEASER = ["attendees", "invited_professionals", "projects", "agreements_signed"]
FEATURED = 8
HIGHLIGHTS = 5
# What a day is known for, weightiest first.
WEIGHT = {
    kind: place
    for place, kind in enumerate(
        [
            Session.Kind.OPENING,
            Session.Kind.CEREMONY,
            Session.Kind.SIGNING,
            Session.Kind.COMPETITION,
            Session.Kind.FORUM,
            Session.Kind.VISIT,
            Session.Kind.JOB_FAIR,
            Session.Kind.MATCHMAKING,
        ]
    )
}


@dataclass(frozen=True)
class DayOutline:
    """A day in a few lines: its main sessions in order of time."""

    day: date
    highlights: list[SessionOf]
    count: int


class EditionDetail(ProgrammePage):
    """What the conference is, when and where, who speaks, what happens by day."""

    template_name = "events/edition_detail.html"

    def find(self) -> None:
        self.figures = teaser_of(self.edition)

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {
            "figures": self.figures,
            "days": outline(self.programme),
            "featured": featured_speakers(self.programme),
            "data": edition_data(self.edition, self.programme),
        }

    def ingredients(self) -> list[object]:
        return [*super().ingredients(), [figure.value for figure in self.figures]]


def teaser_of(edition: Edition) -> list[Figure]:
    """The few numbers that say how large it is; none while all are nought."""
    figures = headline_figures(edition, TEASER)
    return figures if any(figure.value for figure in figures) else []


def outline(programme: Programme) -> list[DayOutline]:
    return [
        DayOutline(day, highlights(sessions), sum(not s.is_minor for s in sessions))
        for day, sessions in programme.days.items()
    ]


def highlights(sessions: Iterable[SessionOf]) -> list[SessionOf]:
    """The weightiest sessions of a day, told in order of time."""
    held = [s for s in sessions if s.kind in WEIGHT and not s.is_cancelled]
    weightiest = sorted(held, key=lambda s: (WEIGHT[s.kind], s.start))[:HIGHLIGHTS]
    return sorted(weightiest, key=lambda s: (s.start, WEIGHT[s.kind]))


def featured_speakers(programme: Programme) -> list[SpeakerOf]:
    """Those who rank first: guests of honour, then by place in the weightiest sessions."""
    ranks: dict[str, tuple] = {}
    for session in programme.sessions.values():
        for place, part in enumerate(session.people):
            rank = (
                part.role != Appearance.Role.GUEST_OF_HONOUR,
                WEIGHT.get(session.kind, len(WEIGHT)),
                place,
                session.start,
            )
            ranks[part.speaker.code] = min(rank, ranks.get(part.speaker.code, rank))
    codes = sorted(ranks, key=lambda code: ranks[code])[:FEATURED]
    return [programme.speakers[code] for code in codes]
