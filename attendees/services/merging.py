"""Two records of one person made one, by a person, in one transaction; and undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.importing.columns import BY_KEY, heading
from attendees.importing.writing import one_at_a_time
from attendees.models import Duplicate, Merge, Person
from attendees.models.people import FINDING
from attendees.personal import Belonging, belongings
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

FIELDS = [
    "name_native",
    "name_latin",
    "sort_key",
    "email",
    "phone",
    "country",
    "organization_en",
    "organization_zh_hans",
    "title_en",
    "title_zh_hans",
    "languages",
    "preferred_language",
    "note",
    "user_id",
]
KEPT, GONE, BOTH = "kept", "gone", "both"


@dataclass(frozen=True)
class Choice:
    """A field in which the records differ, both values, and which is taken unless chosen."""

    name: str
    label: str
    kept: str
    gone: str
    default: str

    @property
    def options(self) -> list[str]:
        both = [BOTH] if self.name == "note" and self.kept and self.gone else []
        return [KEPT, GONE, *both]


@dataclass(frozen=True)
class Clash:
    """Rows of which one person can have only one: the way out, and the rows."""

    way_out: str
    rows: list[Model]


@dataclass
class MergePlan:
    """What merging would do: choices, rows that move, rows that stay, what forbids it."""

    kept: Person
    gone: Person
    choices: list[Choice] = field(default_factory=list)
    moves: list[tuple[str, list[Model]]] = field(default_factory=list)
    stays: list[Model] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def plan_merge(kept: Person, gone: Person) -> MergePlan:
    """What would happen if the second were merged into the first; writes nothing."""
    plan = MergePlan(kept, gone, choices=choices_of(kept, gone))
    for belonging in moving():
        rows, staying = rows_to_move(belonging, kept, gone)
        plan.stays += staying
        if rows:
            plan.moves.append((str(belonging.title), rows))
        plan.clashes += clashes_of(belonging, kept, rows)
    plan.clashes += own_deputies(kept, gone)
    return plan


def moving() -> list[Belonging]:
    return [one for one in belongings() if one.moves]


def choices_of(kept: Person, gone: Person) -> list[Choice]:
    """The fields in which the two differ."""
    mine, theirs = values_of(kept), values_of(gone)
    return [
        Choice(
            name,
            str(label_of(name)),
            shown(kept, name),
            shown(gone, name),
            default_of(name, mine[name], theirs[name]),
        )
        for name in FIELDS
        if mine[name] != theirs[name]
    ]


def default_of(name: str, kept: Any, gone: Any) -> str:
    """What is there rather than what is missing; of two, the kept record's."""
    if name == "note" and kept and gone:
        return BOTH
    return GONE if gone and not kept else KEPT


def label_of(name: str) -> object:
    """What a column is called; one of two languages as in guest lists."""
    if name in BY_KEY:
        return heading(name)
    return Person._meta.get_field(name.removesuffix("_id")).verbose_name


def shown(person: Person, name: str) -> str:
    if name == "user_id":
        return str(person.user or "")
    if name == "country":
        return str(person.country.name)
    if name == "preferred_language":
        return str(person.get_preferred_language_display())
    value = getattr(person, name)
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def values_of(person: Person) -> dict[str, Any]:
    """The columns that a merge may change, as JSON keeps them."""
    values = {name: getattr(person, name) for name in FIELDS}
    plain = {"phone": str(person.phone or ""), "country": person.country.code or ""}
    return values | plain | {"languages": list(person.languages)}


def rows_to_move(
    belonging: Belonging, kept: Person, gone: Person
) -> tuple[list[Model], list[Model]]:
    """The gone record's rows that move, and those that stay with it.

    An ended row stays only where the kept record has one of its own; a mail
    that both got for one occasion stays too.
    """
    rows = list(belonging.rows(gone.pk).select_related())
    keys = unique_keys(belonging, rows)
    taken = set().union(*unique_keys(belonging, list(belonging.rows(kept.pk))).values())
    may_stay = set()
    if belonging.text_as_key:
        may_stay = set(keys)
    elif belonging.stays_behind is not None:
        ended = belonging.rows(gone.pk).filter(belonging.stays_behind)
        may_stay = set(ended.values_list("pk", flat=True))
    staying = [row for row in rows if row.pk in may_stay and taken & keys[row.pk]]
    return [row for row in rows if row not in staying], staying


def unique_keys(belonging: Belonging, rows: list[Model]) -> dict[int, set[tuple]]:
    """Of each row what no second row of the person may have too, by the model's constraints."""
    found: dict[int, set[tuple]] = {row.pk: set() for row in rows}
    meta = belonging.model._meta
    for one in meta.constraints:
        if not isinstance(one, UniqueConstraint) or belonging.path not in one.fields:
            continue
        others = [meta.get_field(name).attname for name in one.fields if name != belonging.path]
        bound = set(found)
        if one.condition is not None:
            fitting = belonging.model._default_manager.filter(one.condition, pk__in=bound)
            bound = set(fitting.values_list("pk", flat=True))
        for row in rows:
            if row.pk in bound:
                found[row.pk].add((one.name, *(getattr(row, name) for name in others)))
    return found


def clashes_of(belonging: Belonging, kept: Person, rows: list[Model]) -> list[Clash]:
    """Where both records have a row of which a person can have only one."""
    mine = list(belonging.rows(kept.pk).select_related())
    owned = unique_keys(belonging, mine)
    owners = {key: row for row in mine for key in owned[row.pk]}
    text = str(belonging.way_out or _("Both records have one: end one of them first."))
    keys = unique_keys(belonging, rows)
    return [
        Clash(text, [owners[key], row]) for row in rows for key in keys[row.pk] if key in owners
    ]


def own_deputies(kept: Person, gone: Person) -> list[Clash]:
    """Nobody is their own deputy."""
    rows = kept.invitations.filter(deputy=gone) | gone.invitations.filter(deputy=kept)
    text = _("One is the other's deputy: name another deputy, or they are two people.")
    return [Clash(text, [row]) for row in rows]


@transaction.atomic
def merge_people(
    *, kept: int, gone: int, choices: Mapping[str, str] | None = None, by: User | None
) -> Merge:
    """Merge a record into another: fields as chosen, and all rows; nothing is deleted.

    `choices` says for a field which record's value is taken. Refuses what is
    merged or erased already, and rows of which a person can have only one.
    """
    one_at_a_time()  # no import may match the record that goes
    people = lock_people(kept, gone)
    into, away = fit_to_merge(people.get(kept), people.get(gone))
    plan = plan_merge(into, away)
    if plan.clashes:
        raise DomainError(plan.clashes[0].way_out, code="clash")
    merge = Merge(kept=into, gone=away, merged_by=by)
    merge.moved = move_rows(plan) + settle_pair(into, away, by)
    take_fields(merge, plan, choices or {})
    merge.save()
    return merge


def lock_people(*pks: int) -> dict[int, Person]:
    """Both records, locked in one order, so that two who merge them cannot meet."""
    rows = Person.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    return {person.pk: person for person in rows}


def fit_to_merge(into: Person | None, away: Person | None) -> tuple[Person, Person]:
    """Both records, when they are two that are in use."""
    if into is None or away is None or into.pk == away.pk:
        raise DomainError(_("Choose two records."), code="two")
    if into.erased_at or away.erased_at:
        raise DomainError(_("An erased record cannot be merged."), code="erased")
    if into.merged_into_id or away.merged_into_id:
        raise DomainError(_("One of the records is merged already."), code="merged")
    return into, away


def move_rows(plan: MergePlan) -> list[dict[str, Any]]:
    """Give the rows to the kept record; return what moved, for the undoing."""
    moved = []
    for belonging in moving():
        rows, _staying = rows_to_move(belonging, plan.kept, plan.gone)
        keys = [row.pk for row in rows]
        if belonging.path == "people":
            keys = add_speakers(plan, keys)
        elif keys:
            change = {belonging.path: belonging.key_of(plan.kept.pk)}
            belonging.model._default_manager.filter(pk__in=keys).update(**change)
        if keys:
            moved.append({"model": belonging.label, "path": belonging.path, "keys": keys})
    return moved


def add_speakers(plan: MergePlan, keys: list[int]) -> list[int]:
    """Appearances on stage are shared: the gone record keeps them as well."""
    known = set(plan.kept.speakers.values_list("pk", flat=True))
    new = [key for key in keys if key not in known]
    plan.kept.speakers.add(*new)
    return new


def settle_pair(into: Person, away: Person, by: User | None) -> list[dict[str, Any]]:
    """The question about the two is answered; how it stood is kept for the undoing."""
    first, second = sorted([into.pk, away.pk])
    pair = Duplicate.objects.select_for_update(of=("self",)).filter(first=first, second=second)
    known = pair.values("pk", "state", "decided_at", "decided_by").first()
    answer = {"state": Duplicate.State.MERGED, "decided_at": timezone.now(), "decided_by": by}
    if known is None:
        made = Duplicate.objects.create(first_id=first, second_id=second, score=100, **answer)
        return [{"pair": made.pk, "was": None}]
    pair.update(**answer)
    was: dict[str, Any] = {**known}
    was["decided_at"] = was["decided_at"].isoformat() if was["decided_at"] else None
    return [{"pair": was.pop("pk"), "was": was}]


def take_fields(merge: Merge, plan: MergePlan, choices: Mapping[str, str]) -> None:
    """Write the chosen values; remember what was, of both records."""
    into, away = merge.kept, merge.gone
    mine, theirs = values_of(into), values_of(away)
    after = {}
    for choice in plan.choices:
        taken = choices.get(choice.name, choice.default)
        if taken == GONE:
            after[choice.name] = theirs[choice.name]
        elif taken == BOTH and choice.name == "note":
            after["note"] = "\n\n".join(filter(None, [into.note, away.note]))
    away_user = mine["user_id"] if "user_id" in after else away.user_id
    merge.before = {name: mine[name] for name in after} | times(into, away)
    merge.before["away_user"] = away.user_id
    write(away, {"user_id": None})  # a login is one person's
    write(into, after)
    write(away, {"user_id": away_user, "merged_into_id": into.pk})
    merge.after = after | times(into, away) | {"away_user": away_user}


def times(into: Person, away: Person) -> dict[str, str]:
    return {
        "updated_at": into.updated_at.isoformat(),
        "away_updated_at": away.updated_at.isoformat(),
    }


def write(person: Person, values: Mapping[str, Any], **more: Any) -> None:
    """Set columns and what is made of them, without `save()` and its own ideas of time."""
    for name, value in values.items():
        setattr(person, name, value)
    person.updated_at = more.get("updated_at", timezone.now())
    person.make_findable()
    made = {name: getattr(person, name) for name in [*FINDING, "updated_at"]}
    Person.objects.filter(pk=person.pk).update(**values, **made)
