"""Two records side by side: what differs, what would move, what forbids the merge."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from attendees.models import Person
from attendees.services.merging import BOTH, GONE, KEPT, MergePlan, plan_merge
from hrconf.accounts.models import User
from hrconf.office.links import office_link

MOST_ROWS = 20  # of a kind that are named


@dataclass(frozen=True)
class Option:
    """One of the values of a field."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class FieldLine:
    """A field in which the records differ."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class RowLine:
    """A row that moves or clashes."""

    text: str
    url: str


@dataclass
class Compared:
    """Everything on the page."""

    kept: Person
    gone: Person
    kept_url: str
    gone_url: str
    fields: list[FieldLine] = field(default_factory=list)
    moves: list[tuple[str, int, list[RowLine]]] = field(default_factory=list)
    stays: list[RowLine] = field(default_factory=list)
    clashes: list[tuple[str, list[RowLine]]] = field(default_factory=list)


def compared(kept: Person, gone: Person, user: User, given: Mapping[str, str]) -> Compared:
    """The page for this choice of who is kept; `given` are fields chosen already."""
    plan = plan_merge(kept, gone)
    shown = Compared(kept, gone, office_link(kept, user), office_link(gone, user))
    shown.fields = field_lines(plan, given)
    for title, rows in plan.moves:
        shown.moves.append((title, len(rows), row_lines(rows[:MOST_ROWS], user)))
    shown.stays = row_lines(plan.stays[:MOST_ROWS], user)
    shown.clashes = [(clash.way_out, row_lines(clash.rows, user)) for clash in plan.clashes]
    return shown


def field_lines(plan: MergePlan, given: Mapping[str, str]) -> list[FieldLine]:
    lines = []
    for choice in plan.choices:
        chosen = given.get(f"field-{choice.name}", choice.default)
        texts = {KEPT: choice.kept, GONE: choice.gone, BOTH: f"{choice.kept} + {choice.gone}"}
        options = [Option(one, texts[one], one == chosen) for one in choice.options]
        lines.append(FieldLine(choice.name, choice.label, options))
    return lines


def row_lines(rows: list, user: User) -> list[RowLine]:
    return [RowLine(str(row), office_link(row, user)) for row in rows]
