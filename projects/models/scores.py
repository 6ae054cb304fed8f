"""The trail of a round: every touch of a juror and every step of the chair, for good."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models.competition import Criterion, Entry, Juror, Round


class Score(models.Model):
    """One line of a round's trail. Lines are added, never changed, and chained by hashes.

    A score holds until a later one of the same juror, entry and criterion; a score without
    a value takes it back. `client` and `sequence` name the browser it was touched in and
    order what that browser kept while it was offline; `key` is of one touch, so that it
    counts once however often it is sent.
    """

    class Kind(models.TextChoices):
        SCORE = "score", _("Score")
        ABSTAIN = "abstain", _("Abstention")
        RECUSE = "recuse", _("Recusal")
        RESUME = "resume", _("Judges after all")
        OPEN = "open", _("Round opened")
        CLOSE = "close", _("Round closed")
        REOPEN = "reopen", _("Round opened again")
        PUBLISH = "publish", _("Ranking published")

    round = models.ForeignKey(Round, models.PROTECT, related_name="trail", verbose_name=_("round"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    juror = models.ForeignKey(
        Juror, models.PROTECT, null=True, blank=True, related_name="trail", verbose_name=_("juror")
    )
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="trail", verbose_name=_("entry")
    )
    criterion = models.ForeignKey(
        Criterion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trail",
        verbose_name=_("criterion"),
    )
    value = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    is_silent = models.BooleanField(_("silently"), default=False)
    key = models.UUIDField(_("key"))
    client = models.CharField(_("browser"), max_length=36, blank=True)
    sequence = models.BigIntegerField(_("sequence"), default=0)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    previous = models.CharField(_("hash of the line before"), max_length=64, blank=True)
    sha256 = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("line of the trail")
        verbose_name_plural = _("trail of scores")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="score_number_once",
                violation_error_message=_("The trail has this line already."),
            ),
            models.UniqueConstraint(
                fields=["round", "key"],
                name="score_key_once",
                violation_error_message=_("This touch is kept already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["score", "abstain", "recuse", "resume"])
                | Q(juror__isnull=False, entry__isnull=False),
                name="score_names_juror_and_entry",
                violation_error_message=_("A score is of a juror, for an entry."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="score") | Q(criterion__isnull=False),
                name="score_names_criterion",
                violation_error_message=_("A score is in a criterion."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["recuse", "reopen"]) | ~Q(reason=""),
                name="score_recusal_and_reopening_have_reason",
                violation_error_message=_("Recusing and opening again need a reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["juror", "entry", "criterion", "-number"], name="score_last_idx")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"
