"""Projects that may be one, and what became of the question."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.models.projects import Project


class ProjectLinkQuerySet(models.QuerySet):
    def open(self):
        """What waits for a decision."""
        return self.filter(state=ProjectLink.State.OPEN)

    def about(self, project_id: int):
        """Pairs that a project is one of."""
        return self.filter(Q(first=project_id) | Q(second=project_id))


class ProjectLink(models.Model):
    """Two projects that may be one: what speaks for it, and what somebody decided.

    The first is the one of the earlier edition; within an edition the older row.
    """

    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        LATER = "later", _("The same, a later year")
        DOUBLE = "double", _("Entered twice")
        DIFFERENT = "different", _("Not the same")

    class Reason(models.TextChoices):
        NAME = "name", _("same name, whatever the legal form")
        TITLE = "title", _("same title")
        SCRIPTS = "scripts", _("characters and Latin letters of one name")
        SPELLING = "spelling", _("spelt alike")
        DOMAIN = "domain", _("same website")
        HOLDER = "holder", _("same holder")

    first = models.ForeignKey(
        Project, models.CASCADE, related_name="links_after", verbose_name=_("one")
    )
    second = models.ForeignKey(
        Project, models.CASCADE, related_name="links_before", verbose_name=_("the other")
    )
    score = models.PositiveSmallIntegerField(
        _("score"), help_text=_("How much speaks for one project, of 100.")
    )
    reasons = ArrayField(
        models.CharField(max_length=10, choices=Reason), default=list, verbose_name=_("reasons")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    # Of a double: what the row that went was before, for who takes the decision back.
    status_before = models.CharField(max_length=12, blank=True, editable=False)
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

    objects = ProjectLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible match of projects")
        verbose_name_plural = _("possible matches of projects")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="projectlink_once_per_pair",
                violation_error_message=_("This pair is listed already."),
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="projectlink_of_two",
                violation_error_message=_("Choose two projects."),
            ),
            models.CheckConstraint(
                condition=Q(score__lte=100),
                name="projectlink_score_of_100",
                violation_error_message=_("A score is at most 100."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False),
                name="projectlink_decision_has_time",
                violation_error_message=_("A decision has its time."),
            ),
        ]
        indexes = [models.Index(fields=["state", "-score", "id"], name="projectlink_open_idx")]

    def __str__(self) -> str:
        return f"{self.first} ↔ {self.second}"
