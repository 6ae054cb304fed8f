"""The audience's votes: one each, counted once the office has looked for fraud."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models.competition import Entry, Round


class Vote(models.Model):
    """One vote of the audience. Who gave it is kept as a keyed hash only."""

    class State(models.TextChoices):
        WAITING = "waiting", _("To be checked")
        COUNTED = "counted", _("Counted")
        STRUCK = "struck", _("Struck out")

    class Via(models.TextChoices):
        BADGE = "badge", _("Badge code")
        MAIL = "mail", _("Verified mail")

    round = models.ForeignKey(Round, models.PROTECT, related_name="votes", verbose_name=_("round"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="votes", verbose_name=_("entry"))
    via = models.CharField(_("proved by"), max_length=5, choices=Via)
    voter = models.CharField(_("voter"), max_length=64)
    source = models.CharField(_("address it came from"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
    )

    class Meta:
        verbose_name = _("vote of the audience")
        verbose_name_plural = _("votes of the audience")
        ordering = ["round", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "voter"],
                name="vote_once_per_voter",
                violation_error_message=_("You have voted already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="struck") | ~models.Q(reason=""),
                name="vote_struck_has_reason",
                violation_error_message=_("Striking out a vote needs a reason."),
            ),
        ]
        indexes = [models.Index(fields=["round", "source"], name="vote_source_idx")]

    def __str__(self) -> str:
        return f"{self.get_via_display()} {self.at:%H:%M:%S}"
