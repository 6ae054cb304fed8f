"""Campaigns: who is written to, what the letter says, when it goes and how far it is."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Edition
from hrconf.mailing.models import Batch, Message


class Audience(models.Model):
    """A saved choice of people of an edition: which rows, and the filters on them.

    What can be chosen from is registered in attendees/audiences.py.
    """

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="audiences", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=150)
    source = models.CharField(_("chosen from"), max_length=30)
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "name"],
                name="audience_name_once_per_edition",
                violation_error_message=_("The edition has an audience of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignQuerySet(models.QuerySet):
    def due(self, now):
        """Campaigns whose time to start has come."""
        return self.filter(state=Campaign.State.SCHEDULED, send_at__lte=now)

    def with_progress(self):
        """Each campaign with how many letters were sent, wait, failed, in one query."""
        waiting = [Message.State.HELD, Message.State.QUEUED, Message.State.SENDING]
        trouble = [one for one in Message.TROUBLED if one != Message.State.HELD]
        return self.annotate(
            sent_count=_letters([Message.State.SENT]),
            waiting_count=_letters(waiting),
            failed_count=_letters(trouble),
            cancelled_count=_letters([Message.State.CANCELLED]),
        )


def _letters(states):
    """How many letters of a campaign's batch are in one of the states."""
    rows = Message.objects.filter(batch=OuterRef("batch"), state__in=states).order_by()
    counted = rows.values("batch").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


class Campaign(models.Model):
    """One letter to an audience, at most one for each person."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        SENDING = "sending", _("Sending")
        PAUSED = "paused", _("Paused")
        STOPPED = "stopped", _("Stopped")
        SENT = "sent", _("Sent")

    # While a campaign stands so, its audience stays as it is.
    UNDER_WAY = [State.SCHEDULED, State.SENDING, State.PAUSED]

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="campaigns", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=150)
    subject = models.CharField(
        _("subject"),
        max_length=200,
        validators=[RegexValidator(r"^[^\r\n]*$", _("A subject is one line."))],
    )
    text = models.TextField(_("text"), max_length=20_000)
    audience = models.ForeignKey(
        Audience, models.PROTECT, related_name="campaigns", verbose_name=_("audience")
    )
    is_once_per_address = models.BooleanField(
        _("one letter for each address"),
        default=False,
        help_text=_("Of people who share an address only the first gets the letter."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    send_at = models.DateTimeField(_("goes out"), null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    recipients = ArrayField(
        models.BigIntegerField(),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("recipients"),
        help_text=_("Keys of the people, as they were when sending started."),
    )
    written = models.PositiveIntegerField(
        _("written"), default=0, editable=False, help_text=_("How many of them are dealt with.")
    )
    trouble = models.TextField(_("why it stands still"), blank=True)
    batch = models.OneToOneField(
        Batch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaign",
        verbose_name=_("batch"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(send_at__isnull=False),
                name="campaign_scheduled_has_time",
                violation_error_message=_("Say when the campaign goes out."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "paused", "sent"])
                | Q(started_at__isnull=False, batch__isnull=False),
                name="campaign_started_has_batch",
                violation_error_message=_("A campaign that goes out has its time and batch."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["stopped", "sent"], finished_at__isnull=False)
                | (~Q(state__in=["stopped", "sent"]) & Q(finished_at__isnull=True)),
                name="campaign_finished_has_time",
                violation_error_message=_("A finished campaign has the time of its end."),
            ),
            models.CheckConstraint(
                condition=Q(written__lte=Coalesce(F("recipients__len"), 0)),
                name="campaign_written_within_recipients",
                violation_error_message=_("No more letters can be written than there are people."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_at"], condition=Q(state="scheduled"), name="campaign_due_idx"
            ),
            models.Index(fields=["-created_at", "-id"], name="campaign_newest_idx"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_written(self) -> bool:
        """Whether every letter is in the outbox."""
        return self.started_at is not None and self.written >= len(self.recipients)
