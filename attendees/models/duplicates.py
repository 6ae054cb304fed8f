"""Records that may be of one human, and what became of the question."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.people import Person


class DuplicateQuerySet(models.QuerySet):
    def open(self):
        """What waits for a decision; a record that is merged meanwhile asks nothing."""
        return self.filter(
            state=Duplicate.State.OPEN, first__merged_into=None, second__merged_into=None
        )

    def about(self, person_id: int):
        """Pairs that a person is one of."""
        return self.filter(Q(first=person_id) | Q(second=person_id))


class Duplicate(models.Model):
    """Two records that may be of one person, with how much speaks for it and what."""

    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        MERGED = "merged", _("Merged")
        DIFFERENT = "different", _("Not the same")

    class Reason(models.TextChoices):
        SAME_NAME = "name", _("same name")
        SAME_SOUND = "sound", _("same name in Latin letters or another order")
        ACROSS_SCRIPTS = "scripts", _("characters and Latin letters of one name")
        LIKE_NAME = "spelling", _("names spelt alike")
        SAME_EMAIL = "email", _("same e-mail address")
        LIKE_EMAIL = "mailbox", _("e-mail addresses that differ in dots or a plus only")
        SAME_PHONE = "phone", _("same phone")
        SAME_PLACE = "place", _("same organization")

    first = models.ForeignKey(
        Person, models.CASCADE, related_name="doubles_after", verbose_name=_("one")
    )
    second = models.ForeignKey(
        Person, models.CASCADE, related_name="doubles_before", verbose_name=_("the other")
    )
    score = models.PositiveSmallIntegerField(
        _("score"), help_text=_("How much speaks for one person, of 100.")
    )
    reasons = ArrayField(
        models.CharField(max_length=10, choices=Reason), default=list, verbose_name=_("reasons")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible double")
        verbose_name_plural = _("possible doubles")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="duplicate_once_per_pair",
                violation_error_message=_("This pair is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="duplicate_in_order",
                violation_error_message=_("The older record comes first."),
            ),
            models.CheckConstraint(
                condition=Q(score__lte=100),
                name="duplicate_score_of_100",
                violation_error_message=_("A score is at most 100."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="duplicate_decision_has_time",
                violation_error_message=_("A decision has its time."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-score", "id"], name="duplicate_open_idx")]

    def __str__(self) -> str:
        return f"{self.first} ↔ {self.second}"


class Merge(models.Model):
    """One record of a person taken into another: what was before, what moved; can be undone.

    `before` and `after` hold what the merge changed on the kept record, and
    `moved` the rows that now belong to it. Erasing the person empties them.
    """

    kept = models.ForeignKey(
        Person, models.PROTECT, related_name="merges", verbose_name=_("kept record")
    )
    gone = models.ForeignKey(
        Person, models.PROTECT, related_name="merges_away", verbose_name=_("record merged into it")
    )
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    moved = models.JSONField(_("moved"), default=list, blank=True)
    merged_at = models.DateTimeField(_("merged"), default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("merged by"),
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    class Meta:
        verbose_name = _("merge of records")
        verbose_name_plural = _("merges of records")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at__isnull=True),
                name="merge_once_until_undone",
                violation_error_message=_("This record is merged already."),
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("gone")),
                name="merge_of_two",
                violation_error_message=_("Nobody can be merged into themselves."),
            ),
        ]
        indexes = [models.Index(fields=["-merged_at", "-id"], name="merge_newest_idx")]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class Erasure(models.Model):
    """That a person was erased: when, by whom, why, and how much; nothing about them."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="erasures", verbose_name=_("record")
    )
    reason = models.CharField(_("reason"), max_length=300)
    counts = models.JSONField(_("what was erased"), default=dict, blank=True)
    erased_at = models.DateTimeField(_("erased"), default=timezone.now)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("erased by"),
    )

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-erased_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="erasure_has_reason",
                violation_error_message=_("Give the reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.erased_at:%Y-%m-%d} · {self.person_id}"
