"""The landing page of an edition."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from events.doors import doors_of
from events.linked_data import edition_data
from events.models import Appearance, Session
from events.programme import Programme, SessionOf, SpeakerOf
from events.teaser import teaser_of
from events.views.pages import ProgrammePage

FEATURED = 8
HIGHLIGHTS = 6
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
        language = get_language() or "en"
        self.figures = teaser_of(self.edition, language)
        self.doors = doors_of(self.edition, language)

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {
            "figures": self.figures,
            "doors": self.doors,
            "days": outline(self.programme),
            "featured": featured_speakers(self.programme),
            "data": edition_data(self.edition, self.programme),
        }

    def ingredients(self) -> list[object]:
        return [*super().ingredients(), self.figures, self.doors]


def outline(programme: Programme) -> list[DayOutline]:
    return [
        DayOutline(day, highlights(sessions), sum(not s.is_minor for s in sessions))
        for day, sessions in programme.days.items()
    ]


def highlights(sessions: Iterable[SessionOf]) -> list[SessionOf]:
    """What a day is about, in order of time: the first of each kind, then second ones."""
    seen: Counter[str] = Counter()
    ranked = []
    for session in sessions:
        if session.kind in WEIGHT and not session.is_cancelled:
            ranked.append((seen[session.kind], WEIGHT[session.kind], session))
            seen[session.kind] += 1
    ranked.sort(key=lambda rank: rank[:2])
    chosen = [session for _nth, _weight, session in ranked[:HIGHLIGHTS]]
    return sorted(chosen, key=lambda s: (s.start, WEIGHT[s.kind]))


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
