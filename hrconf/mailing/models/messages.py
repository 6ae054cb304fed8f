"""The outbox: an e-mail is a row, written in the transaction of its cause."""

import uuid
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrconf.mailing.kinds import label_of


class MessageQuerySet(models.QuerySet):
    """Reads and claims of the outbox."""

    def due(self, now: datetime | None = None) -> Self:
        """Messages that a worker may send now."""
        return self.filter(state=Message.State.QUEUED, send_after__lte=now or timezone.now())

    def in_turn(self) -> Self:
        """Sign-in codes before newsletters, then first come, first served."""
        return self.order_by("-is_urgent", "send_after", "pk")

    def claim(self, message_id: int) -> bool:
        """Whether the caller, and nobody else, may now send the message."""
        now = timezone.now()
        claimed = (
            self.due(now)
            .filter(pk=message_id)
            .update(
                state=Message.State.SENDING,
                claimed_at=now,
                handed_at=None,
                attempts=F("attempts") + 1,
                history=entry_added(Message.State.SENDING),
            )
        )
        return claimed == 1

    def waiting(self) -> Self:
        """Messages that have not gone out, and that nobody is sending."""
        return self.filter(state__in=[Message.State.HELD, Message.State.QUEUED])

    def cancel(self, *, by: str) -> int:
        """Keep messages that wait from ever going out; tells no listener."""
        state = Message.State.CANCELLED
        return self.update(state=state, history=entry_added(state, by=by))

    def of_batch(self, batch: "Batch") -> Self:
        return self.filter(batch=batch)

    def for_office(self) -> Self:
        """What a page of the outbox needs, in one query."""
        return self.select_related("batch").defer("text", "html", "headers", "history")


def entry_added(state: str, note: str = "", by: str = "") -> Func:
    """Return the expression that adds a line to a message's history."""
    entry = {"at": timezone.now().isoformat(timespec="seconds"), "state": str(state)}
    entry |= {key: value for key, value in [("note", note), ("by", by)] if value}
    return Func(
        F("history"),
        Value([entry], models.JSONField()),
        arg_joiner=" || ",
        template="(%(expressions)s)",
        output_field=models.JSONField(),
    )


class BatchQuerySet(models.QuerySet):
    def with_counts(self) -> Self:
        """Each batch with how many messages it has, were sent, and are in trouble."""
        sent = Q(messages__state=Message.State.SENT)
        troubled = Q(messages__state__in=Message.TROUBLED)
        return self.annotate(
            total=Count("messages"),
            sent=Count("messages", filter=sent),
            troubled=Count("messages", filter=troubled),
        )


class Batch(models.Model):
    """One deed that mails many people: an invitation round, a reminder run."""

    kind = models.CharField(_("kind"), max_length=50)
    title = models.CharField(_("title"), max_length=200)
    report = models.JSONField(
        _("report"), default=dict, blank=True, help_text=_("How many were left out, and why.")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    objects = BatchQuerySet.as_manager()

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
        BOUNCED = "bounced", _("Bounced")  # sent, and then returned to us

    # What a person should look at.
    TROUBLED = [State.REFUSED, State.FAILED, State.BOUNCED, State.UNCERTAIN, State.HELD]
    # Where nothing more happens by itself.
    SETTLED = [
        State.SENT,
        State.REFUSED,
        State.FAILED,
        State.UNCERTAIN,
        State.CANCELLED,
        State.BOUNCED,
    ]

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
    is_urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Goes before all others, such as a sign-in code.")
    )
    is_secret = models.BooleanField(
        _("secret"), default=False, help_text=_("Its text is not shown, and not kept once sent.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    error = models.TextField(_("why"), blank=True)
    answer = models.CharField(_("answer of the server"), max_length=500, blank=True)
    history = models.JSONField(_("history"), default=list, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    repeats = models.PositiveSmallIntegerField(
        _("repeats"),
        default=0,
        help_text=_("How often it was handed over again because no answer had come."),
    )
    message_id = models.UUIDField(_("message ID"), default=uuid.uuid4, unique=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    send_after = models.DateTimeField(_("not before"), default=timezone.now)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    handed_at = models.DateTimeField(
        _("handed over"),
        null=True,
        blank=True,
        help_text=_("When the server was about to take it: from here on a copy may exist."),
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    released_at = models.DateTimeField(
        _("let go"), null=True, blank=True, help_text=_("When a person last let it go.")
    )

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
                condition=Q(state__in=["sent", "bounced"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "bounced"]) & Q(sent_at__isnull=True)),
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
                F("is_urgent").desc(),
                "send_after",
                "id",
                condition=Q(state="queued"),
                name="message_queued_idx",
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

    @property
    def why(self) -> str:
        """Why it is in its state: the server's words, or a sentence of ours."""
        if self.state == self.State.SENT:
            return self.answer
        return gettext(self.error) if self.error else ""

    @property
    def kind_label(self) -> str:
        return label_of(self.kind)

    @property
    def header_id(self) -> str:
        """The Message-ID on the wire: the same for every copy of this message."""
        return f"<{self.message_id}@{urlsplit(settings.BASE_URL).hostname}>"


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


class Line(models.Model):
    """The line to the mail server: since when it fails, why, when it is tried again."""

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    error = models.TextField(_("why"), blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    try_after = models.DateTimeField(_("not before"), default=timezone.now)

    class Meta:
        verbose_name = _("line to the mail server")
        verbose_name_plural = _("lines to the mail server")

    def __str__(self) -> str:
        return self.name
