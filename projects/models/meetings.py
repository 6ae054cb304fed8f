"""One-to-one meetings between a project and someone who may further it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models import Registration
from events.models import Booking, Edition
from projects.models.projects import Project


class Meeting(models.Model):
    """A project meets an attendee at a table, at an agreed time."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined")
        HELD = "held", _("Held")
        NO_SHOW = "no_show", _("No-show")
        CANCELLED = "cancelled", _("Cancelled")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="meetings", verbose_name=_("edition")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="meetings", verbose_name=_("project")
    )
    counterpart = models.ForeignKey(
        Registration, models.PROTECT, related_name="meetings", verbose_name=_("counterpart")
    )
    booking = models.OneToOneField(
        Booking,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting",
        verbose_name=_("booking"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["confirmed", "held", "no_show"])
                | models.Q(booking__isnull=False),
                name="meeting_confirmed_has_booking",
                violation_error_message=_("A confirmed meeting has a table and a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} × {self.counterpart.person}"
