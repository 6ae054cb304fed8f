"""Writes of long work: order it, do it, clear up after it."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _

from hrconf.accounts.models import User
from hrconf.jobs import tasks
from hrconf.jobs.kinds import get_kind, has_kind, may_order
from hrconf.jobs.locks import job_lock
from hrconf.jobs.models import Job
from hrconf.jobs.progress import ProgressBar
from hrconf.lib.traces import bare_trace
from hrconf.lib.wake import wake, wake_on_commit

log = logging.getLogger(__name__)
MAX_STARTS = 2
STUCK_AFTER = timedelta(seconds=30)


@transaction.atomic
def start_job(
    *,
    kind: str,
    title: str,
    options: Mapping[str, Any],
    by: User,
    source: File | None = None,
) -> Job:
    """Order long work: write its row and wake a worker on commit."""
    if not may_order(by, kind):
        raise PermissionDenied
    job = Job.objects.create(
        kind=kind,
        title=title,
        options=dict(options),
        language=translation.get_language() or by.language,
        created_by=by,
        source=source,
    )
    wake_on_commit(tasks.run_job, job.pk)
    return job


def run(job_id: int) -> bool:
    """Do the work if it waits; return whether it was ours to do.

    While it runs we hold a lock of the database session, so that the sweeper
    sees at once when the worker is gone.
    """
    with job_lock(job_id) as is_ours:
        if not (is_ours and Job.objects.claim(job_id)):
            return False
        job = Job.objects.select_related("created_by").get(pk=job_id)
        _work(job)
    return True


def _work(job: Job) -> None:
    try:
        with translation.override(job.language), ProgressBar(job) as progress:
            get_kind(job.kind).run(job, progress)
    except ValidationError as error:
        finish(job, Job.State.FAILED, error=" ".join(error.messages))
    except SoftTimeLimitExceeded:
        finish(job, Job.State.FAILED, error=_("The work took longer than it may."))
    except Exception as error:
        log.error("Job %s failed: %s", job.pk, bare_trace(error))
        finish(job, Job.State.FAILED, error=_("Something went wrong; the log says where."))
    else:
        finish(job, Job.State.DONE)


def finish(job: Job, state: str, error: str = "") -> None:
    """Close a job with its results."""
    job.state, job.error, job.finished_at = state, error, timezone.now()
    fields = ["state", "error", "finished_at", "report", "result", "result_name"]
    job.save(update_fields=fields)


def sweep() -> dict[str, int]:
    """Wake lost work, restart or end what a dead worker left, drop expired files."""
    waiting = Job.objects.waiting_long(timezone.now() - STUCK_AFTER)
    for job in waiting:
        wake(tasks.run_job, job.pk)
    freed = sum(free_if_dead(job) for job in Job.objects.running_long(STUCK_AFTER))
    return {"woken": len(waiting), "freed": freed, "expired": expire_files()}


def free_if_dead(job: Job) -> bool:
    """Start a job again, or end it, if nobody works on it."""
    with job_lock(job.pk) as nobody_works:
        if not nobody_works:
            return False
        job.refresh_from_db()
        if job.state != Job.State.RUNNING:
            return False
        _free(job)
    return True


def _free(job: Job) -> None:
    if may_restart(job) and job.attempts < MAX_STARTS:
        Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, done=0)
        wake(tasks.run_job, job.pk)
        return
    finish(job, Job.State.FAILED, error=_("The worker stopped half-way. Please order it again."))


def may_restart(job: Job) -> bool:
    """Whether the kind of the job, if there still is such a kind, may be started twice."""
    return has_kind(job.kind) and get_kind(job.kind).restarts


def expire_files() -> int:
    """Delete uploads and results that nobody needs any more; keep the rows."""
    keep = timedelta(days=settings.JOB_KEEP_DAYS)
    old = Job.objects.with_files().filter(finished_at__lt=timezone.now() - keep)
    for job in old:
        for file in [job.source, job.result]:
            if file:
                file.delete(save=False)
        Job.objects.filter(pk=job.pk).update(source="", result="")
    return len(old)
