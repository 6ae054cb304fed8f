"""Import a list of projects: `manage.py import_projects FILE --edition SLUG [--dry-run]`."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from attendees.importing.planning import Outcome
from attendees.management.commands.import_guests import encoding_of, file_of
from events.models import Edition
from hrconf.lib.errors import DomainError
from hrconf.lib.sheets import EncodingUnclear, Rows, SheetError
from projects.importing.columns import check_fields, fields_of_map
from projects.importing.reading import read_table
from projects.importing.writing import (
    import_project_list,
    plan_project_list,
    report_of,
    upload_project_list,
)
from projects.models import ProjectList, Sector


class Command(BaseCommand):
    help = "Imports a list of projects (CSV, XLSX, JSON): every row, or none if one is refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--edition", required=True, metavar="SLUG")
        parser.add_argument("--map", metavar="FILE", help='JSON: {"heading": "field", …}.')
        parser.add_argument("--encoding", metavar="NAME", help="For CSV: utf-8, gb18030, big5 …")
        parser.add_argument("--sector", metavar="SLUG", help="For rows of no sector of ours.")
        parser.add_argument("--standing", default="applied", help="draft, applied or accepted.")
        parser.add_argument("--invited-on", metavar="DATE", help="For new projects: 2017-09-01.")
        parser.add_argument("--dry-run", action="store_true", help="Write nothing.")
        parser.add_argument("--skip-refused", action="store_true", help="Import the other rows.")

    def handle(self, *args: Any, **options: Any) -> None:
        row = described(options)
        data = file_of(options["file"])
        row.encoding = encoding_of(options["encoding"])
        try:
            table = self.read(row, data)
            row.columns = columns_of(table, options["map"])
            file = ContentFile(data, name=Path(options["file"]).name)
            report = run(row, file, is_dry=options["dry_run"])
        except (DomainError, SheetError) as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.tell(report, options)

    def read(self, row: ProjectList, data: bytes) -> Rows:
        """The table; of several encodings the likeliest is taken, and said."""
        try:
            return read_table(data, row.encoding)
        except EncodingUnclear as unclear:
            first, *others = unclear.candidates
            names = ", ".join(one.encoding for one in others)
            self.stderr.write(f"Read as {first.label}; --encoding can say otherwise: {names}.")
            row.encoding = first.encoding
            return read_table(data, row.encoding)

    def tell(self, report: dict, options: dict) -> None:
        """Counts, each row, and a failure if refused rows kept everything out."""
        counts = report["counts"]
        if options["verbosity"] > 0:
            for row in report["rows"]:
                notes = "; ".join(str(note) for note in row["notes"])
                line = f"line {row['line']}\t{row['outcome']}\t{row['label']}\t{notes}"
                self.stdout.write(line.rstrip())
        line = ", ".join(f"{outcome.value} {counts[outcome.value]}" for outcome in Outcome)
        self.stdout.write(f"{line}{' (dry run)' if options['dry_run'] else ''}")
        if counts["refused"] and not options["skip_refused"]:
            text = "would be" if options["dry_run"] else "was"
            raise CommandError(f"Nothing {text} imported: rows are refused.", returncode=2)


def run(row: ProjectList, file: ContentFile, *, is_dry: bool) -> dict:
    """The report of an import; of a dry run nothing stays in the database or on disk."""
    if not is_dry:
        upload_project_list(row, file, by=None)
        return import_project_list(row.pk).report
    with transaction.atomic():
        upload_project_list(row, file, by=None)
        try:
            header, plan = plan_project_list(row)
        finally:
            row.file.storage.delete(row.file.name)
        transaction.set_rollback(True)
    check_fields(header.fields)
    return report_of(plan)


def described(options: dict) -> ProjectList:
    """The list without its file, or one sentence about what is wrong with the options."""
    edition = Edition.objects.filter(slug=options["edition"]).first()
    if edition is None:
        known = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no edition {options['edition']!r}; there is: {known or '-'}.")
    if options["standing"] not in ProjectList.STANDINGS:
        names = ", ".join(ProjectList.STANDINGS)
        raise CommandError(f"--standing is one of {names}.")
    return ProjectList(
        edition=edition,
        sector=sector_of(options["sector"]),
        standing=options["standing"],
        invited_on=day_of(options["invited_on"]),
        skips_refused=options["skip_refused"],
    )


def sector_of(slug: str | None) -> Sector | None:
    if slug is None:
        return None
    if found := Sector.objects.filter(slug=slug).first():
        return found
    known = ", ".join(Sector.objects.values_list("slug", flat=True))
    raise CommandError(f"There is no sector {slug!r}; there is: {known or '-'}.")


def day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"{text!r} is no date such as 2017-09-01.") from None


def columns_of(table: Rows, path: str | None) -> list[str] | None:
    """The fields that a map gives the columns; without a map None: remembered or looked up."""
    if path is None:
        return None
    try:
        choices = json.loads(file_of(path))
    except ValueError:
        raise CommandError(f"{path} is no JSON.") from None
    is_map = isinstance(choices, dict) and all(isinstance(v, str) for v in choices.values())
    if not is_map:
        raise CommandError(f'{path} is no map such as {{"heading": "field"}}.')
    return fields_of_map(table.header, choices)
