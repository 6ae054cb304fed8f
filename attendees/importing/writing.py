"""A plan carried out: all of it or nothing, and the same list twice changes nothing."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress

from django.core.files.base import ContentFile, File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.importing.columns import Header, guess, understand
from attendees.importing.lookups import load_lookups
from attendees.importing.parsing import parse_rows
from attendees.importing.people import Known, load_register
from attendees.importing.planning import Outcome, Plan, Planned, plan_import
from attendees.importing.remembering import remembered
from attendees.models import GuestList, Invitation, Person, Registration
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.names import HAN, sort_key
from hrconf.lib.sheets import read_rows
from hrconf.lib.sheets_in import EncodingUnclear, Rows

IMPORTS = 7_002  # our number among the advisory locks of the database
BATCH = 500
Progress = Callable[[int, int], None]


def upload_guest_list(guest_list: GuestList, file: File, *, by: User | None) -> GuestList:
    """Keep an uploaded list, with the encoding if there is no doubt about it.

    Refuses what is no table. Where the encoding is unclear it stays empty until
    a person chooses; a list with headings we know has its columns at once.
    """
    data = file.read()
    with suppress(EncodingUnclear):
        table = read_rows(ContentFile(data), guest_list.encoding or None)
        guest_list.encoding = table.encoding
        if guest_list.columns is None:
            guest_list.columns = remembered(table.header)
    guest_list.name = (file.name or "")[-200:]
    guest_list.sha256 = hashlib.sha256(data).hexdigest()
    guest_list.uploaded_by = by
    guest_list.file.save("list", ContentFile(data), save=False)
    guest_list.save()
    return guest_list


def read_guest_list(guest_list: GuestList) -> tuple[Header, list[list[str]]]:
    """The understood heading of an uploaded list and the rows under it."""
    if not guest_list.file:
        raise DomainError(_("The file of this list is gone. Upload it again."), code="gone")
    with guest_list.file.open("rb") as file:
        table = read_rows(file, guest_list.encoding or None)
    return header_of(table, guest_list.columns), table.rows[1:]


def header_of(table: Rows, columns: Sequence[str] | None) -> Header:
    """The columns as somebody chose them, else guessed."""
    fields = guess(table.header, table.rows[1:]) if columns is None else columns
    return understand(table.header, fields)


def plan_guest_list(guest_list: GuestList) -> tuple[Header, Plan]:
    """What importing the list would do now; four queries, and nothing is written."""
    header, rows = read_guest_list(guest_list)
    return header, plan_rows(guest_list, header, rows)


def plan_rows(guest_list: GuestList, header: Header, rows: Sequence[Sequence[str]]) -> Plan:
    """The same for rows that are read already; the list needs no row of its own."""
    guests = parse_rows(header, rows) if header.has_names else []
    return plan_import(guest_list, guests, load_register(), load_lookups(guest_list))


@transaction.atomic
def import_guest_list(pk: int, *, progress: Progress | None = None) -> GuestList:
    """Import a list: every row, or none of them if one is refused.

    A list that may go without its refused rows imports the others. One import
    runs at a time, so that two lists cannot both create the same person.
    """
    one_at_a_time()
    guest_list = GuestList.objects.select_for_update(of=("self",)).get(pk=pk)
    if guest_list.status == GuestList.Status.IMPORTED:
        return guest_list
    header, plan = plan_guest_list(guest_list)
    if not header.has_names:
        raise DomainError(_("No column holds names."), code="no_names")
    guest_list.report = report_of(plan)
    if plan.refused and not guest_list.skips_refused:
        guest_list.status = GuestList.Status.REFUSED
        guest_list.save()
        return guest_list
    _write(guest_list, plan, progress or _silent)
    guest_list.report = report_of(plan)
    guest_list.status, guest_list.imported_at = GuestList.Status.IMPORTED, timezone.now()
    _drop_file(guest_list)
    guest_list.save()
    return guest_list


def report_of(plan: Plan) -> dict:
    """What a list keeps: counts, and each row by its line and its person's key."""
    rows = [
        {
            "line": row.guest.line,
            "outcome": row.outcome.value,
            "notes": row.notes,
            "person": row.known.key if row.known else None,
        }
        for row in plan.rows
    ]
    return {"counts": plan.counts, "rows": rows}


def one_at_a_time() -> None:
    """Wait for others who create, match or merge people; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTS])


def _silent(done: int, total: int) -> None:
    return None


def _write(guest_list: GuestList, plan: Plan, progress: Progress) -> None:
    created = [row for row in plan.going if row.outcome == Outcome.CREATED]
    changed = [row for row in plan.going if row.changes]
    guests = [row for row in plan.going if row.adds_guest]
    total = len(created) + len(changed) + len(guests)
    done = 0
    steps: list[tuple[list[Planned], Callable[[GuestList, list[Planned]], None]]] = [
        (created, _create_people),
        (changed, _change_people),
        (guests, _make_guests),
    ]
    for rows, write in steps:
        for start in range(0, len(rows), BATCH):
            chunk = rows[start : start + BATCH]
            write(guest_list, chunk)
            done += len(chunk)
            progress(done, total)


def _create_people(guest_list: GuestList, rows: list[Planned]) -> None:
    known = [row.known for row in rows if row.known]
    people = Person.objects.bulk_create([_new_person(one) for one in known])
    for one, person in zip(known, people, strict=True):
        one.key = person.pk


def _new_person(known: Known) -> Person:
    values = dict(known.values)
    native, latin = values["name_native"], values["name_latin"]
    if not values["preferred_language"]:
        values["preferred_language"] = "zh-hans" if HAN.search(native) and not latin else "en"
    return Person(sort_key=sort_key(native, latin), **values)


def _change_people(guest_list: GuestList, rows: list[Planned]) -> None:
    by_key = {row.known.key: row for row in rows if row.known}
    people = list(Person.objects.select_for_update(no_key=True).filter(pk__in=by_key))
    for person in people:
        row = by_key[person.pk]
        for name in row.changes:
            setattr(person, name, row.guest.values[name])
        if {"name_native", "name_latin"} & set(row.changes):
            person.sort_key = sort_key(person.name_native, person.name_latin)
        person.updated_at = timezone.now()
    fields = {name for row in rows for name in row.changes}
    Person.objects.bulk_update(people, [*fields, "sort_key", "updated_at"], batch_size=BATCH)


def _make_guests(guest_list: GuestList, rows: list[Planned]) -> None:
    now = timezone.now()
    shared = {"edition_id": guest_list.edition_id}
    if guest_list.purpose == GuestList.Purpose.INVITATIONS:
        Invitation.objects.bulk_create(
            Invitation(
                person_id=row.known.key,
                category_id=row.category,
                association_id=row.association,
                owner=guest_list.uploaded_by,
                **shared,
            )
            for row in rows
            if row.known
        )
        return
    Registration.objects.bulk_create(
        Registration(
            person_id=row.known.key,
            category_id=row.category,
            status=Registration.Status.PENDING,
            submitted_at=now,
            **shared,
        )
        for row in rows
        if row.known
    )


def _drop_file(guest_list: GuestList) -> None:
    """Once imported, the people are in the register; the file has no purpose any more."""
    file = guest_list.file.name
    storage = guest_list.file.storage
    guest_list.file = ""
    if file:
        transaction.on_commit(lambda: storage.delete(file))
