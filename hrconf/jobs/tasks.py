"""What Celery wakes up for long work, and the signs of life."""

from celery import shared_task
from django.utils import timezone

from hrconf.jobs.models import Heartbeat


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
    """A worker took this from the broker: both live."""
    beat("worker")


@shared_task
def beat_heartbeat() -> None:
    """Beat asked for this: it lives."""
    beat("beat")


def beat(name: str) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": timezone.now()})
