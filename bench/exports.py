"""The memory that an export takes, by how many registrations it holds.

    make bench-exports ARGS="--rows 1000 10000 50000"

Makes a database of its own on the server of DATABASE_URL and drops it at the end.
Each measurement is a process of its own that runs the job as the worker does: once
to see the largest size of the process (over what it had before the job), once under
tracemalloc. Prints a Markdown table.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

FORMATS = ["xlsx", "csv"]
AT_A_TIME, QUESTIONS = 500, 10
MEGABYTE = 1024 * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="*", default=[1000, 10_000, 50_000])
    parser.add_argument("--one", nargs=3, metavar=("HOW", "FORMAT", "ROWS"), help="for ourselves")
    chosen = parser.parse_args()
    django.setup()
    if chosen.one:
        how, form, rows = chosen.one
        print(json.dumps(measure(how, form, int(rows))))
        return
    with scratch_database(max(chosen.rows)) as environment:
        print("| rows | file | process grows by, MB | tracemalloc's peak, MB |")
        print("| --- | --- | --- | --- |")
        for form in FORMATS:
            for rows in chosen.rows:
                size, peak = (ask(how, form, rows, environment) for how in ("size", "peak"))
                print(f"| {rows:,} | {form} | {size:.0f} | {peak:.1f} |", flush=True)


@contextmanager
def scratch_database(rows: int) -> Iterator[dict[str, str]]:
    """A database with so many registrations, and the environment of who measures on it."""
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(rows)
        url = os.environ["DATABASE_URL"]
        yield {**os.environ, "DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}"}
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def fill(rows: int) -> None:
    """Guests with a place each, a companion and answers to ten questions."""
    from attendees.models import Companion, Person, Registration
    from tests import make
    from tests.attendees import make_forms

    edition = make.edition()
    category, form = make.category(edition), make_forms.form(edition=edition)
    keys = [make_forms.question(form, f"question_{n}").key for n in range(QUESTIONS)]
    answers = {form.slug: {key: f"Answer to {key}, a sentence long" for key in keys}}
    for start in range(0, rows, AT_A_TIME):
        numbers = range(start, min(start + AT_A_TIME, rows))
        people = Person.objects.bulk_create(guest(number) for number in numbers)
        places = Registration.objects.bulk_create(
            Registration(edition=edition, person=person, category=category, answers=answers)
            for person in people
        )
        Companion.objects.bulk_create(
            Companion(registration=place, name=f"Companion {place.pk}") for place in places
        )


def guest(number: int) -> Any:
    from attendees.models import Person

    return Person(
        name_native=f"来宾{number}",
        name_latin=f"Guest {number}",
        sort_key=f"guest {number}",
        email=f"guest{number}@guests.example",
        country="CA",
        organization_en=f"Association of Engineers {number}",
        organization_zh_hans=f"第{number}工程师协会",
    )


def ask(how: str, form: str, rows: int, environment: dict[str, str]) -> float:
    """Measure in a process that did nothing else; return megabytes."""
    command = [sys.executable, "-m", "bench.exports", "--one", how, form, str(rows)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1]) / MEGABYTE


def measure(how: str, form: str, rows: int) -> int:
    """Run the job over so many rows; return the bytes it took at its peak."""
    before = largest()
    if how == "peak":
        tracemalloc.start()
    export(form, rows)
    return tracemalloc.get_traced_memory()[1] if how == "peak" else largest() - before


def largest() -> int:
    """The largest size of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def export(form: str, rows: int) -> None:
    """Order the export of all columns and do it here, as the worker would."""
    from attendees.models import Registration
    from hrconf.accounts.models import User
    from hrconf.jobs.models import Job
    from hrconf.jobs.services import run
    from hrconf.office.columns import get_exportable

    boss, _made = User.objects.get_or_create(email="bench@office.example", is_superuser=True)
    keys = list(Registration.objects.order_by("pk").values_list("pk", flat=True)[:rows])
    columns = [field.key for field in get_exportable("attendees.registration").fields_for(boss)]
    options = {"format": form, "columns": columns, "keys": keys}
    job = Job.objects.create(
        kind="registrations_export", title="Bench", options=options, created_by=boss
    )
    run(job.pk)
    job.refresh_from_db()
    if job.report != {"rows": rows}:
        raise SystemExit(f"The export failed: {job.error} {job.report}")
    job.result.delete(save=False)


if __name__ == "__main__":
    main()
