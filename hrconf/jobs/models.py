"""Long work that a person can leave and come back to, and signs of life."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def source_path(job: "Job", filename: str) -> str:
    """Where an upload is kept: a name of ours, never the one that was sent."""
    return f"jobs/in/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


def result_path(job: "Job", filename: str) -> str:
    """Where a result is kept; the reader's copy is called `result_name`."""
    return f"jobs/out/{timezone.now():%Y/%m}/{uuid.uuid4().hex}"


class JobQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """A person sees the work they ordered."""
        return self.filter(created_by=user)

    def waiting_long(self, since: datetime) -> Self:
        """Work whose wake-up may be lost."""
        return self.filter(state=Job.State.WAITING, created_at__lt=since)

    def running_long(self, at_least: timedelta) -> Self:
        """Work that has been going for a while, so that its lock must be held."""
        return self.filter(state=Job.State.RUNNING, started_at__lt=timezone.now() - at_least)

    def with_files(self) -> Self:
        return self.exclude(source="", result="")

    def claim(self, job_id: int) -> bool:
        """Whether the caller, and nobody else, may now do the work."""
        claimed = self.filter(pk=job_id, state=Job.State.WAITING).update(
            state=Job.State.RUNNING,
            started_at=timezone.now(),
            attempts=F("attempts") + 1,
            done=0,
        )
        return claimed == 1


class Job(models.Model):
    """A piece of long work: an import, an export. Its row says how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=50)
    title = models.CharField(_("title"), max_length=200)
    options = models.JSONField(_("options"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    report = models.JSONField(_("report"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    source = models.FileField(_("uploaded file"), upload_to=source_path, blank=True)
    result = models.FileField(_("result"), upload_to=result_path, blank=True)
    result_name = models.CharField(_("file name"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name=_("ordered by")
    )
    created_at = models.DateTimeField(_("ordered"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")),
                name="job_done_within_total",
                violation_error_message=_("No more can be done than there is."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="job_finished_has_time",
                violation_error_message=_("Finished work has the time of its end."),
            ),
        ]
        indexes = [models.Index(fields=["created_by", "-created_at"], name="job_mine_idx")]

    def __str__(self) -> str:
        return self.title

    @property
    def error_text(self) -> str:
        """The error for the reader: our own sentences are kept untranslated."""
        return gettext(self.error) if self.error else ""

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}


class Heartbeat(models.Model):
    """When a process last showed that it lives."""

    name = models.CharField(_("process"), max_length=20, primary_key=True)
    beat_at = models.DateTimeField(_("last beat"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return self.name
