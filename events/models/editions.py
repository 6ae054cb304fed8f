"""Editions of a conference, and the totals of those that predate the system."""

import re
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?")
# First path segments that an edition's address must not take.
RESERVED_SLUGS = ["account", "accounts", "jobs", "office", "people", "search", "styleguide"]


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is no time zone."), params={"name": name})


def validate_sites(text: str) -> None:
    """Each line is an origin, which goes into a header: nothing else may stand there."""
    for line in text.split():
        if line != "none" and not SITE.fullmatch(line):
            raise ValidationError(_("“%(site)s” is no address of a site."), params={"site": line})


class Series(models.Model):
    """A conference that is held again and again, such as once a year."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("first held in"))

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True)

    def newest_first(self):
        return self.order_by("-starts_on", "-pk")

    def at_hand(self) -> "Edition | None":
        """The edition the office works on: the next to end, else the last that ended."""
        coming = self.filter(ends_on__gte=timezone.localdate()).order_by("ends_on", "pk")
        return coming.first() or self.order_by("-ends_on", "-pk").first()


class Edition(models.Model):
    """One holding of the conference: a name, its days, its place."""

    series = models.ForeignKey(
        Series, models.PROTECT, related_name="editions", verbose_name=_("series")
    )
    slug = models.SlugField(_("slug"), unique=True, help_text=_("Part of the address: /en/2017/"))
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=200)
    tagline = models.CharField(_("tagline"), max_length=300, blank=True)
    about = models.TextField(_("about"), blank=True)
    city = models.CharField(_("city"), max_length=100)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="Asia/Shanghai", validators=[validate_time_zone]
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    day_begins_at = models.PositiveSmallIntegerField(
        _("a day begins at"),
        default=0,
        help_text=_("The hour: what starts earlier, after midnight, belongs to the day before."),
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    embedders = models.TextField(
        _("sites that may show the programme"),
        blank=True,
        validators=[validate_sites],
        help_text=_(
            "Sites on whose pages the programme may be embedded, one a line, such as "
            "https://www.example.org. Empty: every site. “none”: no site."
        ),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="edition_ends_after_start",
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(
                condition=Q(day_begins_at__lte=12),
                name="edition_day_begins_before_noon",
                violation_error_message=_("A day begins between 0 and 12 o'clock."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="edition_slug_not_reserved",
                violation_error_message=_("This slug is an address of the system."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:edition", kwargs={"edition": self.slug})

    @property
    def frame_ancestors(self) -> list[str]:
        """Who may embed its programme, as the header says it."""
        sites = self.embedders.split()
        return ["'none'"] if "none" in sites else sites or ["*"]

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class RecordedTotal(models.Model):
    """A headline number of past years that was recorded, not counted from rows."""

    class Metric(models.TextChoices):
        ATTENDEES = "attendees", _("Attendees")
        PROFESSIONALS = "professionals", _("International professionals")
        ASSOCIATIONS = "associations", _("Associations of overseas students")
        PROJECTS_SIGNED = "projects_signed", _("Projects signed")
        VOLUME_CNY = "volume_cny", _("Contract volume in CNY")

    series = models.ForeignKey(
        Series, models.PROTECT, related_name="recorded_totals", verbose_name=_("series")
    )
    metric = models.CharField(
        pgettext_lazy("what is counted", "number"), max_length=20, choices=Metric
    )
    first_year = models.PositiveSmallIntegerField(_("from year"))
    last_year = models.PositiveSmallIntegerField(_("to year"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    is_estimate = models.BooleanField(_("estimate"), default=False)
    is_lower_bound = models.BooleanField(_("at least"), default=False)
    source = models.CharField(_("source"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("recorded total")
        verbose_name_plural = _("recorded totals")
        ordering = ["metric", "first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "metric", "first_year", "last_year"],
                name="recordedtotal_once",
                violation_error_message=_("This total is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="recordedtotal_years_in_order",
                violation_error_message=_("The last year is not before the first."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="recordedtotal_not_negative",
                violation_error_message=_("A total is not negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()} {self.first_year}–{self.last_year}"
