"""Rules by which the system reminds people, and whom they reminded of what."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.campaigns import Audience
from attendees.models.people import Person
from events.models import Edition


class ReminderRule(models.Model):
    """When an edition reminds: so many days before or after a date, and whom.

    What is due is computed whenever beat asks; nothing is planned ahead, so a date
    that moves takes its reminders along. A rule looks forward only: dates that were
    past when it came into force remind nobody.
    """

    class Kind(models.TextChoices):
        INVITATION_UNANSWERED = "invitation_unanswered", _("Invitation unanswered")
        INVITATION_DEADLINE = "invitation_deadline", _("Day to answer by is near")
        REGISTRATION_INCOMPLETE = "registration_incomplete", _("Registration incomplete")
        EDITION_STARTS = "edition_starts", _("The conference begins")
        OWN_SESSION = "own_session", _("A session of one's own")
        PROGRAMME_TOMORROW = "programme_tomorrow", _("Tomorrow's programme")
        EDITION_ENDED = "edition_ended", _("Thanks after the conference")

    # Counted from something that happened; the others count down to a date.
    AFTER = [Kind.INVITATION_UNANSWERED, Kind.REGISTRATION_INCOMPLETE, Kind.EDITION_ENDED]

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="reminder_rules", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    days = models.PositiveSmallIntegerField(
        _("days"),
        default=7,
        help_text=_(
            "After the invitation was sent or the registration begun, and between two reminders; "
            "before the day to answer by, the conference or the session; after the last day of "
            "the conference."
        ),
    )
    at_most = models.PositiveSmallIntegerField(
        _("at most"),
        default=2,
        help_text=_(
            "Mails of this rule to each person, whatever it reminds of; what a person of the "
            "office sends or another rule does not count. Of tomorrow's programme one for each day."
        ),
    )
    audience = models.ForeignKey(
        Audience,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminder_rules",
        verbose_name=_("only people of the audience"),
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(21))
    quiet_until = models.TimeField(
        _("quiet until"),
        default=time(9),
        help_text=_("Nobody is mailed in these hours of their own day."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    active_since = models.DateTimeField(
        _("in force since"),
        default=timezone.now,
        editable=False,
        help_text=_("What was due before then reminds nobody."),
    )

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["edition", "kind", "days"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "days", "audience"],
                nulls_distinct=False,
                name="reminderrule_once",
                violation_error_message=_("The edition has this rule."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1),
                name="reminderrule_days_positive",
                violation_error_message=_("Wait at least a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Reminder(models.Model):
    """That a rule reminded a person of something: the row that keeps it from doing so twice."""

    rule = models.ForeignKey(
        ReminderRule, models.CASCADE, related_name="reminders", verbose_name=_("reminder rule")
    )
    person = models.ForeignKey(
        Person, models.CASCADE, related_name="reminders", verbose_name=_("person")
    )
    occasion = models.CharField(_("occasion"), max_length=80)
    sent_at = models.DateTimeField(_("reminded"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "person", "occasion"],
                name="reminder_once",
                violation_error_message=_("This person was reminded of it."),
            ),
        ]

    def __str__(self) -> str:
        return self.occasion
