"""Many projects one step on: who would move, who would not and why, and the step itself."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from hrconf.accounts.models import User
from hrconf.office.outcomes import Outcome, each
from hrconf.office.undoing import Undo
from projects.models import Decision, Project
from projects.services.deciding import BECOMES, decide
from projects.services.screening import move_project, obstacle, pending_among


@dataclass
class Moves:
    """What a step would do, as the page of a deed shows it."""

    going: list[Project] = field(default_factory=list)
    left_out: list[tuple[Project, str]] = field(default_factory=list)
    unmailed: list[Project] = field(default_factory=list)
    mails = 0

    @property
    def lines(self) -> list[tuple[str, int]]:
        return Counter(reason for _row, reason in self.left_out).most_common()


def preview_move(ids: Collection[int], *, to: str) -> Moves:
    """Who would move; the same queries however many."""
    return _preview(ids, to, pending_among(ids))


def preview_decision(ids: Collection[int], *, outcome: str) -> Moves:
    """Whom a quiet decision would be about; a pending one is replaced."""
    return _preview(ids, BECOMES[Decision.Outcome(outcome)], set())


def _preview(ids: Collection[int], to: str, pending: set[int]) -> Moves:
    found = Moves()
    rows = Project.objects.filter(pk__in=ids).select_related("sector", "holder", "edition")
    for row in rows.order_by("reference", "pk"):
        if why := obstacle(row.status, to, has_pending=row.pk in pending):
            found.left_out.append((row, why))
        else:
            found.going.append(row)
    return found


def move_many(ids: Collection[int], *, to: str, by: User) -> Outcome:
    """Move who may move; done again it moves nobody and changes nothing."""
    return _each(preview_move(ids, to=to), partial(move_project, to=to, by=by))


def decide_many(ids: Collection[int], *, outcome: str, by: User, reason: str = "") -> Outcome:
    """Decide quietly on many; nobody is told before the decisions are released."""
    preview = preview_decision(ids, outcome=outcome)
    return _each(preview, partial(decide, outcome=outcome, note=reason, by=by))


def _each(preview: Moves, do: Any) -> Outcome:
    done = each(preview.going, lambda row: do(row.pk))
    done.left_out = dict(preview.lines)
    return done


# The way back ---------------------------------------------------------------------------


def lock_projects(ids: Collection[int]) -> None:
    rows = Project.objects.filter(pk__in=ids).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))


OF_MOVES = Undo(touches=[(Project, "pk")], lock=lock_projects, stays=frozenset({"updated_at"}))
OF_DECISIONS = Undo(touches=[(Decision, "project")], lock=lock_projects)
