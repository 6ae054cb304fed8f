"""Long work on the programme."""

from django.utils.translation import gettext as _

from events.services.notices import JOB, tell_release
from hrconf.jobs.kinds import Progress, job_kind
from hrconf.jobs.models import Job


@job_kind(JOB, permission="events.add_release")
def run_release_news(job: Job, progress: Progress) -> None:
    """Write the mails of a release; started again it doubles nothing."""
    queued = tell_release(job.options["release"], progress)
    job.report = {"lines": [[_("Mails written"), queued]]}
