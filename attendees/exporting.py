"""Guests into a spreadsheet: under headings that an import understands again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext as _

from attendees.export_answers import answer_fields
from attendees.importing.columns import heading
from attendees.models import Companion, Consent, Invitation, Person, Registration, Seat
from hrconf.lib.sheets import Kind
from hrconf.office.columns import Field, exportable

ROWS_AT_A_TIME = 250
HOST_ZONE = ZoneInfo(settings.TIME_ZONE)
# How to reach somebody: for who may export people.
CONTACT = {"email", "phone", "note"}
MAY_REACH = "attendees.export_person"


# People ---------------------------------------------------------------------------------


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
        key: Field(heading(key), lambda person, key=key: getattr(person, key), key=key)
        for key in plain
    }
    fields["phone"] = Field(heading("phone"), lambda person: str(person.phone or ""), key="phone")
    fields["country"] = Field(
        heading("country"), lambda person: person.country.code or "", key="country"
    )
    order = [*plain[:3], "phone", "country", *plain[3:]]
    found = [
        *(fields[key] for key in order),
        Field(
            _("Name of country or region"), lambda person: person.country.name, key="country_name"
        ),
        Field(_("Sort key"), lambda person: person.sort_key, key="sort_key"),
    ]
    return [replace(field, group=_("Person")) for field in found]


def person_more() -> list[Field]:
    """What is exported of people on asking."""
    return [
        Field(
            _("Languages"),
            lambda person: ", ".join(person.languages or []),
            key="languages",
            group=_("Person"),
            is_usual=False,
        ),
        day(_("Recorded"), "created_at", "created", is_usual=False, group=_("Person")),
    ]


def of_person(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: read(row.person)


def persons_columns() -> list[Field]:
    """A person's columns in a file about something else of theirs."""
    return [
        replace(
            field,
            read=of_person(field.read),
            permissions=(MAY_REACH,) if field.key in CONTACT else (),
        )
        for field in person_fields()
    ]


# Registrations ----------------------------------------------------------------------------


def registration_fields() -> list[Field]:
    """The person's columns, those of the place, and every answer."""
    return [*persons_columns(), *place_fields(), *thread_fields(), *answer_fields()]


def place_fields() -> list[Field]:
    found = [
        Field(heading("association"), association_of, key="association"),
        Field(heading("category"), lambda row: row.category.kind, key="category"),
        Field(_("Edition"), lambda row: row.edition.year, Kind.INTEGER, key="edition"),
        Field(_("Status"), lambda row: row.get_status_display(), key="status"),
        Field(_("Badge"), lambda row: row.badge, key="badge"),
        Field(_("Delegation"), lambda row: str(row.delegation or ""), key="delegation"),
        Field(
            _("Owner"),
            lambda row: str((row.invitation and row.invitation.owner) or ""),
            key="owner",
        ),
        Field(_("Companions"), lambda row: row.companions, Kind.INTEGER, key="companions"),
    ]
    names = Field(
        _("Names of companions"),
        lambda row: ", ".join(one.name for one in row.companion_rows.all()),
        key="companion_names",
        is_usual=False,
    )
    return [replace(field, group=_("Registration")) for field in [*found, names]]


def thread_fields() -> list[Field]:
    """When what happened."""
    found = [
        day(_("Registered"), "submitted_at", "submitted"),
        day(_("Decided"), "decided_at", "decided"),
        day(_("Arrived"), "arrived_at", "arrived"),
        day(_("Begun"), "created_at", "begun", is_usual=False),
        day(_("Last reminded"), "reminded_at", "reminded", is_usual=False),
        day(_("Invited"), "invitation.sent_at", "invited", is_usual=False),
        day(_("Invitation opened"), "invitation.opened_at", "opened", is_usual=False),
        day(_("Invitation answered"), "invitation.answered_at", "answered", is_usual=False),
    ]
    return [replace(field, group=_("Dates")) for field in found]


def association_of(row: Registration) -> str:
    """Who sent them, by the slug that an import finds again."""
    sender = (row.invitation and row.invitation.association) or (
        row.delegation and row.delegation.association
    )
    return sender.slug if sender else ""


# Invitations --------------------------------------------------------------------------------


def invitation_fields() -> list[Field]:
    """The person's columns, those of the invitation, and what became of it."""
    found = [
        Field(
            heading("association"),
            lambda row: row.association.slug if row.association else "",
            key="association",
        ),
        Field(heading("category"), lambda row: row.category.kind, key="category"),
        Field(_("Edition"), lambda row: row.edition.year, Kind.INTEGER, key="edition"),
        Field(_("Status"), lambda row: row.get_status_display(), key="status"),
        Field(_("Owner"), lambda row: str(row.owner or ""), key="owner"),
        Field(_("Delegation"), lambda row: str(row.delegation or ""), key="delegation"),
        Field(_("Number of the letter"), lambda row: row.number, Kind.INTEGER, key="number"),
        Field(_("Answer by"), lambda row: row.answer_by, Kind.DATE, key="answer_by"),
        Field(_("Word of the guest"), lambda row: row.answer_note, key="word"),
        Field(
            _("Last conversation"), lambda row: row.talked_on, Kind.DATE, "talked", is_usual=False
        ),
        Field(_("Times reminded"), lambda row: row.reminders, Kind.INTEGER, "times", "", False),
    ]
    dates = [
        day(_("Invited"), "sent_at", "sent"),
        day(_("Invitation opened"), "opened_at", "opened"),
        day(_("Invitation answered"), "answered_at", "answered"),
        day(_("Last reminded"), "reminded_at", "reminded", is_usual=False),
        day(_("Begun"), "created_at", "begun", is_usual=False),
    ]
    return [
        *persons_columns(),
        *(replace(field, group=_("Invitation")) for field in found),
        *(replace(field, group=_("Dates")) for field in dates),
    ]


# Seats --------------------------------------------------------------------------------------


def seat_fields() -> list[Field]:
    """The person's columns, those of the seat, and on which bus they ride."""
    found = [
        Field(_("Session"), lambda row: str(row.session), key="session"),
        Field(_("Begins"), lambda row: local(begins(row)), Kind.INSTANT, key="begins"),
        Field(_("Edition"), lambda row: row.session.edition.year, Kind.INTEGER, key="edition"),
        Field(_("Status"), lambda row: row.get_status_display(), key="status"),
        Field(_("Bus"), lambda row: str(row.bus or ""), key="bus"),
        Field(_("Badge"), lambda row: row.registration.badge, key="badge"),
        Field(
            _("Delegation"), lambda row: str(row.registration.delegation or ""), key="delegation"
        ),
        day(_("Since"), "created_at", "since"),
    ]
    return [*of_registration(persons_columns()), *(replace(one, group=_("Seat")) for one in found)]


def of_registration(fields: list[Field]) -> list[Field]:
    """Columns of a registration in a file about something that hangs on it."""
    return [replace(one, read=lambda row, read=one.read: read(row.registration)) for one in fields]


def begins(seat: Seat):
    return seat.session.booking.during.lower if seat.session.booking else None


def seats(keys: Sequence[int], columns: Sequence[str]) -> Iterator[Seat]:
    rows = Seat.objects.select_related(
        "registration__person",
        "registration__delegation",
        "session__edition",
        "session__booking",
        "bus",
    )
    return _in_turns(rows, keys)


# What they share ----------------------------------------------------------------------------


def day(title: str, path: str, key: str, *, is_usual: bool = True, group: str = "") -> Field:
    """A column of an instant, found by a path of attributes of which each may be missing."""

    def read(row: Any):
        for name in path.split("."):
            row = row and getattr(row, name)
        return local(row)

    return Field(title, read, Kind.INSTANT, key, group, is_usual)


def local(instant):
    """A time as the host's clocks showed it: a spreadsheet knows no zones."""
    return instant.astimezone(HOST_ZONE) if instant else None


def people(keys: Sequence[int], columns: Sequence[str]) -> Iterator[Person]:
    """People by their keys in the order given, some hundreds at a time."""
    return _in_turns(Person.objects.all(), keys)


def registrations(
    keys: Sequence[int], columns: Sequence[str] | None = None
) -> Iterator[Registration]:
    """Registrations by their keys, with what the columns need, or all of it."""
    if columns is None:
        columns = [field.key for field in registration_fields()]
    rows = Registration.objects.select_related(
        "person",
        "category",
        "edition",
        "delegation__association",
        "invitation__association",
        "invitation__owner",
    )
    return _in_turns(with_parts(rows, columns), keys)


def with_parts(rows: QuerySet[Registration], columns: Sequence[str]) -> QuerySet[Registration]:
    """The same with what their columns need of other tables, asked once for each turn."""
    if "companion_names" in columns:
        rows = rows.prefetch_related(Prefetch("companion_rows", Companion.objects.order_by("pk")))
    if any(key.startswith("answer.") for key in columns):
        rows = rows.prefetch_related("files")
    if any(key.startswith("consent.") for key in columns):
        given = Consent.objects.filter(withdrawn_at=None).select_related("text")
        rows = rows.prefetch_related(Prefetch("consents", given, to_attr="given"))
    return rows


def invitations(keys: Sequence[int], columns: Sequence[str]) -> Iterator[Invitation]:
    rows = Invitation.objects.select_related(
        "person", "category", "edition", "association", "owner", "delegation__association"
    )
    return _in_turns(rows.annotate(talked_on=Max("contacts__on")), keys)


def _in_turns(rows: Any, keys: Sequence[int]) -> Iterator[Any]:
    """Rows in the order of their keys; each is forgotten once the next is asked for."""
    for start in range(0, len(keys), ROWS_AT_A_TIME):
        chunk = keys[start : start + ROWS_AT_A_TIME]
        found = rows.in_bulk(chunk)
        for row in (found.pop(key) for key in chunk if key in found):
            yield row
            _let_go(row)


def _let_go(row: Any) -> None:
    """Rows fetched along point back at theirs: a ring, which stays until somebody sweeps."""
    for name in ["_prefetched_objects_cache", "given"]:
        row.__dict__.pop(name, None)


exportable("attendees.person", fields=lambda: [*person_fields(), *person_more()], load=people)
exportable("attendees.registration", fields=registration_fields, load=registrations)
exportable("attendees.invitation", fields=invitation_fields, load=invitations)
exportable("attendees.seat", fields=seat_fields, load=seats)
