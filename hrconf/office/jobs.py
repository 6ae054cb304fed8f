"""Deeds to more rows than a page can wait for."""

from hrconf.jobs.kinds import ANY_OFFICE, Progress, job_kind
from hrconf.jobs.models import Job
from hrconf.office import doing


@job_kind(doing.JOB_KIND, permission=ANY_OFFICE)
def run_deed(job: Job, progress: Progress) -> None:
    """Do the deed to its rows: all of them in one transaction."""
    doing.run_deed(job, progress)
