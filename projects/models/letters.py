"""Letters of decision and their register: a number each, none twice, none left out."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Edition
from projects.models.decisions import Decision

SHA256 = r"^[0-9a-f]{64}$"


class DecisionRegister(models.Model):
    """The last number taken in an edition's register; who writes a letter holds its row."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="decision_register", verbose_name=_("edition")
    )
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("register of letters of decision")
        verbose_name_plural = _("registers of letters of decision")

    def __str__(self) -> str:
        return str(self.edition)


class DecisionLetter(models.Model):
    """A line of the register of letters of decision, with the PDF as it was sent."""

    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="letter", verbose_name=_("decision")
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="decision_letters", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(_("number"))
    reference = models.CharField(_("number of the letter"), max_length=80, unique=True)
    sha256 = models.CharField(_("checksum of the PDF (SHA-256)"), max_length=64)
    pdf = models.BinaryField(_("PDF"))
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("issued by"),
    )

    class Meta:
        verbose_name = _("letter of decision")
        verbose_name_plural = _("letters of decision")
        ordering = ["-edition__year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="decisionletter_number_once",
                violation_error_message=_("The number is taken in the register."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="decisionletter_number_positive",
                violation_error_message=_("The register begins with number 1."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256),
                name="decisionletter_has_checksum",
                violation_error_message=_("A letter has the checksum of its PDF."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def issued_on(self) -> date:
        """The day on the letter: counted where the conference is held."""
        return self.issued_at.astimezone(self.edition.tz).date()
