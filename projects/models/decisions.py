"""Decisions on projects: pending until released; places per sector seen while choosing."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Edition
from projects.models.projects import Project, Sector


class SelectionQuota(models.Model):
    """How many projects of a sector an edition means to accept."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="selection_quotas", verbose_name=_("edition")
    )
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="selection_quotas", verbose_name=_("sector")
    )
    places = models.PositiveIntegerField(_("places"))

    class Meta:
        verbose_name = _("sector quota")
        verbose_name_plural = _("sector quotas")
        ordering = ["-edition__year", "edition", "sector__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "sector"],
                name="selectionquota_once",
                violation_error_message=_("The sector has its quota."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector}: {self.places}"


class Decision(models.Model):
    """What becomes of a project; nobody outside learns of it before it is released."""

    class Outcome(models.TextChoices):
        ACCEPT = "accept", _("Accept")
        RESERVE = "reserve", _("Reserve list")
        DECLINE = "decline", _("Decline")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="decisions", verbose_name=_("edition")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="decisions", verbose_name=_("project")
    )
    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome)
    rank = models.PositiveSmallIntegerField(_("place on the reserve list"), null=True, blank=True)
    note = models.TextField(_("grounds, for the file"), blank=True)
    seen = models.JSONField(_("what was seen when deciding"), default=dict)
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )
    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(released_at__isnull=True),
                name="decision_one_pending",
                violation_error_message=_("The project has a pending decision."),
            ),
            models.UniqueConstraint(
                fields=["edition", "rank"],
                condition=Q(superseded_at__isnull=True, outcome="reserve"),
                name="decision_rank_once",
                violation_error_message=_("This place on the reserve list is taken."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="reserve", rank__gte=1)
                | (~Q(outcome="reserve") & Q(rank__isnull=True)),
                name="decision_reserve_has_rank",
                violation_error_message=_("The reserve list, and it alone, has places."),
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(released_at__gte=F("decided_at")),
                name="decision_released_after_decided",
                violation_error_message=_("A decision is released after it was taken."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(released_at__isnull=False),
                name="decision_superseded_was_released",
                violation_error_message=_("Only a released decision is superseded."),
            ),
        ]
        indexes = [models.Index(fields=["edition", "outcome"], name="decision_outcome_idx")]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_outcome_display()}"
