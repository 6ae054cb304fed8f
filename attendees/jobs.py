"""Long work on guests: lists in, lists out."""

import tempfile

from django.core.files.base import File
from django.utils.translation import gettext as _

from attendees import exporting  # noqa: F401  names the columns of our lists
from attendees.importing.writing import import_guest_list
from attendees.models import GuestList, Person
from attendees.services.campaigns import write_campaign
from attendees.services.duplicates import find_duplicates, refresh_keys
from attendees.services.own_data import OWN_DATA_NAME, write_own_data
from hrconf.jobs.kinds import Progress, job_kind
from hrconf.jobs.models import Job
from hrconf.lib.errors import DomainError
from hrconf.office.exporting import run_export


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
    run_export(job, progress, label="attendees.registration", name=_("Registrations"))


@job_kind("seats_export", permission="attendees.export_registration")
def run_seats_export(job: Job, progress: Progress) -> None:
    """Write the chosen seats as a spreadsheet."""
    run_export(job, progress, label="attendees.seat", name=_("Seats"))


@job_kind("people_export", permission="attendees.export_person")
def run_people_export(job: Job, progress: Progress) -> None:
    """Write the chosen people as a spreadsheet."""
    run_export(job, progress, label="attendees.person", name=_("People"))


@job_kind("invitations_export", permission="attendees.export_person")
def run_invitations_export(job: Job, progress: Progress) -> None:
    """Write the chosen invitations as a spreadsheet."""
    run_export(job, progress, label="attendees.invitation", name=_("Invitations"))
