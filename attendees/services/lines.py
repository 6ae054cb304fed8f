"""Lines of who waits for the same: in which order, who goes in with whom."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from attendees.models import Category, FieldChoice, Wait
from events.models import Session

State = Wait.State
Thing = Category | FieldChoice | Session


def place_in_line(wait: Wait) -> int:
    """How many stand before, and oneself; 0 where a place is offered."""
    if wait.state != State.WAITING:
        return 0
    line = [other.pk for other in in_line(wait.thing)]
    return line.index(wait.pk) + 1 if wait.pk in line else 0


def places_in_line(waits: Iterable[Wait]) -> dict[int, tuple[int, int]]:
    """Of each who waits their place and how many stand in that line, in two queries."""
    waiting = [wait for wait in waits if wait.state == State.WAITING]
    things = Q(category__in={wait.category_id for wait in waiting if wait.category_id})
    things |= Q(choice__in={wait.choice_id for wait in waiting if wait.choice_id})
    things |= Q(session__in={wait.session_id for wait in waiting if wait.session_id})
    lines: dict[tuple[int | None, ...], list[Wait]] = {}
    for row in Wait.objects.waiting().filter(things).select_related("group"):
        lines.setdefault((row.category_id, row.choice_id, row.session_id), []).append(row)
    return {
        row.pk: (place, len(line))
        for line in lines.values()
        for place, row in enumerate(in_turn(line), 1)
    }


def in_line(thing: Thing) -> list[Wait]:
    """Everybody who waits, in turn: a group that goes together as its last member came."""
    return in_turn(waits_for(thing).waiting().select_related("group"))


def in_turn(line: Iterable[Wait]) -> list[Wait]:
    """A line in its order: who was moved to the front first, with whom they go together."""
    rows = list(line)
    latest: dict[object, datetime] = {}
    leads: dict[object, int] = {}
    for row in rows:
        latest[_party(row)] = max(row.joined_at, latest.get(_party(row), row.joined_at))
        leads[_party(row)] = max(row.lead, leads.get(_party(row), 0))
    return sorted(
        rows, key=lambda row: (-leads[_party(row)], latest[_party(row)], row.joined_at, row.pk)
    )


def _party(wait: Wait) -> object:
    """Who goes in with whom: a group that goes together, or one alone."""
    together = wait.group and wait.group.goes_together
    return wait.group_id if together else ("alone", wait.pk)


def waits_for(thing: Thing) -> QuerySet[Wait]:
    if isinstance(thing, Category):
        return Wait.objects.filter(category=thing)
    if isinstance(thing, Session):
        return Wait.objects.filter(session=thing)
    return Wait.objects.filter(choice=thing)


def parties_of(line: Iterable[Wait]) -> list[list[Wait]]:
    """Who goes in with whom, in turn."""
    parties: dict[object, list[Wait]] = {}
    for wait in line:
        parties.setdefault(_party(wait), []).append(wait)
    return list(parties.values())
