"""Boarding: who got on the bus of a visit, at its start and after each stop."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.registrations import Seat
from events.models import VisitStop


class Boarding(models.Model):
    """A guest got on their bus: where the visit begins, or after a stop."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="boardings", verbose_name=_("seat"))
    stop = models.ForeignKey(
        VisitStop,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="boardings",
        verbose_name=_("stop"),
        help_text=_("After which stop; empty: where the visit begins."),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("boarding")
        verbose_name_plural = _("boardings")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "stop"],
                nulls_distinct=False,
                name="boarding_once_per_stop",
                violation_error_message=_("This guest is ticked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} · {self.stop or '—'}"
