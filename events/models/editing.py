"""The editor of the programme: steps taken, rooms blocked, when who is available."""

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.editions import Edition
from events.models.places import Room, Venue
from events.models.sessions import Booking
from events.models.speakers import Speaker

WHOLE = Q(during__isempty=False) & Q(during__lower_inf=False) & Q(during__upper_inf=False)


class Step(models.Model):
    """One change of the programme's drafts; its number is the edition's edit revision.

    `changes` lists what it touched: what ("session" for its place, "text" for anything
    else of it, or "block"), key, before, after. A step that takes another back, or takes
    it anew, names it.
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("Moved")
        RESIZE = "resize", _("Length changed")
        UNSCHEDULE = "unschedule", _("Taken out of the grid")
        SWAP = "swap", _("Exchanged")
        BLOCK = "block", _("Room blocked")
        UNBLOCK = "unblock", _("Room opened")
        COPY = "copy", _("Break copied")
        TEXT = "text", _("Changed in the grid")
        EDIT = "edit", _("Edited")
        IMPORT = "import", _("Imported")
        RESTORE = "restore", _("Put back")
        UNDO = "undo", _("Undone")
        REDO = "redo", _("Done again")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="steps", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    changes = models.JSONField(_("changes"))
    undoes = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("takes back"),
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("editing step")
        verbose_name_plural = _("editing steps")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="step_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["undo", "redo"], undoes__isnull=False)
                | (~Q(kind__in=["undo", "redo"]) & Q(undoes__isnull=True)),
                name="step_undo_names_a_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_kind_display()}"


class RoomBlock(models.Model):
    """A room kept free for a while, with the reason; firm with the next release at the latest."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="blocks", verbose_name=_("edition")
    )
    booking = models.OneToOneField(
        Booking, models.PROTECT, related_name="block", verbose_name=_("booking")
    )
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        verbose_name = _("blocked room")
        verbose_name_plural = _("blocked rooms")
        ordering = ["booking__during", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="roomblock_has_reason",
                violation_error_message=_("Say why the room is blocked."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Availability(models.Model):
    """When a speaker or a room is there. Who has none is there all the time."""

    speaker = models.ForeignKey(
        Speaker,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="availabilities",
        verbose_name=_("speaker"),
    )
    room = models.ForeignKey(
        Room,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="availabilities",
        verbose_name=_("room"),
    )
    during = DateTimeRangeField(_("time"))

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availabilities")
        ordering = ["during", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker__isnull=False, room__isnull=True)
                | Q(speaker__isnull=True, room__isnull=False),
                name="availability_of_one_thing",
                violation_error_message=_("It is of a speaker or of a room."),
            ),
            models.CheckConstraint(
                condition=WHOLE,
                name="availability_has_start_and_end",
                violation_error_message=_("Give when it begins and when it ends."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.during.lower:%Y-%m-%d %H:%M} – {self.during.upper:%Y-%m-%d %H:%M}"


class Walk(models.Model):
    """How long one walks between two venues, where the map says otherwise; both ways."""

    venue = models.ForeignKey(
        Venue, models.CASCADE, related_name="walks", verbose_name=_("from venue")
    )
    other = models.ForeignKey(Venue, models.CASCADE, related_name="+", verbose_name=_("to venue"))
    minutes = models.PositiveSmallIntegerField(_("minutes on the way"))

    class Meta:
        verbose_name = _("way between venues")
        verbose_name_plural = _("ways between venues")
        ordering = ["venue", "other"]
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "other"],
                name="walk_once_per_pair",
                violation_error_message=_("This way is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(venue=F("other")),
                name="walk_between_two_venues",
                violation_error_message=_("A way leads to another venue."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} – {self.other}"
