"""Screening: its phases, what is checked and scored, who reviews what, and what they said."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models import Person
from events.models import Edition
from projects.models.projects import Project, Sector


class ReviewPhase(models.Model):
    """One step of an edition's screening, with its dates and with who sees what."""

    class Mode(models.TextChoices):
        ELIGIBILITY = "eligibility", _("Eligibility check by the office")
        PASS_FAIL = "pass_fail", _("Pass or fail by a panel")
        SCORES = "scores", _("Scores by criteria")

    class Others(models.TextChoices):
        NEVER = "never", _("Never")
        CLOSED = "closed", _("Without names, once the phase is over")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="review_phases", verbose_name=_("edition")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    name = models.CharField(_("name"), max_length=150)
    mode = models.CharField(_("how"), max_length=12, choices=Mode, default=Mode.SCORES)
    guide = models.TextField(
        _("guide for reviewers"), blank=True, help_text=_("Shown above their list.")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_blind = models.BooleanField(
        _("blind"),
        default=False,
        help_text=_("Reviewers see neither holder, company, website nor file names."),
    )
    others = models.CharField(
        _("reviewers see what others said"), max_length=6, choices=Others, default=Others.NEVER
    )
    wanted = models.PositiveSmallIntegerField(_("reviewers per project"), default=3)

    class Meta:
        verbose_name = _("screening phase")
        verbose_name_plural = _("screening phases")
        ordering = ["-edition__year", "edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="reviewphase_number_once",
                violation_error_message=_("The edition has a phase of this number."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="reviewphase_ends_after_start",
                violation_error_message=_("A phase ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(wanted__range=(1, 20)),
                name="reviewphase_wants_some",
                violation_error_message=_("Between 1 and 20 reviewers look at a project."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_panel(self) -> bool:
        """Whether reviewers take part at all."""
        return self.mode != self.Mode.ELIGIBILITY


class ReviewCriterion(models.Model):
    """What reviewers give points for, how much it weighs, and what the points mean."""

    phase = models.ForeignKey(
        ReviewPhase, models.CASCADE, related_name="criteria", verbose_name=_("screening phase")
    )
    name = models.CharField(_("name"), max_length=150)
    help = models.TextField(_("what the points mean"), blank=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, default=1)
    highest = models.PositiveSmallIntegerField(_("highest points"), default=5)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("criterion of review")
        verbose_name_plural = _("criteria of review")
        ordering = ["phase", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="reviewcriterion_weighs_something",
                violation_error_message=_("A weight is more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(highest__range=(1, 20)),
                name="reviewcriterion_highest",
                violation_error_message=_("The highest points are between 1 and 20."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def points(self) -> range:
        """All that can be given."""
        return range(self.highest + 1)


class EligibilityItem(models.Model):
    """A line of an edition's eligibility checklist."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="eligibility_items", verbose_name=_("edition")
    )
    text = models.CharField(_("what must hold"), max_length=300)
    position = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("line of the eligibility checklist")
        verbose_name_plural = _("eligibility checklist")
        ordering = ["-edition__year", "edition", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class EligibilityCheck(models.Model):
    """That a line of the checklist holds for a project, or not; who found so and when."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="eligibility", verbose_name=_("project")
    )
    item = models.ForeignKey(
        EligibilityItem, models.PROTECT, related_name="checks", verbose_name=_("line")
    )
    is_met = models.BooleanField(_("holds"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("finding of the checklist")
        verbose_name_plural = _("findings of the checklist")
        ordering = ["project", "item"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "item"],
                name="eligibilitycheck_once",
                violation_error_message=_("This line is checked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.item}"


class Reviewer(models.Model):
    """A person who reviews projects of an edition, by a personal link and without an account."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="reviewers", verbose_name=_("edition")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="reviewing", verbose_name=_("person")
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="reviewers", verbose_name=_("sectors they know")
    )
    most = models.PositiveSmallIntegerField(_("projects at most, per phase"), default=40)
    is_active = models.BooleanField(_("takes projects"), default=True)
    key_version = models.PositiveSmallIntegerField(
        _("link version"), default=1, help_text=_("Raising it makes earlier links invalid.")
    )

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["-edition__year", "person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                name="reviewer_once_per_edition",
                violation_error_message=_("The person reviews for this edition already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Review(models.Model):
    """A project given to a reviewer in a phase, and what the reviewer said of it."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", _("To review")
        DONE = "done", _("Reviewed")
        ABSTAINED = "abstained", _("Abstained")
        CONFLICT = "conflict", _("Conflict of interest")

    phase = models.ForeignKey(
        ReviewPhase, models.PROTECT, related_name="reviews", verbose_name=_("screening phase")
    )
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="reviews", verbose_name=_("project")
    )
    reviewer = models.ForeignKey(
        Reviewer, models.PROTECT, related_name="reviews", verbose_name=_("reviewer")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASSIGNED)
    is_by_hand = models.BooleanField(_("assigned by hand"), default=False)
    passes = models.BooleanField(_("passes"), null=True, blank=True)
    to_applicant = models.TextField(_("comment to the applicant"), blank=True)
    to_board = models.TextField(_("comment to the board"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    assigned_at = models.DateTimeField(_("assigned"), default=timezone.now)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["phase", "project", "reviewer"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase", "project", "reviewer"],
                name="review_once",
                violation_error_message=_("The reviewer has this project already."),
            ),
            models.CheckConstraint(
                condition=Q(state="assigned") | Q(answered_at__isnull=False),
                name="review_answered_has_time",
                violation_error_message=_("An answer has its time."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["abstained", "conflict"]) | ~Q(reason=""),
                name="review_without_vote_has_reason",
                violation_error_message=_("Who does not review says why."),
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "phase"], name="review_own_list_idx")]

    def __str__(self) -> str:
        return f"{self.reviewer} → {self.project}"


class ReviewScore(models.Model):
    """The points of a review in one criterion."""

    review = models.ForeignKey(
        Review, models.CASCADE, related_name="scores", verbose_name=_("review")
    )
    criterion = models.ForeignKey(
        ReviewCriterion, models.PROTECT, related_name="scores", verbose_name=_("criterion")
    )
    value = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("points of a review")
        verbose_name_plural = _("points of reviews")
        ordering = ["review", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"],
                name="reviewscore_once",
                violation_error_message=_("This criterion has its points."),
            ),
            models.CheckConstraint(
                condition=Q(value__lte=20),
                name="reviewscore_within_range",
                violation_error_message=_("The highest points are between 1 and 20."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class DeclaredConflict(models.Model):
    """A reviewer says that a project concerns them: they never get it."""

    reviewer = models.ForeignKey(
        Reviewer, models.CASCADE, related_name="declared", verbose_name=_("reviewer")
    )
    project = models.ForeignKey(
        Project, models.CASCADE, related_name="declared_conflicts", verbose_name=_("project")
    )
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("declared conflict of interest")
        verbose_name_plural = _("declared conflicts of interest")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "project"],
                name="declaredconflict_once",
                violation_error_message=_("This conflict is declared already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="declaredconflict_has_reason",
                violation_error_message=_("Give the reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} × {self.project}"


class BlindText(models.Model):
    """What reviewers of a blind phase read instead of a project's own title and summary."""

    project = models.OneToOneField(
        Project, models.CASCADE, related_name="blind_text", verbose_name=_("project")
    )
    title = models.CharField(_("title without names"), max_length=300)
    text = models.TextField(_("text without names"), blank=True)

    class Meta:
        verbose_name = _("anonymised text")
        verbose_name_plural = _("anonymised texts")
        ordering = ["project"]

    def __str__(self) -> str:
        return self.title
