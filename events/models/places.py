"""Where things happen: districts, industrial parks, venues, rooms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class District(models.Model):
    """A district or county of the host city."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Park(models.Model):
    """An industrial park that hosts visits and takes in projects."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="parks", verbose_name=_("district")
    )
    strengths = models.TextField(_("strengths"), blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("industrial park")
        verbose_name_plural = _("industrial parks")
        ordering = ["district__position", "slug"]

    def __str__(self) -> str:
        return self.name


class Venue(models.Model):
    """A building or site where sessions are held."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("district"),
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A place that one thing at a time can book: a hall, a room, a meeting table."""

    class Kind(models.TextChoices):
        HALL = "hall", _("Hall")
        ROOM = "room", _("Room")
        TABLE = "table", _("Meeting table")
        OUTDOOR = "outdoor", _("Meeting point")

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="rooms", verbose_name=_("venue"))
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ROOM)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    floor = models.CharField(_("floor"), max_length=20, blank=True)
    directions = models.TextField(
        _("how to get there"), blank=True, help_text=_("From the entrance of the venue.")
    )
    plan = models.ImageField(_("plan"), upload_to="plans/", blank=True)
    plan_alt = models.CharField(
        _("the plan in words"),
        max_length=500,
        blank=True,
        help_text=_("For who cannot see it: what it shows, and where the room is."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    source_id = models.CharField(_("id in its source"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["venue__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "slug"],
                name="room_slug_once_per_venue",
                violation_error_message=_("The venue has a room of this slug."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="room_capacity_positive",
                violation_error_message=_("A room holds at least one person."),
            ),
            models.CheckConstraint(
                condition=Q(plan="")
                | (Q(plan_alt_en__isnull=False) & ~Q(plan_alt_en=""))
                | (Q(plan_alt_zh_hans__isnull=False) & ~Q(plan_alt_zh_hans="")),
                name="room_plan_in_words",
                violation_error_message=_("Say in words what the plan shows."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
