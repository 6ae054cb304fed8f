"""The programme: tracks, sessions, and the bookings that give them room and time."""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q, Transform
from django.db.models.fields.json import JSONField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models.editions import Edition
from events.models.places import Room


@JSONField.register_lookup
class JsonType(Transform):
    """What a JSON value is: `array`, `object`, `string` …"""

    lookup_name = "typeof"
    function = "jsonb_typeof"
    output_field = models.CharField()


class Track(models.Model):
    """A strand of the programme, such as one forum's topic."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="tracks", verbose_name=_("edition")
    )
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=200)
    colour = models.PositiveSmallIntegerField(
        _("colour"), default=1, help_text=_("A number from 1 to 8 of the palette.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    organizers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="tracks",
        verbose_name=_("organizers"),
        help_text=_("They may edit the times and rooms of this track, and of no other."),
    )
    source_id = models.CharField(_("id in its source"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="track_slug_once_per_edition",
                violation_error_message=_("The edition has a track of this slug."),
            ),
            models.CheckConstraint(
                condition=Q(colour__range=(1, 8)),
                name="track_colour_of_palette",
                violation_error_message=_("The palette has the colours 1 to 8."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Booking(models.Model):
    """A room for a stretch of time. Sessions, meetings and signings all own one.

    Tentative bookings may clash and show it; firm ones cannot, whoever owns them.
    A shared one never becomes firm: a corner of a hall, a programme within a programme.
    """

    room = models.ForeignKey(
        Room,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("room"),
        help_text=_("Empty for what needs no room of ours, such as a park visit."),
    )
    during = DateTimeRangeField(_("time"))
    is_firm = models.BooleanField(_("firm"), default=False)
    is_shared = models.BooleanField(
        _("room is shared"),
        default=False,
        help_text=_("Something else may be on in the room at the same time, and that is meant."),
    )

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            ExclusionConstraint(
                name="booking_firm_no_overlap",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(is_firm=True),
                violation_error_message=_("The room is taken at that time."),
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False)
                & Q(during__lower_inf=False)
                & Q(during__upper_inf=False),
                name="booking_has_start_and_end",
                violation_error_message=_("A booking ends after it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(is_firm=True, is_shared=True),
                name="booking_firm_or_shared",
                violation_error_message=_("A shared room is held by nobody alone."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room or '—'} {self.during.lower:%Y-%m-%d %H:%M}"


class SessionQuerySet(models.QuerySet):
    def with_times(self):
        """Each session with its room, venue and track: one query."""
        return self.select_related("track", "booking__room__venue").annotate(
            starts_at=F("booking__during__startswith"), ends_at=F("booking__during__endswith")
        )

    def in_order(self):
        return self.order_by("booking__during__startswith", "booking__room__position", "pk")

    def scheduled(self):
        return self.filter(booking__isnull=False)

    def publishable(self):
        """What a release shows: decided, and with a time."""
        decided = [Session.Status.CONFIRMED, Session.Status.CANCELLED]
        return self.scheduled().filter(status__in=decided)

    def opening(self):
        return self.filter(kind=Session.Kind.OPENING)


class Session(models.Model):
    """Something that happens at the conference: a ceremony, a forum, a visit."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening ceremony")
        CEREMONY = "ceremony", _("Ceremony")
        FORUM = "forum", _("Forum")
        TALK = "talk", _("Talk")
        COMPETITION = "competition", _("Competition round")
        PITCH = "pitch", _("Pitch")
        SIGNING = "signing", _("Signing")
        VISIT = "visit", _("Park visit")
        MATCHMAKING = "matchmaking", _("Matchmaking")
        JOB_FAIR = "job_fair", _("Job fair")
        NETWORKING = "networking", _("Networking")
        MEAL = "meal", _("Meal")
        BREAK = "break", _("Break")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PENDING = "pending", _("Pending")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="sessions", verbose_name=_("edition")
    )
    code = models.SlugField(_("code"), max_length=60, help_text=_("Part of its address."))
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.TALK)
    track = models.ForeignKey(
        Track,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("track"),
    )
    title = models.CharField(_("title"), max_length=300)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("What follows the abstract on its page.")
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        default="zh-hans",
        blank=True,
        help_text=_("Empty where it is not known."),
    )
    interpretation = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, verbose_name=_("interpretation")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: no limit but the room's.")
    )
    needs_seat = models.BooleanField(_("sign-up needed"), default=False)
    seats_open_at = models.DateTimeField(
        _("sign-up opens"), null=True, blank=True, help_text=_("Empty: with its release.")
    )
    seats_close_at = models.DateTimeField(
        _("sign-up closes"), null=True, blank=True, help_text=_("Empty: when it begins.")
    )
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    booking = models.OneToOneField(
        Booking,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="session",
        verbose_name=_("booking"),
    )
    held = models.OneToOneField(
        Booking,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="held_by",
        verbose_name=_("place of the last release"),
    )
    guid = models.UUIDField(_("GUID"), default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    source_id = models.CharField(_("id in its source"), max_length=200, blank=True, editable=False)
    format_name = models.CharField(
        _("kind in other programs"),
        max_length=100,
        blank=True,
        help_text=_("What files of the schedule call its kind; empty: as we do."),
    )
    links = JSONField(_("links"), default=list, blank=True, editable=False)
    attachments = JSONField(_("attachments"), default=list, blank=True, editable=False)
    recording_licence = models.CharField(_("licence of the recording"), max_length=100, blank=True)
    is_off_record = models.BooleanField(_("not to be recorded"), default=False)
    # A short hash of each value as the last import brought it.
    imported = JSONField(_("last import"), null=True, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="session_code_once_per_edition",
                violation_error_message=_("The edition has a session of this code."),
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(kind="opening") & ~Q(status="cancelled"),
                name="session_one_opening_per_edition",
                violation_error_message=_("The edition has an opening ceremony."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="session_capacity_positive",
                violation_error_message=_("A session has at least one seat."),
            ),
            models.CheckConstraint(
                condition=Q(seats_open_at__isnull=True)
                | Q(seats_close_at__isnull=True)
                | Q(seats_close_at__gt=F("seats_open_at")),
                name="session_seats_close_after_opening",
                violation_error_message=_("The sign-up closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1),
                name="session_minutes_positive",
                violation_error_message=_("A session lasts at least a minute."),
            ),
            models.UniqueConstraint(
                fields=["edition", "guid"],
                name="session_guid_once_per_edition",
                violation_error_message=_("The edition has a session of this GUID."),
            ),
            models.UniqueConstraint(
                fields=["edition", "source_id"],
                condition=~Q(source_id=""),
                name="session_source_id_once_per_edition",
                violation_error_message=_("The edition has a session of this id in its source."),
            ),
            models.CheckConstraint(
                condition=Q(links__typeof="array", attachments__typeof="array"),
                name="session_references_are_lists",
                violation_error_message=_("Links and attachments are lists."),
            ),
        ]
        indexes = [models.Index(fields=["edition", "kind"], name="session_kind_idx")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:session", kwargs={"edition": self.edition.slug, "code": self.code})
