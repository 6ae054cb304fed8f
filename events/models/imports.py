"""Schedule files that came from other programs, and what came of each."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.editions import Edition
from hrconf.jobs.uploads import Upload


def schedule_path(schedule: "ScheduleImport", filename: str) -> str:
    """A name that nobody guesses; what the sender called the file is in its row."""
    return f"schedules/{secrets.token_urlsafe(24)}"


class ScheduleImport(Upload):
    """A schedule of another program: its file, what it is to do, and what came of it."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        IMPORTED = "imported", _("Imported")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="schedule_imports", verbose_name=_("edition")
    )
    file = models.FileField(_("file"), upload_to=schedule_path, blank=True)
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

    class Meta(Upload.Meta):
        verbose_name = _("schedule import")
        verbose_name_plural = _("schedule imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="imported", imported_at__isnull=False)
                | Q(status="uploaded", imported_at__isnull=True),
                name="scheduleimport_imported_has_time",
                violation_error_message=_("An imported schedule has the time of its import."),
            ),
        ]
