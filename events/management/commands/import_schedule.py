"""`manage.py import_schedule FILE --edition SLUG [--create] [--dry-run]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from events.imports.creating import create_edition
from events.imports.files import ScheduleIn
from events.imports.moments import zone_named
from events.imports.plans import Outcome, Plan, Planned, Wishes
from events.imports.reading import read_schedule
from events.imports.writing import import_schedule
from events.models import Edition

LABELS = {
    Outcome.CREATED: "created",
    Outcome.CHANGED: "changed",
    Outcome.UNCHANGED: "unchanged",
    Outcome.REFUSED: "refused",
    Outcome.GONE: "not in the file",
}


class DryRun(Exception):
    """Takes everything back that was written."""


class Command(BaseCommand):
    help = "Import a schedule (frab XML or JSON, iCalendar) into the drafts of an edition."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--edition", required=True, metavar="SLUG")
        parser.add_argument("--create", action="store_true", help="make the edition of the file")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen only")
        parser.add_argument("--time-zone", metavar="NAME", help="such as Asia/Shanghai")
        parser.add_argument(
            "--overwrite", action="store_true", help="what was changed here by hand goes, too"
        )
        parser.add_argument(
            "--cancel-missing", action="store_true", help="cancel what the file lacks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.filter(slug=options["edition"]).first()
        if edition is None and not options["create"]:
            raise CommandError(
                f"There is no edition “{options['edition']}”: give --create to make it."
            )
        try:
            schedule = read_schedule(
                data_of(options["file"]),
                zone=zone_of(options["time_zone"]),
                fallback=edition.tz if edition else None,
            )
            wishes = Wishes(options["overwrite"], options["cancel_missing"])
            is_new = edition is None
            edition, plan = run(edition, schedule, wishes, options)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        self.tell(edition, plan, is_new=is_new, is_dry=options["dry_run"])

    def tell(self, edition: Edition, plan: Plan, *, is_new: bool, is_dry: bool) -> None:
        for note in plan.schedule.notes:
            self.stdout.write(f"Note: {note}")
        for row in plan.rows:
            if row.notes or row.outcome in {Outcome.REFUSED, Outcome.GONE}:
                self.stdout.write(line_of(row))
        counts = ", ".join(f"{plan.counts[outcome]} {LABELS[outcome]}" for outcome in Outcome)
        self.stdout.write(f"{len(plan.schedule.sessions)} sessions read: {counts}.")
        if is_new:
            first, last = edition.starts_on, edition.ends_on
            made = "would be made" if is_dry else "is made and public"
            self.stdout.write(
                f"The edition “{edition.slug}” {made}: {first} to {last}, {edition.time_zone}."
            )
        if is_dry:
            self.stdout.write("This was a dry run: nothing is written.")


def run(
    edition: Edition | None, schedule: ScheduleIn, wishes: Wishes, options: dict[str, Any]
) -> tuple[Edition, Plan]:
    """Everything or nothing; a dry run does it all and takes it back."""
    done: list[tuple[Edition, Plan]] = []
    try:
        with transaction.atomic():
            target = edition or create_edition(schedule, options["edition"])
            done.append((target, import_schedule(target, schedule, wishes)))
            if options["dry_run"]:
                raise DryRun
    except DryRun:
        pass
    return done[0]


def line_of(row: Planned) -> str:
    place = f"Row {row.row}" if row.row else "Here"
    notes = "; ".join(row.notes)
    return f"{place} “{row.label}”: {LABELS[row.outcome]}" + (f" ({notes})" if notes else "")


def data_of(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from None


def zone_of(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    zone = zone_named(name)
    if zone is None:
        raise CommandError(f"“{name}” is no time zone.")
    return zone
