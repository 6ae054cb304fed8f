"""How far reviewers and jurors of an edition are, and when they were last written to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from events.models import Edition
from hrconf.mailing.models import Message
from projects.models import ReviewPhase, Round
from projects.services import reviewers, score_sheets


@dataclass(frozen=True)
class Line:
    """Somebody who judges: what they have and did, and when they were last reminded."""

    name: str
    given: int
    done: int
    away: int
    reminded_at: datetime | None
    has_address: bool

    @property
    def missing(self) -> int:
        return self.given - self.done


@dataclass
class Part:
    """A phase or a round with who judges in it."""

    of: Any
    is_open: bool
    lines: list[Line]

    @property
    def given(self) -> int:
        return sum(line.given for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)

    @property
    def behind(self) -> int:
        """How many can be reminded now: who lacks something, has an address, and was not today."""
        today = timezone.now().astimezone(self.of.edition.tz).date()
        return sum(
            line.has_address and line.missing > 0 and not _on(line.reminded_at, today, self.of)
            for line in self.lines
        )


def _on(at: datetime | None, day: Any, of: Any) -> bool:
    return at is not None and at.astimezone(of.edition.tz).date() == day


def phases_of(edition: Edition) -> list[Part]:
    """Every phase that has reviewers, in order: a query for each phase and one for the mails."""
    rows = ReviewPhase.objects.filter(edition=edition).select_related("edition").order_by("number")
    return [_phase(one) for one in rows if one.is_panel]


def _phase(phase: ReviewPhase) -> Part:
    people = [one for one in reviewers.progress_of(phase) if one.given]
    told = last_mail("review_link", f"review:{phase.pk}:", [p.reviewer.person_id for p in people])
    lines = [
        _line(one.reviewer.person, one.given - one.away, one.done, one.away, told) for one in people
    ]
    return Part(phase, phase.is_open, _behind_first(lines))


def rounds_of(edition: Edition) -> list[Part]:
    """Every round that a jury judges, in order."""
    rows = Round.objects.filter(competition__edition=edition).exclude(mode=Round.Mode.AUDIENCE)
    return [_round(one) for one in rows.select_related("competition__edition").order_by("number")]


def _round(round: Round) -> Part:
    people = score_sheets.progress_of(round)
    keys = {f"juror:{one.juror.pk}:": one.juror.person_id for one in people}
    told = _jury_mails(keys)
    lines = [_line(one.juror.person, one.cards, one.done, one.away, told) for one in people]
    return Part(round, round.is_open, _behind_first(lines))


def _line(person: Any, given: int, done: int, away: int, told: dict[int, datetime]) -> Line:
    return Line(person.both_names, given, done, away, told.get(person.pk), bool(person.email))


def _behind_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.missing, line.name))


# When they were written to --------------------------------------------------------------


def last_mail(kind: str, occasion: str, people: Iterable[int]) -> dict[int, datetime]:
    """Person → when a letter of a kind about an occasion was last written to them."""
    keys = {f"person:{key}": key for key in people}
    rows = Message.objects.filter(
        kind=kind, recipient__in=keys, occasion__startswith=occasion
    ).exclude(state=Message.State.CANCELLED)
    times = rows.order_by("created_at").values_list("recipient", "created_at")
    return {keys[recipient]: at for recipient, at in times}


def _jury_mails(keys: dict[str, int]) -> dict[int, datetime]:
    """Of reminders to jurors: whose an occasion is says how it begins."""
    recipients = [f"person:{person}" for person in keys.values()]
    rows = Message.objects.filter(kind="jury_reminder", recipient__in=recipients).exclude(
        state=Message.State.CANCELLED
    )
    found: dict[int, datetime] = {}
    for occasion, at in rows.order_by("created_at").values_list("occasion", "created_at"):
        head = occasion.rpartition(":")[0] + ":"
        if head in keys:
            found[keys[head]] = at
    return found
