"""What Celery wakes up for long work, and the signs of life."""

from celery import shared_task

from hrconf.jobs.heartbeats import sign


@shared_task
def run_job(job_id: int) -> None:
    """Do a piece of long work, if nobody does it yet."""
    from hrconf.jobs.services import run

    run(job_id)


@shared_task
def sweep_jobs() -> None:
    """Restart or end work whose worker died; drop expired files."""
    from hrconf.jobs.services import sweep

    sweep()


@shared_task
def worker_heartbeat() -> None:
    """Beat asked, the broker carried it, a worker did it: work gets done."""
    sign("work")
