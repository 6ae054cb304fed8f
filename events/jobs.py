"""Long work on the programme: schedules in."""

from events.imports.uploads import run_upload
from hrconf.jobs.kinds import Progress, job_kind
from hrconf.jobs.models import Job


@job_kind("schedule_import", permission="events.add_scheduleimport")
def run_schedule_import(job: Job, progress: Progress) -> None:
    """Import an uploaded schedule: all of it or nothing; twice changes nothing."""
    job.report = run_upload(job.options["import"], progress=progress).report["counts"]
