"""What belongs to a person: read by merging, by the download of one's own data, by erasing.

Every app says it once for each of its models, in a module `belongings.py` that is
found at start-up; nothing here knows what is upstairs.

    belongs("projects.Project", "holder", title=_("Projects"), keeps=["summary"])

`path` leads from the row to the person. A direct foreign key moves when two
records are merged. All columns go into the download but `hidden` ones. Erasing
sets what `erases` names and takes the person's names, addresses and numbers out of
all other text; long text that stays otherwise must be named in `keeps`, and a
test finds what is named nowhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q, QuerySet

from attendees.models import Person


@dataclass(frozen=True)
class Belonging:
    """Rows of a model that belong to people, and what is done with them."""

    label: str
    path: str
    title: object
    erases: Mapping[str, Any] = field(default_factory=dict)
    keeps: Sequence[str] = ()
    hidden: Sequence[str] = ()
    stays_behind: Q | None = None  # rows that a merge leaves with the other record
    way_out: object = ""  # what to do where both records have such a row
    text_as_key: Callable[[int], str] | None = None  # `path` is text made of the key
    is_deleted: bool = False  # erasing deletes the rows
    # What a row holds sealed, opened for the person alone: column, title, how to read it.
    opens: tuple[str, object, Callable[[Model], Any]] | None = None

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def moves(self) -> bool:
        """Whether a merge takes the rows along: what hangs on another row follows it."""
        return "__" not in self.path

    def key_of(self, person_id: int) -> object:
        return self.text_as_key(person_id) if self.text_as_key else person_id

    def rows(self, *person_ids: int) -> QuerySet:
        """The rows of people, in order."""
        keys = [self.key_of(one) for one in person_ids]
        found = self.model._default_manager.filter(**{f"{self.path}__in": keys})
        return found.order_by("pk").distinct()


_belongings: dict[tuple[str, str], Belonging] = {}
_staying: dict[tuple[str, str], str] = {}


def belongs(label: str, path: str, **more: Any) -> None:
    """Say that rows of a model, such as "projects.Project", belong to people."""
    _add(_belongings, (label.lower(), path), Belonging(label, path, **more))


def stays(label: str, path: str, why: str) -> None:
    """Say that a reference to a person is not theirs and stays what it is in a merge."""
    _add(_staying, (label.lower(), path), why)


def _add(known: dict, key: tuple[str, str], value: object) -> None:
    if key in _belongings or key in _staying:
        raise ImproperlyConfigured(f"{key} is named twice.")
    known[key] = value


def belongings() -> list[Belonging]:
    return list(_belongings.values())


def named_references() -> set[tuple[str, str]]:
    """Model and path of everything that is named."""
    return set(_belongings) | set(_staying)


def references_to_people() -> Iterator[tuple[str, str]]:
    """Model and field of every foreign key and many-to-many to a person in the project."""
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.get_fields():
            is_ours = one.concrete and not one.auto_created
            if is_ours and one.is_relation and one.related_model is Person:
                yield model._meta.label_lower, one.name


def records_of(person: Person) -> list[int]:
    """The person's record and all that were merged into it: they are one human."""
    found, new = [person.pk], [person.pk]
    while new:
        merged = Person.objects.filter(merged_into__in=new).order_by("pk")
        new = [pk for pk in merged.values_list("pk", flat=True) if pk not in found]
        found += new
    return found
