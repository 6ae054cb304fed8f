"""Startup projects and the sectors they belong to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from attendees.models import Person, Registration
from attendees.models.people import person_matches, trigram_index
from events.models import Edition


class Sector(models.Model):
    """A field of industry; a sub-sector has a parent."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    is_priority = models.BooleanField(_("priority of the province"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="sector_not_its_own_parent",
                violation_error_message=_("A sector is not part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectQuerySet(models.QuerySet):
    def held(self):
        """Brought by somebody; the others wait for who takes them over."""
        return self.filter(holder__isnull=False)

    def invited(self):
        """Asked to the conference, whatever came of it."""
        return self.filter(invited_on__isnull=False).exclude(status=Project.Status.WITHDRAWN)

    def search(self, text: str):
        """Reference, title or holder (either script): every word occurs."""
        found = self
        for word in text.replace("\x00", "").split()[:6]:
            found = found.filter(
                Q(reference__icontains=word)
                | Q(title_en__icontains=word)
                | Q(title_zh_hans__icontains=word)
                | person_matches(word, "holder__")
            )
        return found


class Project(models.Model):
    """A startup project that its holder brings to an edition."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPLIED = "applied", _("Applied")
        ELIGIBLE = "eligible", _("Eligible")
        IN_REVIEW = "in_review", _("In review")
        SHORTLISTED = "shortlisted", _("Shortlisted")
        ACCEPTED = "accepted", _("Accepted")
        RESERVE = "reserve", _("On the reserve list")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Stage(models.TextChoices):
        IDEA = "idea", _("Idea")
        PROTOTYPE = "prototype", _("Prototype")
        PILOT = "pilot", _("Pilot")
        MARKET = "market", _("On the market")
        GROWTH = "growth", _("Growth")

    class Seeking(models.TextChoices):
        FUNDING = "funding", _("Funding")
        PARTNER = "partner", _("Partner")
        SPACE = "space", _("Space")
        TALENT = "talent", _("Talent")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="projects", verbose_name=_("edition")
    )
    reference = models.CharField(_("reference"), max_length=30)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="projects", verbose_name=_("sector")
    )
    # A list of companies names nobody: such a project waits for who takes it over.
    holder = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("holder"),
    )
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("registration"),
    )
    organization = models.CharField(_("company or team"), max_length=200, blank=True)
    country = CountryField(_("country or region"), blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, blank=True)
    seeking = ArrayField(
        models.CharField(max_length=10, choices=Seeking),
        default=list,
        blank=True,
        verbose_name=_("seeking"),
    )
    funding_sought = models.DecimalField(
        _("funding sought"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    website = models.URLField(_("website"), blank=True)
    video_url = models.URLField(
        _("video"), blank=True, help_text=_("The address of a video that introduces the project.")
    )
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    source_id = models.CharField(
        _("number in its list"),
        max_length=100,
        blank=True,
        help_text=_("What the list it came from calls it: the next list finds it by this."),
    )
    # Only a decision about a possible match sets it (projects/services/links.py).
    earlier = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="later",
        verbose_name=_("earlier entry"),
        help_text=_("The same project at an earlier edition."),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    is_competing = models.BooleanField(_("in the competition"), default=False)
    invited_on = models.DateField(_("invited"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["reference", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "reference"],
                name="project_reference_once_per_edition",
                violation_error_message=_("The edition has a project of this reference."),
            ),
            models.CheckConstraint(
                condition=Q(funding_sought__isnull=True) | Q(funding_sought__gte=0),
                name="project_funding_not_negative",
                violation_error_message=_("An amount is not negative."),
            ),
            models.UniqueConstraint(
                fields=["edition", "source_id"],
                condition=~Q(source_id=""),
                name="project_source_once_per_edition",
                violation_error_message=_("The edition has a project of this number."),
            ),
            models.CheckConstraint(
                condition=Q(founded_year__isnull=True) | Q(founded_year__range=(1800, 2200)),
                name="project_founded_year_plausible",
                violation_error_message=_("A year has four digits."),
            ),
            models.CheckConstraint(
                condition=Q(earlier__isnull=True) | ~Q(earlier=models.F("pk")),
                name="project_not_its_own_past",
                violation_error_message=_("A project is not its own past."),
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                name="project_currency_iso",
                violation_error_message=_("A currency is three capital letters."),
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "status"], name="project_status_idx"),
            models.Index(fields=["edition", "sector"], name="project_sector_idx"),
            trigram_index("title_en", "project_title_en_trgm"),
            trigram_index("title_zh_hans", "project_title_zh_trgm"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"
