"""What the audience says of a session afterwards."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.sessions import Session

MOST_STARS = 5
LONGEST = 2000


class FeedbackQuerySet(models.QuerySet):
    def with_session(self):
        return self.select_related("session__edition")


class Feedback(models.Model):
    """One reader's stars and words for a session; we do not know who it is."""

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="feedback", verbose_name=_("session")
    )
    stars = models.PositiveSmallIntegerField(_("stars"))
    text = models.TextField(_("text"), max_length=LONGEST, blank=True)
    # Of the form that was handed out: who sends it again corrects what was said.
    ticket = models.UUIDField(_("ticket"), editable=False)
    language = models.CharField(_("language"), max_length=10)
    given_at = models.DateTimeField(_("given"), default=timezone.now)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "ticket"],
                name="feedback_once_per_form",
                violation_error_message=_("This form has been sent."),
            ),
            models.CheckConstraint(
                condition=Q(stars__range=(1, MOST_STARS)),
                name="feedback_one_to_five_stars",
                violation_error_message=_("Give one to five stars."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars}/{MOST_STARS} {self.session}"
