"""The outbox: an e-mail is a row, written in the transaction of its cause."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet):
    """Reads and claims of the outbox."""

    def due(self, now=None):
        """Messages that a worker may send now."""
        return self.filter(state=Message.State.QUEUED, send_after__lte=now or timezone.now())

    def claim(self, message_id: int) -> bool:
        """Whether the caller, and nobody else, may now send the message."""
        claimed = (
            self.due()
            .filter(pk=message_id)
            .update(
                state=Message.State.SENDING,
                claimed_at=timezone.now(),
                attempts=models.F("attempts") + 1,
            )
        )
        return claimed == 1

    def of_batch(self, batch):
        return self.filter(batch=batch)


class Batch(models.Model):
    """One deed that mails many people: an invitation round, a reminder run."""

    kind = models.CharField(_("kind"), max_length=50)
    title = models.CharField(_("title"), max_length=200)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    class Meta:
        verbose_name = _("batch of messages")
        verbose_name_plural = _("batches of messages")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """One e-mail to one person: what it says, why it was written, how it fared."""

    class State(models.TextChoices):
        HELD = "held", _("Held")  # waits for a person to let it go
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Sending")  # claimed by a worker
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused")  # the server said no for good
        FAILED = "failed", _("Failed")  # gave up after the last attempt
        UNCERTAIN = "uncertain", _("Uncertain")  # the worker died while sending
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("kind"), max_length=50)
    recipient = models.CharField(
        _("recipient"), max_length=200, help_text=_("Who it is for, such as person:12.")
    )
    occasion = models.CharField(
        _("occasion"), max_length=200, help_text=_("What it is about, such as invitation:7.")
    )
    to_address = models.EmailField(_("address"), max_length=320)
    to_name = models.CharField(_("name"), max_length=300, blank=True)
    from_address = models.CharField(_("from"), max_length=320)
    reply_to = models.CharField(_("reply to"), max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=400)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("batch"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    error = models.TextField(_("error"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    message_id = models.UUIDField(_("message ID"), default=uuid.uuid4, unique=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    send_after = models.DateTimeField(_("not before"), default=timezone.now)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "recipient", "occasion"],
                name="message_once_per_occasion",
                violation_error_message=_("This person already has this message."),
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_sent_has_time",
                violation_error_message=_("A sent message has the time of sending."),
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False),
                name="message_sending_is_claimed",
                violation_error_message=_("A message being sent has the time of its claim."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_after"], condition=Q(state="queued"), name="message_queued_idx"
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(state="sending"), name="message_sending_idx"
            ),
            models.Index(fields=["-created_at", "-id"], name="message_newest_idx"),
            models.Index(fields=["state", "-created_at"], name="message_state_idx"),
            models.Index(fields=["recipient"], name="message_recipient_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_address}"


class Attachment(models.Model):
    """A file that goes out with a message, kept as sent."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    filename = models.CharField(_("file name"), max_length=200)
    mimetype = models.CharField(_("type"), max_length=100)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.filename
