"""Park visits: the buses that take the guests round, and the stops they make."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.places import Park
from events.models.sessions import Session


class VisitStop(models.Model):
    """One stop of a park visit: which park, when, and who receives the guests."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="stops", verbose_name=_("visit")
    )
    park = models.ForeignKey(Park, models.PROTECT, related_name="stops", verbose_name=_("park"))
    during = DateTimeRangeField(_("time"))
    host = models.CharField(_("received by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("stop of a visit")
        verbose_name_plural = _("stops of visits")
        ordering = ["during"]
        constraints = [
            ExclusionConstraint(
                name="visitstop_no_overlap",
                expressions=[
                    ("session", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The visit is at another stop at that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.park}"


class Bus(models.Model):
    """A bus of a park visit: its plate and seats, where it leaves, who guides it."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="buses", verbose_name=_("visit")
    )
    name = models.CharField(
        _("number"), max_length=30, help_text=_("As it stands behind the windscreen, such as 1.")
    )
    plate = models.CharField(_("plate"), max_length=20, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("seats for guests"), help_text=_("Without those of driver and guide.")
    )
    meeting_point = models.CharField(_("meeting point"), max_length=200, blank=True)
    departs_at = models.DateTimeField(
        _("leaves at"), null=True, blank=True, help_text=_("Empty: when the visit begins.")
    )
    guide_name = models.CharField(_("guide"), max_length=100, blank=True)
    guide_phone = models.CharField(_("guide's phone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("bus")
        verbose_name_plural = _("buses")
        ordering = ["session", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__gte=1),
                name="bus_has_seats",
                violation_error_message=_("A bus has at least one seat."),
            ),
            models.UniqueConstraint(
                fields=["session", "name"],
                name="bus_name_once_per_visit",
                violation_error_message=_("The visit has a bus of this number."),
            ),
            models.UniqueConstraint(
                fields=["session", "plate"],
                condition=~Q(plate=""),
                name="bus_plate_once_per_visit",
                violation_error_message=_("The visit has a bus of this plate."),
            ),
            # What a seat points at, so that its bus is one of its own visit.
            models.UniqueConstraint(fields=["id", "session"], name="bus_of_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.plate}" if self.plate else self.name
