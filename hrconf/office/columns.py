"""What can go into an export: each list with an export names its columns here.

    exportable("attendees.person", fields=person_fields, load=people)

`fields()` gives every column there is; `load(keys, columns)` the rows of some keys in
their order, some hundreds at a time, so that memory does not grow with the rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hrconf.accounts.models import User
from hrconf.lib.sheets import Cell, Column, Kind


@dataclass(frozen=True)
class Field:
    """A column of an export: its heading and how a row fills it.

    `key` never changes: saved exports name it. Who lacks one of the `permissions` is
    not offered the column and gets a file without it.
    """

    title: str
    read: Callable[[Any], Cell]
    kind: Kind = Kind.TEXT
    key: str = ""
    group: str = ""
    is_usual: bool = True
    permissions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exportable:
    """The columns of a model and its rows."""

    fields: Callable[[], Sequence[Field]]
    load: Callable[[Sequence[int], Sequence[str]], Iterable[Any]]

    def fields_for(self, user: User | None) -> list[Field]:
        """The columns that a user may take home."""
        found = self.fields()
        needed = {name for field in found for name in field.permissions}
        held = {name for name in needed if user and user.has_perm(name)}
        return [field for field in found if held.issuperset(field.permissions)]


_exportables: dict[str, Exportable] = {}


def exportable(
    label: str,
    *,
    fields: Callable[[], Sequence[Field]],
    load: Callable[[Sequence[int], Sequence[str]], Iterable[Any]],
) -> None:
    """Make the columns of a model known."""
    _exportables[label] = Exportable(fields, load)


def get_exportable(label: str) -> Exportable:
    return _exportables[label]


def chosen_fields(label: str, user: User | None, keys: Sequence[str]) -> list[Field]:
    """The columns of these keys in this order, without any the user may not have.

    Without keys the usual ones; keys of columns that are gone are passed over.
    """
    fields = get_exportable(label).fields_for(user)
    if not keys:
        return [field for field in fields if field.is_usual]
    by_key = {field.key: field for field in fields}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]


def as_columns(fields: Sequence[Field]) -> list[Column]:
    return [Column(field.title, field.kind) for field in fields]
