"""What a person leaves in text: names, addresses, numbers; found and taken out."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from attendees.models import Person

GAP = "…"
SHORTEST = 2  # letters of a name that can be looked for


@dataclass(frozen=True)
class Traces:
    """The words that tell who somebody is, as one pattern."""

    words: Sequence[str]
    pattern: re.Pattern[str]

    def are_in(self, value: Any) -> bool:
        """Whether a text, list or JSON value names the person."""
        if isinstance(value, str):
            return bool(self.pattern.search(value))
        if isinstance(value, dict):
            return any(self.are_in(key) or self.are_in(one) for key, one in value.items())
        if isinstance(value, list | tuple):
            return any(map(self.are_in, value))
        return False

    def taken_out(self, value: Any) -> Any:
        """The value with a gap where the person was named."""
        if isinstance(value, str):
            return self.pattern.sub(GAP, value)
        if isinstance(value, dict):
            return {self.taken_out(key): self.taken_out(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.taken_out(one) for one in value]
        return value


def traces_of(people: Iterable[Person]) -> Traces:
    """The names, addresses and numbers of a person's records."""
    words: dict[str, None] = {}
    for person in people:
        phone = person.phone
        forms = [phone.as_e164, phone.as_international, phone.as_national] if phone else []
        given = [person.name_native, person.name_latin, person.email, *forms]
        given += [person.user.email, person.user.name] if person.user else []
        words |= dict.fromkeys(filter(None, given))
    kept = sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True)
    return Traces(kept, re.compile("|".join(map(as_pattern, kept)) or r"(?!)", re.IGNORECASE))


def as_pattern(word: str) -> str:
    """The word in any case, composed or not, with any blanks; Latin words stand alone."""
    forms = {unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word), word}
    found = []
    for form in sorted(forms, key=len, reverse=True):
        body = r"\s+".join(re.escape(part) for part in form.split())
        left = r"(?<![A-Za-z0-9])" if form[:1].isascii() and form[:1].isalnum() else ""
        right = r"(?![A-Za-z0-9])" if form[-1:].isascii() and form[-1:].isalnum() else ""
        found.append(f"{left}{body}{right}")
    return "|".join(found)


def text_columns(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model in which somebody may have written a name."""
    return [column for column in model._meta.concrete_fields if holds_text(column)]


def holds_text(column: models.Field) -> bool:
    if isinstance(column, ArrayField):
        return holds_text(column.base_field)
    if isinstance(column, models.FileField) or column.choices or column.is_relation:
        return False
    kinds = (models.CharField, models.TextField, models.JSONField)
    return isinstance(column, kinds) and not isinstance(column, models.SlugField)


def plainly(model: type[models.Model]) -> models.QuerySet:
    """All rows, every column by its own name: not a language's in place of another's."""
    rows = model._default_manager.all()
    return rows.rewrite(False) if hasattr(rows, "rewrite") else rows


def scrubbed(
    model: type[models.Model], keys: Iterable[int], traces: Traces, without: Iterable[str] = ()
) -> dict[int, dict[str, Any]]:
    """Of rows that name the person: by key, their text columns and what they become."""
    columns = [one.name for one in text_columns(model) if one.name not in without]
    found = {}
    for values in plainly(model).filter(pk__in=keys).values("pk", *columns).iterator():
        named = {name: values[name] for name in columns if traces.are_in(values[name])}
        if named:
            found[values["pk"]] = {name: traces.taken_out(one) for name, one in named.items()}
    return found
