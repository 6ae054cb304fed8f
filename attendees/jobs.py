"""Long work on guests: lists in, lists out."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees import exporting
from attendees.importing.writing import import_guest_list
from attendees.models import GuestList, Person
from attendees.services.campaigns import write_campaign
from attendees.services.duplicates import find_duplicates, refresh_keys
from attendees.services.own_data import OWN_DATA_NAME, write_own_data
from attendees.services.visa_letters import issue_letters
from hrconf.jobs.kinds import Progress, job_kind
from hrconf.jobs.models import Job
from hrconf.lib.errors import DomainError
from hrconf.lib.sheets import Sheet, write_csv, write_xlsx

FORMATS = ["xlsx", "csv"]


@job_kind("guest_list", permission="attendees.add_guestlist")
def run_guest_list(job: Job, progress: Progress) -> None:
    """Import a guest list: all of it or nothing; twice changes nothing."""
    guest_list = import_guest_list(job.options["guest_list"], progress=progress)
    job.report = guest_list.report["counts"]
    find_duplicates()
    if guest_list.status == GuestList.Status.REFUSED:
        raise DomainError(
            _("Nothing was imported: %(count)s rows are refused.")
            % {"count": guest_list.report["counts"]["refused"]},
            code="refused",
        )


@job_kind("find_duplicates", permission="attendees.change_duplicate")
def run_find_duplicates(job: Job, progress: Progress) -> None:
    """Look for records that may be of one person."""
    refresh_keys(progress)
    job.report = {"lines": [[_("Possible doubles"), find_duplicates()]]}


@job_kind("own_data", permission="attendees.export_person")
def run_own_data(job: Job, progress: Progress) -> None:
    """Gather everything about a person, to be handed out to them."""
    person = Person.objects.current().get(pk=job.options["person"])
    with tempfile.TemporaryFile() as file:
        rows = write_own_data(person, file, progress)
        file.seek(0)
        job.result_name = OWN_DATA_NAME
        job.result.save("own-data", File(file), save=False)
    job.report = {"lines": [[_("Rows"), rows]]}


@job_kind("campaign", permission="attendees.change_campaign")
def run_campaign(job: Job, progress: Progress) -> None:
    """Write the letters of a campaign; started again it goes on where it was."""
    written = write_campaign(job.options["campaign"], progress)
    job.report = {"lines": [[_("Letters written"), written]]}


@job_kind("registrations_export", permission="attendees.export_registration")
def run_registrations_export(job: Job, progress: Progress) -> None:
    """Write the chosen registrations as a spreadsheet."""
    fields = exporting.registration_fields()
    _export(job, progress, _("Registrations"), fields, exporting.registrations)


@job_kind("people_export", permission="attendees.export_person")
def run_people_export(job: Job, progress: Progress) -> None:
    """Write the chosen people as a spreadsheet."""
    _export(job, progress, _("People"), exporting.person_fields(), exporting.people)


@job_kind("visa_letters", permission="attendees.decide_visarequest")
def run_visa_letters(job: Job, progress: Progress) -> None:
    """Issue letters one by one; a letter that is issued already is left out."""
    job.report = {"lines": issue_letters(job.options["requests"], job.created_by, progress)}


def _export(
    job: Job,
    progress: Progress,
    name: str,
    fields: Sequence[exporting.Field],
    load: Callable[[Sequence[int]], Iterable[Any]],
) -> None:
    keys, form = job.options["keys"], job.options["format"]
    rows = _lines(fields, load(keys), len(keys), progress)
    with tempfile.TemporaryFile() as file:
        if form == "csv":
            titles = [field.title for field in fields]
            written = write_csv(file, _with_titles(titles, rows)) - 1
        else:
            sheet = Sheet.table(name, exporting.columns(fields), rows)
            written = write_xlsx(file, [sheet], title=name)
        file.seek(0)
        job.report = {"rows": written}
        job.result_name = f"{name} {timezone.localdate():%Y-%m-%d}.{form}"
        job.result.save("export", File(file), save=False)


def _with_titles(titles: list[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield titles
    yield from rows


def _lines(
    fields: Sequence[exporting.Field], rows: Iterable[Any], total: int, progress: Progress
) -> Iterator[list[Any]]:
    """The cells of each row; says now and then how far it is."""
    for number, row in enumerate(rows, 1):
        yield [field.read(row) for field in fields]
        if number % 100 == 0:
            progress(number, total)
    progress(total, total)
