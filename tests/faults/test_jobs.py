"""Long work whose worker dies is started again, and once more is enough."""

import pytest

from hrconf.accounts.models import User
from hrconf.jobs import services
from hrconf.jobs.models import Job
from tests.faults import kinds  # noqa: F401  registers the kind in this process too
from tests.faults.servers import wait_until


def boss() -> User:
    return User.objects.create_superuser("boss@office.example")


@pytest.fixture(autouse=True)
def quick_sweep(monkeypatch, settings, worker):
    """The sweep need not wait, and both processes keep files in one folder."""
    monkeypatch.setattr(services, "STUCK_AFTER", services.STUCK_AFTER * 0)
    settings.MEDIA_ROOT = worker.media


def test_job_of_a_killed_worker_is_done_by_the_next(worker):
    worker.up()
    job = services.start_job(kind="slow_test", title="Slow", options={"seconds": 1.5}, by=boss())

    def now() -> Job:
        job.refresh_from_db()
        return job

    wait_until(lambda: now().state == Job.State.RUNNING and job.done > 0, lambda: job.state)
    worker.kill()
    worker.up()
    wait_until(lambda: now().is_over, lambda: job.state, services.sweep)

    assert (job.state, job.attempts) == (Job.State.DONE, 2)
    assert job.result.read() == b"done"
    job.result.close()


def test_job_ordered_while_the_broker_is_down_is_done_later(worker, broker):
    broker.kill()
    job = services.start_job(kind="slow_test", title="Slow", options={"seconds": 0.2}, by=boss())
    broker.up()
    worker.up()

    def is_over() -> bool:
        job.refresh_from_db()
        return job.is_over

    wait_until(is_over, lambda: job.state, services.sweep)

    assert (job.state, job.attempts) == (Job.State.DONE, 1)
