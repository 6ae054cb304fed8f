"""What the office did to many rows at once, and what it takes to put them back."""

from datetime import date, datetime, time
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Exact(DjangoJSONEncoder):
    """Django's encoder cuts times to milliseconds; what is put back must be the same."""

    def default(self, value: Any) -> Any:
        if isinstance(value, datetime | date | time):
            return value.isoformat()
        return super().default(value)


class DoneDeedQuerySet(models.QuerySet):
    def open(self, now: datetime | None = None) -> Self:
        """Deeds that can still be undone."""
        return self.filter(undone_at=None, undo_until__gt=now or timezone.now())

    def over(self, now: datetime | None = None) -> Self:
        """Deeds that can no longer be undone and still know how."""
        done = Q(undone_at__isnull=False) | Q(undo_until__lte=now or timezone.now())
        return self.filter(done).exclude(changes=[])


class DoneDeed(models.Model):
    """A deed of the office. Its mails wait until `undo_until`, and so long it can be undone."""

    office = models.CharField(_("done to"), max_length=60)
    name = models.CharField(_("deed"), max_length=30)
    title = models.CharField(_("title"), max_length=200)
    count = models.PositiveIntegerField(_("rows"), default=0)
    mails = ArrayField(
        models.BigIntegerField(), default=list, blank=True, verbose_name=_("messages")
    )
    changes = models.JSONField(
        _("changes"),
        default=list,
        blank=True,
        encoder=Exact,
        help_text=_("What rows were before; forgotten once nothing can be undone any more."),
    )
    job_key = models.BigIntegerField(_("job"), null=True, blank=True, unique=True)
    done_at = models.DateTimeField(_("done"), default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("done by"),
    )
    undo_until = models.DateTimeField(_("can be undone until"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = DoneDeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("deed done")
        verbose_name_plural = _("deeds done")
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__lte=F("undo_until")),
                name="done_deed_undone_in_time",
                violation_error_message=_("It is too late to undo this."),
            ),
        ]
        indexes = [
            models.Index(fields=["-done_at", "-id"], name="done_deed_newest_idx"),
            models.Index(
                fields=["undo_until"], condition=~Q(changes=[]), name="done_deed_known_idx"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it can still be undone."""
        return self.undone_at is None and timezone.now() < self.undo_until
