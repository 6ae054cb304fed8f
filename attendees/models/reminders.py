"""Rules by which the system reminds people; beat asks them what is due."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Edition


class ReminderRule(models.Model):
    """When an edition reminds: so many days after (or before) an occasion."""

    class Kind(models.TextChoices):
        INVITATION_UNANSWERED = "invitation_unanswered", _("Invitation unanswered")
        REGISTRATION_INCOMPLETE = "registration_incomplete", _("Registration incomplete")
        PROGRAMME_TOMORROW = "programme_tomorrow", _("Tomorrow's programme")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="reminder_rules", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    days = models.PositiveSmallIntegerField(
        _("days"),
        default=7,
        help_text=_("Days after the invitation or registration; for tomorrow's programme: 1."),
    )
    at_most = models.PositiveSmallIntegerField(_("at most"), default=2)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["edition", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind"],
                name="reminderrule_once_per_edition",
                violation_error_message=_("The edition has a rule of this kind."),
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=1),
                name="reminderrule_days_positive",
                violation_error_message=_("Wait at least a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
