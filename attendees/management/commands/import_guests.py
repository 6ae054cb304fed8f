"""Import a guest list: `manage.py import_guests FILE --edition SLUG [--dry-run]`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from attendees.importing.planning import Outcome
from attendees.importing.remembering import check_columns, fields_by_heading
from attendees.importing.writing import (
    header_of,
    import_guest_list,
    plan_guest_list,
    report_of,
    upload_guest_list,
)
from attendees.models import Association, Category, GuestList
from events.models import Edition
from hrconf.lib.errors import DomainError
from hrconf.lib.sheets import EncodingUnclear, Rows, SheetError, read_rows
from hrconf.lib.sheets_in import ENCODINGS

# What people call the encodings, besides the names of codecs.
NAMES = {
    "utf8": "utf-8-sig",
    "utf-8": "utf-8-sig",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "gb-18030": "gb18030",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf16": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-16le": "utf-16-le",
}


class Command(BaseCommand):
    help = "Imports a guest list (XLSX or CSV): every row, or none if one is refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--edition", required=True, metavar="SLUG")
        parser.add_argument("--encoding", metavar="NAME", help="For CSV: utf-8, gb18030, big5 …")
        parser.add_argument("--map", metavar="FILE", help='JSON: {"heading": "field", …}.')
        parser.add_argument("--purpose", default="people", help="people, invitations, …")
        parser.add_argument("--category", metavar="KIND", help="For rows that name none.")
        parser.add_argument("--association", metavar="SLUG", help="For rows that name none.")
        parser.add_argument("--dry-run", action="store_true", help="Write nothing.")
        parser.add_argument("--skip-refused", action="store_true", help="Import the other rows.")

    def handle(self, *args: Any, **options: Any) -> None:
        guest_list = described(options)
        data = file_of(options["file"])
        guest_list.encoding = encoding_of(options["encoding"])
        try:
            table = read_rows(ContentFile(data), guest_list.encoding or None)
            guest_list.columns = columns_of(table, options["map"])
            file = ContentFile(data, name=Path(options["file"]).name)
            report = self.run(guest_list, file, is_dry=options["dry_run"])
        except EncodingUnclear as unclear:
            names = ", ".join(f"--encoding {one.encoding}" for one in unclear.candidates)
            raise CommandError(f"{unclear.messages[0]} ({names})") from None
        except (DomainError, SheetError) as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.tell(report, options)

    def run(self, guest_list: GuestList, file: ContentFile, *, is_dry: bool) -> dict:
        """The report of an import; of a dry run nothing stays in the database or on disk."""
        if not is_dry:
            upload_guest_list(guest_list, file, by=None)
            return import_guest_list(guest_list.pk).report
        with transaction.atomic():
            upload_guest_list(guest_list, file, by=None)
            try:
                header, plan = plan_guest_list(guest_list)
            finally:
                guest_list.file.storage.delete(guest_list.file.name)
            transaction.set_rollback(True)
        check_columns(header.fields)
        return report_of(plan)

    def tell(self, report: dict, options: dict) -> None:
        """Counts, each row, and a failure if refused rows kept everything out."""
        counts = report["counts"]
        if options["verbosity"] > 0:
            for row in report["rows"]:
                notes = "; ".join(str(note) for note in row["notes"])
                self.stdout.write(f"line {row['line']}\t{row['outcome']}\t{notes}".rstrip())
        line = ", ".join(f"{outcome.value} {counts[outcome.value]}" for outcome in Outcome)
        self.stdout.write(f"{line}{' (dry run)' if options['dry_run'] else ''}")
        if counts["refused"] and not (options["dry_run"] or options["skip_refused"]):
            raise CommandError("Nothing was imported, because rows are refused.", returncode=2)
        if counts["refused"] and options["dry_run"] and not options["skip_refused"]:
            raise CommandError("Nothing would be imported: rows are refused.", returncode=2)


def described(options: dict) -> GuestList:
    """The list without its file, or one sentence about what is wrong with the options."""
    edition = Edition.objects.filter(slug=options["edition"]).first()
    if edition is None:
        known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no edition {options['edition']!r}; there is: {known or '-'}.")
    if options["purpose"] not in GuestList.Purpose.values:
        raise CommandError(f"--purpose is one of {', '.join(GuestList.Purpose.values)}.")
    guest_list = GuestList(
        edition=edition,
        purpose=options["purpose"],
        category=category_of(edition, options["category"]),
        association=association_of(options["association"]),
        skips_refused=options["skip_refused"],
    )
    if guest_list.purpose != GuestList.Purpose.PEOPLE and guest_list.category is None:
        raise CommandError(f"--purpose {guest_list.purpose} needs --category KIND.")
    return guest_list


def category_of(edition: Edition, kind: str | None) -> Category | None:
    if kind is None:
        return None
    if found := edition.categories.filter(kind=kind).first():
        return found
    known = ", ".join(edition.categories.values_list("kind", flat=True))
    raise CommandError(f"The edition has no category {kind!r}; it has: {known or '-'}.")


def association_of(slug: str | None) -> Association | None:
    if slug is None:
        return None
    if found := Association.objects.filter(slug=slug).first():
        return found
    raise CommandError(f"There is no association {slug!r}.")


def file_of(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from None


def encoding_of(name: str | None) -> str:
    if name is None:
        return ""
    found = NAMES.get(name.lower(), name.lower())
    if found not in ENCODINGS:
        raise CommandError(f"Unknown encoding {name!r}; known are {', '.join(ENCODINGS)}.")
    return found


def columns_of(table: Rows, path: str | None) -> list[str] | None:
    """The fields that a map gives the columns; without a map None: remembered or guessed."""
    if path is None:
        return None
    try:
        choices = json.loads(file_of(path))
    except ValueError:
        raise CommandError(f"{path} is no JSON.") from None
    is_map = isinstance(choices, dict) and all(isinstance(v, str) for v in choices.values())
    if not is_map:
        raise CommandError(f'{path} is no map such as {{"heading": "field"}}.')
    fields = fields_by_heading(table.header, choices)
    check_columns(fields)
    return header_of(table, fields).fields
