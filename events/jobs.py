"""Long work on the programme: schedules in, the mails of a release out."""

from django.utils.translation import gettext as _

from events.imports.uploads import run_upload
from events.services.notices import JOB, tell_release
from hrconf.jobs.kinds import Progress, job_kind
from hrconf.jobs.models import Job


@job_kind("schedule_import", permission="events.add_scheduleimport")
def run_schedule_import(job: Job, progress: Progress) -> None:
    """Import an uploaded schedule: all of it or nothing; twice changes nothing."""
    job.report = run_upload(job.options["import"], progress=progress).report["counts"]


@job_kind(JOB, permission="events.add_release")
def run_release_news(job: Job, progress: Progress) -> None:
    """Write the mails of a release; started again it doubles nothing."""
    queued = tell_release(job.options["release"], progress)
    job.report = {"lines": [[_("Mails written"), queued]]}
