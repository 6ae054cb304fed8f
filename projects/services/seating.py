"""Who judges what: balanced over the entries, and nobody with a conflict of interest."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from hrconf.accounts.models import User
from projects import assigning
from projects.models import Assignment, Entry, Juror, Round
from projects.services.conflicts import Conflict, Why, find_conflicts
from projects.services.scoring import must_not_be_published
from projects.services.trail import lock_round


@dataclass(frozen=True)
class Seated:
    """What came of assigning: how many cards are new, and entries with too few jurors."""

    made: int
    short: list[Entry]


@dataclass(frozen=True)
class Clash:
    """A juror and an entry that do not go together, and whether the juror has its card."""

    juror: Juror
    entry: Entry
    why: str
    detail: str
    is_assigned: bool


@transaction.atomic
def seat_jury(round_id: int, *, by: User) -> Seated:
    """Give each entry as many jurors as the round says, or all of them if these are fewer.

    Cards that were given out stay. The quality of an entry plays no part: the correction
    of harshness relies on that.
    """
    round = lock_round(round_id)
    must_not_be_published(round)
    entries, jurors = entries_of(round), jurors_of(round)
    known = set(Assignment.objects.filter(entry__round=round).values_list("entry", "juror"))
    answer = assigning.assign(problem(round, entries, jurors, known))
    new = [pair for pair in answer.pairs if pair not in known]
    by_entry: dict[Any, Entry] = {entry.pk: entry for entry in entries}
    by_juror: dict[Any, Juror] = {juror.pk: juror for juror in jurors}
    cards = [Assignment(entry=by_entry[e], juror=by_juror[j]) for e, j in new]
    Assignment.objects.bulk_create(cards)
    return Seated(len(new), [by_entry[gap.entry] for gap in answer.gaps])


def problem(
    round: Round, entries: list[Entry], jurors: list[Juror], known: set[tuple[int, int]]
) -> assigning.Problem:
    wanted = min(round.cards_per_entry, len(jurors))
    pairs = {(one.entry.pk, one.juror.pk) for one in clashes_among(entries, jurors, set())}
    return assigning.Problem(
        entries=[assigning.Entry(e.pk, e.project.sector_id, wanted) for e in entries],
        judges=[assigning.Judge(juror.pk, most=len(entries)) for juror in jurors],
        conflicts=pairs,
        kept=known,
    )


def entries_of(round: Round) -> list[Entry]:
    return list(Entry.objects.filter(round=round).select_related("project__holder"))


def jurors_of(round: Round) -> list[Juror]:
    return list(Juror.objects.filter(round=round).select_related("person"))


def clashes_of(round: Round) -> list[Clash]:
    """Every conflict of interest in a round, in pitching order."""
    standing = Assignment.objects.filter(entry__round=round, state=Assignment.State.ASSIGNED)
    assigned = set(standing.values_list("entry", "juror"))
    return clashes_among(entries_of(round), jurors_of(round), assigned)


def clashes_among(
    entries: list[Entry], jurors: list[Juror], assigned: set[tuple[int, int]]
) -> list[Clash]:
    people = {juror.person_id: juror for juror in jurors}
    found = find_conflicts([juror.person for juror in jurors], [entry.project for entry in entries])
    by_project: dict[int, list[Conflict]] = {}
    for one in found:
        by_project.setdefault(one.project, []).append(one)
    return [
        clash(entry, people[one.person], one, assigned)
        for entry in sorted(entries, key=lambda entry: entry.position)
        for one in by_project.get(entry.project_id, [])
        if one.person in people
    ]


def clash(entry: Entry, juror: Juror, one: Conflict, assigned: set[tuple[int, int]]) -> Clash:
    is_assigned = (entry.pk, juror.pk) in assigned
    return Clash(juror, entry, str(Why(one.why).label), one.detail, is_assigned)
