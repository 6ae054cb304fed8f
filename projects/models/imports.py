"""Lists of projects that the office uploads, and what came of each."""

import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Edition
from hrconf.jobs.uploads import Upload
from projects.models.projects import Project, Sector


def project_list_path(row: "ProjectList", filename: str) -> str:
    """A name that nobody guesses; what the sender called the file is in its row."""
    return f"project-lists/{secrets.token_urlsafe(24)}"


class ProjectList(Upload):
    """A spreadsheet or JSON file of projects: how it is read, and what came of it."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        IMPORTED = "imported", _("Imported")
        REFUSED = "refused", _("Refused")

    STANDINGS = [Project.Status.DRAFT, Project.Status.APPLIED, Project.Status.ACCEPTED]

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="project_lists", verbose_name=_("edition")
    )
    file = models.FileField(_("file"), upload_to=project_list_path, blank=True)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    signature = models.CharField(_("signature"), max_length=64, blank=True, editable=False)
    columns = ArrayField(
        models.CharField(max_length=30, blank=True),
        null=True,
        blank=True,
        verbose_name=_("columns"),
        help_text=_("The field of each column; empty for one that is left out."),
    )
    sector = models.ForeignKey(
        Sector,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sector"),
        help_text=_("For rows whose sector is none of ours. Without it they are filed as other."),
    )
    standing = models.CharField(
        _("new projects are"),
        max_length=12,
        choices=[(one.value, one.label) for one in STANDINGS],
        default=Project.Status.APPLIED,
        help_text=_("Where the list itself does not say it."),
    )
    invited_on = models.DateField(
        _("invited"),
        null=True,
        blank=True,
        help_text=_("For new projects, where the list itself does not say it."),
    )
    skips_refused = models.BooleanField(
        _("import without the refused rows"),
        default=False,
        help_text=_("Otherwise one refused row keeps the whole list out."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)

    class Meta(Upload.Meta):
        verbose_name = _("project list")
        verbose_name_plural = _("project lists")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="imported", imported_at__isnull=False)
                | ~Q(status="imported") & Q(imported_at__isnull=True),
                name="projectlist_imported_has_time",
                violation_error_message=_("An imported list has the time of its import."),
            ),
        ]
        indexes = [models.Index(fields=["signature", "-uploaded_at"], name="projectlist_sign_idx")]
