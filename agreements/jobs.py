"""Long work of agreements: reports that are too large to wait for."""

from tempfile import TemporaryFile

from django.core.files import File
from django.utils.translation import gettext as _

from agreements.reports.files import draw_report
from events.models import Edition
from hrconf.jobs.kinds import Progress, job_kind
from hrconf.jobs.models import Job


@job_kind("agreement_report", permission="agreements.view_agreement")
def draw_agreement_report(job: Job, progress: Progress) -> None:
    """Draw a report for who ordered it, as far as they may see agreements now."""
    options = job.options
    with TemporaryFile() as file:
        drawn = draw_report(
            file,
            edition=Edition.objects.get(slug=options["edition"]),
            filters=options["filters"],
            format=options["format"],
            language=options["language"],
            by=job.created_by,
            progress=progress,
        )
        file.seek(0)
        job.result.save(drawn.name, File(file), save=False)
    job.result_name = drawn.name
    job.report = {"lines": [[_("Rows"), drawn.rows]]}
