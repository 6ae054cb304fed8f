"""Schedule files that came from other programs, and what came of each."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.editions import Edition


def schedule_path(schedule: "ScheduleImport", filename: str) -> str:
    """A name that nobody guesses; what the sender called the file is in its row."""
    return f"schedules/{secrets.token_urlsafe(24)}"


class ScheduleImport(models.Model):
    """A schedule of another program: its file, what it is to do, and what came of it."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        IMPORTED = "imported", _("Imported")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="schedule_imports", verbose_name=_("edition")
    )
    file = models.FileField(_("file"), upload_to=schedule_path, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("checksum"), max_length=64)
    overwrites = models.BooleanField(
        _("the file wins"),
        default=False,
        help_text=_("Also over what was changed here by hand since the last import."),
    )
    cancels_gone = models.BooleanField(
        _("cancel what the file lacks"),
        default=False,
        help_text=_("Sessions that an earlier import brought and that are not in this file."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)
    report = models.JSONField(_("report"), default=dict, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)

    class Meta:
        verbose_name = _("schedule import")
        verbose_name_plural = _("schedule imports")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="imported", imported_at__isnull=False)
                | Q(status="uploaded", imported_at__isnull=True),
                name="scheduleimport_imported_has_time",
                violation_error_message=_("An imported schedule has the time of its import."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
