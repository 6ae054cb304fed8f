"""The papers of a project: decks and certificates, stored privately under names of ours."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models.projects import Project


def project_file_path(file: "ProjectFile", filename: str) -> str:
    """A name that nobody guesses; what the sender called the file is in its row."""
    return f"projects/{secrets.token_urlsafe(24)}"


class ProjectFile(models.Model):
    """A deck or a certificate of a project, cleaned and read through a view that asks who asks.

    `sha256` is of the bytes that are kept, `sent_sha256` of those that were sent: by it the
    same file sent twice is known. Readers who must not know whose it is see the kind and number only, as in “deck-2.pdf”.
    """

    class Kind(models.TextChoices):
        DECK = "deck", _("Deck")
        CERTIFICATE = "certificate", _("Certificate")

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="files", verbose_name=_("project")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(_("file"), upload_to=project_file_path)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    sent_sha256 = models.CharField(max_length=64, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
        help_text=_("Empty: who brings the project."),
    )

    class Meta:
        verbose_name = _("file of a project")
        verbose_name_plural = _("files of projects")
        ordering = ["project", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "number"],
                name="projectfile_number_once",
                violation_error_message=_("The project has a file of this number."),
            ),
            models.UniqueConstraint(
                fields=["project", "kind", "sent_sha256"],
                name="projectfile_same_bytes_once",
                violation_error_message=_("The project has this file already."),
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, number__gte=1),
                name="projectfile_not_empty",
                violation_error_message=_("The file is empty."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$", sent_sha256__regex=r"^[0-9a-f]{64}$"),
                name="projectfile_checksum",
                violation_error_message=_("A checksum is 64 hexadecimal digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
