"""A call for projects: until when, for whom, what is asked, and the codes that open it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models import Association, Form
from events.models import Edition
from projects.models.projects import Project, Sector

MOST_REMINDERS, EARLIEST_REMINDER = 5, 60  # how many; days before the call closes


def usual_reminders() -> list[int]:
    return [7, 1]


class Call(models.Model):
    """The call of an edition; it has kinds of projects, each with a form of its own."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="call", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(
        _("text"), blank=True, help_text=_("What the call is for, who may apply, what can be won.")
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(
        _("closes"), help_text=_("Until then applications can be sent and changed.")
    )
    needs_code = models.BooleanField(
        _("by invitation only"), default=False, help_text=_("Who applies gives a code.")
    )
    remind_days = ArrayField(
        models.PositiveSmallIntegerField(),
        size=MOST_REMINDERS,
        default=usual_reminders,
        blank=True,
        verbose_name=_("reminders"),
        help_text=_(
            "So many days before the call closes, who has begun and not sent is reminded by mail; "
            "several with commas, as in 7,1. Empty: nobody is."
        ),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("call for projects")
        verbose_name_plural = _("calls for projects")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_it_opens",
                violation_error_message=_("The call closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(remind_days__len__lte=MOST_REMINDERS)
                & Q(remind_days__contained_by=list(range(1, EARLIEST_REMINDER + 1))),
                name="call_reminders_in_range",
                violation_error_message=_("Reminders go out 1 to 60 days before the call closes."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CallKind(models.Model):
    """A kind of project that is called for: its form, its limits on text, files and team."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="kinds", verbose_name=_("call"))
    slug = models.SlugField(_("slug"), max_length=40)
    name = models.CharField(_("name"), max_length=150)
    help = models.TextField(_("help"), blank=True)
    form = models.ForeignKey(
        Form,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="call_kinds",
        verbose_name=_("form"),
        help_text=_("The questions of this kind, beside what every project is asked."),
    )
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Empty: when the call closes.")
    )
    most_letters = models.PositiveSmallIntegerField(
        _("length of the description"), default=1500, help_text=_("In characters, per language.")
    )
    most_team = models.PositiveSmallIntegerField(_("people in the team, at most"), default=8)
    needs_deck = models.BooleanField(_("needs a deck"), default=True)
    most_decks = models.PositiveSmallIntegerField(_("decks, at most"), default=2)
    deck_megabytes = models.PositiveSmallIntegerField(_("megabytes of a deck"), default=30)
    most_certificates = models.PositiveSmallIntegerField(_("certificates, at most"), default=6)
    certificate_megabytes = models.PositiveSmallIntegerField(
        _("megabytes of a certificate"), default=10
    )
    needs_video = models.BooleanField(_("needs a video"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("kind of project")
        verbose_name_plural = _("kinds of projects")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "slug"],
                name="callkind_slug_once",
                violation_error_message=_("The call has a kind of this slug."),
            ),
            models.CheckConstraint(
                condition=Q(most_letters__range=(100, 10000)),
                name="callkind_most_letters",
                violation_error_message=_("A description has 100 to 10,000 characters."),
            ),
            models.CheckConstraint(
                condition=Q(deck_megabytes__range=(1, 50), certificate_megabytes__range=(1, 50)),
                name="callkind_megabytes",
                violation_error_message=_("A file has 1 to 50 megabytes."),
            ),
            models.CheckConstraint(
                condition=Q(needs_deck=False) | Q(most_decks__gte=1),
                name="callkind_deck_possible",
                violation_error_message=_("A deck that is needed must be allowed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CallSector(models.Model):
    """A sector that is called for, and how many applications it takes."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="sectors", verbose_name=_("call"))
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="calls", verbose_name=_("sector")
    )
    most = models.PositiveIntegerField(
        _("applications, at most"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )

    class Meta:
        verbose_name = _("sector of a call")
        verbose_name_plural = _("sectors of a call")
        ordering = ["sector__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "sector"],
                name="callsector_once",
                violation_error_message=_("The call has this sector already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.sector)


class ProjectCode(models.Model):
    """An invitation code: opens a call to whom it was given, so many times.

    The code itself is nowhere stored: it follows from the row and our key
    (`projects/services/codes.py`); `digest` finds the row that a typed code means.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="codes", verbose_name=_("call"))
    label = models.CharField(_("given to"), max_length=200)
    association = models.ForeignKey(
        Association,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="project_codes",
        verbose_name=_("association"),
    )
    project = models.OneToOneField(
        Project,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invited_by",
        verbose_name=_("project"),
        help_text=_("A project of a list: who has the code takes it over."),
    )
    most_uses = models.PositiveIntegerField(_("projects, at most"), default=1)
    closes_at = models.DateTimeField(
        _("good until"), null=True, blank=True, help_text=_("Empty: when the call closes.")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    key_version = models.PositiveIntegerField(default=1, editable=False)
    digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("invitation code")
        verbose_name_plural = _("invitation codes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most_uses__gte=1),
                name="projectcode_used_once_at_least",
                violation_error_message=_("A code is good for at least one project."),
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=True) | Q(most_uses=1),
                name="projectcode_of_a_project_once",
                violation_error_message=_("The code of a project is good for this one alone."),
            ),
        ]
        indexes = [models.Index(fields=["call", "created_at"], name="projectcode_call_idx")]

    def __str__(self) -> str:
        return self.label
