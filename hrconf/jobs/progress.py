"""How far long work is: written to its row, seldom enough to cost nothing."""

import time

from hrconf.jobs.models import Job

SECONDS_BETWEEN_WRITES = 0.5


class ProgressBar:
    """Called with (done, total); writes at most twice a second."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.next_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        self.job.total = max(total, 0)
        self.job.done = min(max(done, 0), self.job.total)
        if time.monotonic() >= self.next_at:
            self.flush()

    def flush(self) -> None:
        self.next_at = time.monotonic() + SECONDS_BETWEEN_WRITES
        Job.objects.filter(pk=self.job.pk).update(done=self.job.done, total=self.job.total)
