"""The competition: its rounds, what is judged in them, by whom and by which criteria."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from attendees.models import Person
from events.models import Edition, Session
from projects.models.projects import Project


class Competition(models.Model):
    """The contest of an edition's projects."""

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="competition", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("text for visitors"), blank=True)

    class Meta:
        verbose_name = _("competition")
        verbose_name_plural = _("competitions")
        ordering = ["-edition__year", "pk"]

    def __str__(self) -> str:
        return self.name


class RoundQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=Round.State.PUBLISHED)


class Round(models.Model):
    """One stage of a competition with its own entries, criteria, jury and rules.

    `trail_length` and `trail_head` say how long the trail of scores is and how it ends, so
    that rows missing at its end show too.
    """

    class Mode(models.TextChoices):
        SCORES = "scores", _("Weighted scores")
        PASS_FAIL = "pass_fail", _("Pass or fail")
        PICKS = "picks", _("Ranked picks")
        AUDIENCE = "audience", _("Audience vote")

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        OPEN = "open", _("Open for judging")
        CLOSED = "closed", _("Closed")
        PUBLISHED = "published", _("Published")

    class Basis(models.TextChoices):
        CORRECTED = "corrected", _("Corrected for harsh jurors")
        RAW = "raw", _("Plain mean")
        ZSCORE = "zscore", _("Mean of z-scores")

    class TieRule(models.TextChoices):
        CRITERION = "criterion", _("Better in the criterion of most weight")
        HEAD_TO_HEAD = "head_to_head", _("Preferred by more jurors who scored both")
        MEDIAN = "median", _("Higher median")
        SHARED = "shared", _("The place is shared")

    competition = models.ForeignKey(
        Competition, models.PROTECT, related_name="rounds", verbose_name=_("competition")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    name = models.CharField(_("name"), max_length=150)
    mode = models.CharField(_("how it is judged"), max_length=10, choices=Mode, default=Mode.SCORES)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    basis = models.CharField(
        _("places go by"), max_length=10, choices=Basis, default=Basis.CORRECTED
    )
    tie_rule = models.CharField(
        _("between equals"), max_length=14, choices=TieRule, default=TieRule.CRITERION
    )
    cards_per_entry = models.PositiveSmallIntegerField(
        _("jurors per entry"), default=5, validators=[MinValueValidator(1)]
    )
    winners = models.PositiveSmallIntegerField(
        _("places on the podium"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_("How many places are revealed; in a round of picks, how many each juror has."),
    )
    trail_length = models.PositiveIntegerField(default=0, editable=False)
    trail_head = models.CharField(max_length=64, blank=True, editable=False)
    published = models.JSONField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    revealed = models.PositiveSmallIntegerField(_("places revealed"), default=0, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["competition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "number"],
                name="round_number_once",
                violation_error_message=_("The competition has a round of this number."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=F("starts_at")),
                name="round_ends_after_start",
                violation_error_message=_("A round ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(state="published", published__isnull=False, published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="round_published_has_ranking",
                violation_error_message=_("What is published is a ranking."),
            ),
            models.CheckConstraint(
                condition=Q(revealed=0) | Q(state="published"),
                name="round_revealed_is_published",
                violation_error_message=_("Only places of a published ranking are revealed."),
            ),
            models.CheckConstraint(
                condition=Q(cards_per_entry__gte=1, winners__range=(1, 50)),
                name="round_counts_from_one",
                violation_error_message=_("At least one juror judges an entry, one place is won."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edition(self) -> Edition:
        return self.competition.edition

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Entry(models.Model):
    """A project in a round, with its place in the order of pitches."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="entries", verbose_name=_("round")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="entries", verbose_name=_("project")
    )
    position = models.PositiveSmallIntegerField(_("pitching order"), default=1)
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("pitch in the programme"),
    )

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["round", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "project"],
                name="entry_once_per_round",
                violation_error_message=_("The project is in this round already."),
            ),
            models.UniqueConstraint(
                fields=["round", "position"],
                name="entry_position_once_per_round",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Two entries cannot pitch at the same time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.project.title}"


class Criterion(models.Model):
    """What jurors give points for, how much it weighs, and what the points mean."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="criteria", verbose_name=_("round")
    )
    name = models.CharField(_("name"), max_length=150)
    rubric = models.TextField(_("what the points mean"), blank=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, default=1)
    highest = models.PositiveSmallIntegerField(_("highest points"), default=10)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["round", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="criterion_weighs_something",
                violation_error_message=_("A weight is more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(highest__range=(1, 20)),
                name="criterion_highest_fits_fingers",
                violation_error_message=_("The highest points are between 1 and 20."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def points(self) -> range:
        """All that can be given."""
        return range(self.highest + 1)


class Juror(models.Model):
    """A person on the jury of a round, with a personal link and no account."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="jurors", verbose_name=_("round"))
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="juries", verbose_name=_("person")
    )
    is_lead = models.BooleanField(
        _("chairs the jury"),
        default=False,
        help_text=_("Sees how far each juror is, but no scores of others while the round is open."),
    )
    key_version = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        ordering = ["round", "person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                name="juror_once_per_round",
                violation_error_message=_("The person is on this jury already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def edition(self) -> Edition:
        return self.round.edition


class Assignment(models.Model):
    """That a juror is to judge an entry; who abstains or is recused gives no card."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("To judge")
        ABSTAINED = "abstained", _("Abstained")
        RECUSED = "recused", _("Recused")

    entry = models.ForeignKey(
        Entry, models.CASCADE, related_name="assignments", verbose_name=_("entry")
    )
    juror = models.ForeignKey(
        Juror, models.CASCADE, related_name="assignments", verbose_name=_("juror")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASSIGNED)
    is_silent = models.BooleanField(
        _("silently"), default=False, help_text=_("Only the office sees that and why.")
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["entry", "juror"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "juror"],
                name="assignment_once",
                violation_error_message=_("The juror judges this entry already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror} → {self.entry}"


class Prize(models.Model):
    """What a place of a round wins."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="prizes", verbose_name=_("round"))
    place = models.PositiveSmallIntegerField(_("place"))
    name = models.CharField(_("name"), max_length=150)
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="CNY")

    class Meta:
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")
        ordering = ["round", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__gte=1),
                name="prize_place_from_one",
                violation_error_message=_("Places are counted from one."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="prize_amount_not_negative",
                violation_error_message=_("An amount is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                name="prize_currency_iso",
                violation_error_message=_("A currency is three capital letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def worth(self) -> str:
        """The amount in words of money: 500,000 CNY."""
        if self.amount is None:
            return ""
        return f"{self.amount:,.2f}".removesuffix(".00") + f" {self.currency}"
