"""Everything about one person as one file: for the office to hand out, for the guest to take.

What there is comes from the registry of belongings, and of each row every
column but those it hides, so that a new column is in it without being named.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import IO, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.encoding import force_str
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attendees.models import Person
from attendees.models.people import FINDING
from attendees.personal import Belonging, belongings, records_of
from hrconf.lib.sheets import Block, Column, Sheet, write_xlsx

OWN_DATA_NAME = "own-data.zip"
HIDDEN_OF_PERSON = {*FINDING, "id", "merged_into", "erased_at"}
LONGEST = 32_000  # characters of a cell


@dataclass
class Section:
    """Rows of one kind: the headings, and of each row what stands under them."""

    title: str
    headings: list[str]
    keys: list[str]
    rows: list[list[Any]] = field(default_factory=list)


def own_data(person: Person, *, is_opened: bool = False) -> list[Section]:
    """All sections about a person and the records merged into theirs; a query or two each.

    What is kept sealed is in it only if it `is_opened`: for the person, not for the office.
    """
    keys = records_of(person)
    people = Person.objects.filter(pk__in=keys).select_related("user").order_by("pk")
    sections = [section_of(_("Person"), Person, list(people), HIDDEN_OF_PERSON)]
    for belonging in belongings():
        sections.append(belonging_section(belonging, keys, is_opened))
    return [section for section in sections if section.rows]


def belonging_section(belonging: Belonging, keys: list[int], is_opened: bool) -> Section:
    rows = list(belonging.rows(*keys).select_related(*related(belonging.model)))
    hidden = {"id", *belonging.hidden}
    if belonging.moves:
        hidden.add(belonging.path)
    section = section_of(str(belonging.title), belonging.model, rows, hidden)
    blank_secrets(section, rows)
    if is_opened and belonging.opens:
        add_opened(section, rows, *belonging.opens)
    return section


def add_opened(section: Section, rows: list, key: str, title: object, read: Callable) -> None:
    """A column of what the rows hold sealed."""
    section.keys.append(key)
    section.headings.append(str(title))
    for row, cells in zip(rows, section.rows, strict=True):
        cells.append(read(row))


def related(model: type[models.Model]) -> list[str]:
    """Foreign keys, so that a row's relatives are named in the same query."""
    return [one.name for one in model._meta.concrete_fields if one.is_relation]


def section_of(title: str, model: type[models.Model], rows: list, hidden: set[str]) -> Section:
    """The columns of a model that are not hidden, and what the rows hold in them."""
    columns = [one for one in model._meta.concrete_fields if one.name not in hidden]
    names = {one.name for one in columns}
    # A translated column is there once for each language.
    columns = [one for one in columns if f"{one.name}_en" not in names]
    columns = [one for one in columns if not isinstance(one, models.BinaryField)]
    section = Section(
        title,
        [capfirst(force_str(one.verbose_name)) for one in columns],
        [one.name for one in columns],
    )
    section.rows = [[plain(row, column) for column in columns] for row in rows]
    return section


def blank_secrets(section: Section, rows: list) -> None:
    """Texts that open an account are not handed out."""
    for row, cells in zip(rows, section.rows, strict=True):
        if getattr(row, "is_secret", False):
            for name in ["text", "html"]:
                cells[section.keys.index(name)] = ""


def plain(row: models.Model, column: models.Field) -> Any:
    """A value as JSON and a spreadsheet hold it."""
    if column.is_relation:
        return str(getattr(row, column.name) or "")
    if column.choices and not isinstance(column, ArrayField):
        return force_str(getattr(row, f"get_{column.name}_display")())
    value = getattr(row, column.attname)
    if isinstance(column, ArrayField):
        return list(value or [])
    if value is None or isinstance(value, bool | int | float | str | dict | list):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, Decimal) else format(value, "f")


def write_own_data(
    person: Person,
    file: IO[bytes],
    progress: Callable[[int, int], None] | None = None,
    *,
    is_opened: bool = False,
) -> int:
    """Write a ZIP with data.json and data.xlsx; return how many rows it holds."""
    sections = own_data(person, is_opened=is_opened)
    if progress:
        progress(1, 3)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("data.json", as_json(sections))
        if progress:
            progress(2, 3)
        package.writestr("data.xlsx", as_workbook(sections))
    if progress:
        progress(3, 3)
    return sum(len(section.rows) for section in sections)


def as_json(sections: list[Section]) -> str:
    data = {
        section.title: [dict(zip(section.keys, row, strict=True)) for row in section.rows]
        for section in sections
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_workbook(sections: list[Section]) -> bytes:
    """A sheet for each section; Excel knows no longer names than 31 letters."""
    file = BytesIO()
    sheets = [
        Sheet(
            f"{number} {section.title}"[:31],
            [Block([Column(one) for one in section.headings], list(cells_of(section)))],
        )
        for number, section in enumerate(sections, 1)
    ]
    write_xlsx(file, sheets, title=_("Own data"))
    return file.getvalue()


def cells_of(section: Section) -> Iterator[list[str]]:
    for row in section.rows:
        yield [cell_of(value) for value in row]


def cell_of(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)[:LONGEST]
    return str(value)[:LONGEST]
