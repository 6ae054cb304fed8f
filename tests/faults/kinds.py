"""A kind of long work for the fault tests: slow, and it says how far it is."""

import time

from django.core.files.base import ContentFile

from hrconf.jobs.kinds import job_kind


@job_kind("slow_test", permission="jobs.view_job")
def slow(job, progress) -> None:
    """Takes `seconds`, in steps of a tenth; leaves a file."""
    steps = int(job.options["seconds"] * 10)
    for done in range(steps):
        progress(done, steps)
        time.sleep(0.1)
    job.result.save("x", ContentFile(b"done"), save=False)
    job.result_name = "done.txt"
