"""What stands against mail: stopped addresses, returned mail, a copied database."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrconf.mailing.models.messages import Message


class SuppressionQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def against(self, *, optional: bool) -> Self:
        """Stops that hold mail of this sort back; those of all mail come first."""
        found = self.in_force() if optional else self.in_force().filter(stops_all=True)
        return found.order_by("-stops_all", "created_at")


class Suppression(models.Model):
    """An address that gets no more mail, or none that is optional: since when and why."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
        COMPLAINT = "complaint", _("Reported as spam")
        HARD_BOUNCE = "hard_bounce", _("Returned: no such address")
        SOFT_BOUNCES = "soft_bounces", _("Returned again and again")
        REFUSED = "refused", _("Refused by the mail server")

    # These were said by the reader: mail that they need goes on.
    BY_THE_READER = [Reason.UNSUBSCRIBED, Reason.COMPLAINT]

    address = models.CharField(
        _("address"), max_length=320, help_text=_("In small letters, its domain as the net has it.")
    )
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    stops_all = models.GeneratedField(
        expression=Case(
            When(reason__in=["unsubscribed", "complaint"], then=Value(False)), default=Value(True)
        ),
        output_field=models.BooleanField(verbose_name=_("stops all mail")),
        db_persist=True,
        verbose_name=_("stops all mail"),
    )
    detail = models.CharField(_("in the words of the server"), max_length=500, blank=True)
    message = models.ForeignKey(
        Message,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suppressions",
        verbose_name=_("by which message"),
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lift_reason = models.CharField(_("why it was lifted"), max_length=500, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("stopped address")
        verbose_name_plural = _("stopped addresses")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "reason"],
                condition=Q(lifted_at__isnull=True),
                name="suppression_once_in_force",
                violation_error_message=_("This address is stopped for this reason already."),
            ),
            models.CheckConstraint(
                condition=Q(address=Lower("address")) & ~Q(address=""),
                name="suppression_address_is_normal",
                violation_error_message=_("An address is kept in small letters."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lift_reason="")),
                name="suppression_lifted_has_reason",
                violation_error_message=_("A stop is lifted for a reason."),
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="suppression_newest_idx")]

    def __str__(self) -> str:
        return self.address

    @property
    def is_in_force(self) -> bool:
        return self.lifted_at is None


class BounceQuerySet(models.QuerySet):
    def soft_since(self, address: str, since: datetime) -> int:
        """How many messages to an address came back for now since an instant."""
        soft = self.filter(address=address, sort=Bounce.Sort.SOFT, received_at__gt=since)
        return soft.order_by().values("message").distinct().count()


class Bounce(models.Model):
    """A report that mail came back, was put off or was complained about; kept once."""

    class Sort(models.TextChoices):
        HARD = "hard", _("Returned for good")
        SOFT = "soft", _("Returned for now")
        DELAYED = "delayed", _("Put off, still trying")
        COMPLAINT = "complaint", _("Reported as spam")

    message = models.ForeignKey(
        Message,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bounces",
        verbose_name=_("message"),
        help_text=_("Empty if it names no message of ours: then it changes nothing."),
    )
    sort = models.CharField(_("sort"), max_length=10, choices=Sort)
    status = models.CharField(_("status code"), max_length=12, blank=True)
    detail = models.CharField(_("in the words of the server"), max_length=500, blank=True)
    address = models.CharField(_("address"), max_length=320, blank=True)
    source = models.CharField(_("from where"), max_length=30)
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    objects = BounceQuerySet.as_manager()

    class Meta:
        verbose_name = _("returned message")
        verbose_name_plural = _("returned messages")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="bounce_newest_idx"),
            models.Index(
                fields=["address", "received_at"], condition=Q(sort="soft"), name="bounce_soft_idx"
            ),
        ]

    def __str__(self) -> str:
        return self.address or self.status or self.digest[:12]


class Installation(models.Model):
    """The mark of the one installation whose mail this is.

    A database that was copied or restored no longer fits the mark that it
    carries; then mail waits until a person says that this is the site.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.JSONField(_("mark"), default=dict)
    base_url = models.CharField(_("address of the site"), max_length=200)
    marked_at = models.DateTimeField(_("marked"), default=timezone.now)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    doubted_at = models.DateTimeField(
        _("in doubt since"), null=True, blank=True, help_text=_("Empty while all is well.")
    )

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_is_one")]

    def __str__(self) -> str:
        return self.base_url
