"""Favourites that somebody keeps with their login, and the address of their calendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.editions import Edition


class StarList(models.Model):
    """The favourites of a login at an edition.

    Its row is locked while two devices bring what they know; raising its version ends
    the address of the calendar.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="star_lists",
        verbose_name=_("login"),
    )
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="star_lists", verbose_name=_("edition")
    )
    key_version = models.PositiveIntegerField(_("version of its address"), default=1)
    wants_mail = models.BooleanField(_("told of releases by mail"), default=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("list of favourites")
        verbose_name_plural = _("lists of favourites")
        ordering = ["edition", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "edition"],
                name="starlist_once_per_edition",
                violation_error_message=_("There is one list for each edition."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.user}"


class FavouriteQuerySet(models.QuerySet):
    def starred(self):
        return self.filter(is_on=True)


class Favourite(models.Model):
    """A session somebody starred, by its GUID; one taken off stays as a note of when.

    So a device that was away for long learns what another took off.
    """

    stars = models.ForeignKey(
        StarList, models.CASCADE, related_name="favourites", verbose_name=_("list of favourites")
    )
    guid = models.UUIDField(_("GUID"))
    is_on = models.BooleanField(_("starred"), default=True)
    changed_at = models.DateTimeField(_("changed"))

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        ordering = ["stars", "guid"]
        constraints = [
            models.UniqueConstraint(
                fields=["stars", "guid"],
                name="favourite_once_per_list",
                violation_error_message=_("The session is in the list already."),
            ),
        ]
        indexes = [
            models.Index(fields=["guid"], condition=Q(is_on=True), name="favourite_starred_idx")
        ]

    def __str__(self) -> str:
        return str(self.guid)
