"""Guests into a spreadsheet: under headings that an import understands again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from attendees.importing.columns import heading
from attendees.models import Person, Registration
from hrconf.lib.sheets import Cell, Column, Kind

ROWS_AT_A_TIME = 1000
HOST_ZONE = ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True)
class Field:
    """A column of an export: its heading and how a row fills it."""

    title: str
    read: Callable[[Any], Cell]
    kind: Kind = Kind.TEXT


def person_fields() -> list[Field]:
    """The columns of a person; all but the last two an import reads back."""
    plain = [
        "name_native",
        "name_latin",
        "email",
        "organization_en",
        "organization_zh_hans",
        "title_en",
        "title_zh_hans",
        "preferred_language",
        "note",
    ]
    fields = {
        key: Field(heading(key), lambda person, key=key: getattr(person, key)) for key in plain
    }
    fields["phone"] = Field(heading("phone"), lambda person: str(person.phone or ""))
    fields["country"] = Field(heading("country"), lambda person: person.country.code or "")
    order = [*plain[:3], "phone", "country", *plain[3:]]
    return [
        *(fields[key] for key in order),
        Field(_("Name of country or region"), lambda person: person.country.name),
        Field(_("Sort key"), lambda person: person.sort_key),
    ]


def registration_fields() -> list[Field]:
    """The person's columns, and those of the place."""
    of_person = [
        Field(field.title, lambda row, read=field.read: read(row.person), field.kind)
        for field in person_fields()
    ]
    return [
        *of_person,
        Field(heading("association"), association_of),
        Field(heading("category"), lambda row: row.category.kind),
        Field(_("Edition"), lambda row: row.edition.year, Kind.INTEGER),
        Field(_("Status"), lambda row: row.get_status_display()),
        Field(_("Badge"), lambda row: row.badge),
        Field(_("Delegation"), lambda row: str(row.delegation or "")),
        Field(_("Owner"), lambda row: str((row.invitation and row.invitation.owner) or "")),
        Field(_("Companions"), lambda row: row.companions, Kind.INTEGER),
        Field(_("Registered"), lambda row: local(row.submitted_at), Kind.INSTANT),
        Field(_("Decided"), lambda row: local(row.decided_at), Kind.INSTANT),
        Field(_("Arrived"), lambda row: local(row.arrived_at), Kind.INSTANT),
    ]


def association_of(row: Registration) -> str:
    """Who sent them, by the slug that an import finds again."""
    sender = (row.invitation and row.invitation.association) or (
        row.delegation and row.delegation.association
    )
    return sender.slug if sender else ""


def local(instant):
    """A time as the host's clocks showed it: a spreadsheet knows no zones."""
    return instant.astimezone(HOST_ZONE) if instant else None


def columns(fields: Sequence[Field]) -> list[Column]:
    return [Column(field.title, field.kind) for field in fields]


def people(keys: Sequence[int]) -> Iterator[Person]:
    """People by their keys in the order given, a thousand at a time."""
    return _in_turns(Person.objects.all(), keys)


def registrations(keys: Sequence[int]) -> Iterator[Registration]:
    rows = Registration.objects.select_related(
        "person",
        "category",
        "edition",
        "delegation__association",
        "invitation__association",
        "invitation__owner",
    )
    return _in_turns(rows, keys)


def _in_turns(rows, keys: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(keys), ROWS_AT_A_TIME):
        chunk = keys[start : start + ROWS_AT_A_TIME]
        found = rows.in_bulk(chunk)
        yield from (found[key] for key in chunk if key in found)
