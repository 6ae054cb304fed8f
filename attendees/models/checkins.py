"""Check-ins: who entered where, when, let in by whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.registrations import Registration
from events.models import Session


class CheckIn(models.Model):
    """A registered person let in at the site (no session) or to a session."""

    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="checkins", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="checkins",
        verbose_name=_("session"),
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("let in by"),
    )
    gate = models.CharField(_("gate"), max_length=50, blank=True)
    nonce = models.UUIDField(
        _("scan"), null=True, blank=True, unique=True, help_text=_("Tells a replayed scan.")
    )

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"],
                condition=Q(session__isnull=False),
                name="checkin_once_per_session",
                violation_error_message=_("This person is checked in to the session."),
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(session__isnull=True),
                name="checkin_once_at_site",
                violation_error_message=_("This person is checked in."),
            ),
        ]
        indexes = [models.Index(fields=["session", "at"], name="checkin_session_idx")]

    def __str__(self) -> str:
        return f"{self.registration} {self.at:%Y-%m-%d %H:%M}"
