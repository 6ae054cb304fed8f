"""Releases: what the public reads of the programme."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.editions import Edition


class ReleaseQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-number")

    def current(self, slug: str):
        """What the public reads of an edition: its newest release, if it has any.

        One indexed query; the snapshot stays behind until someone asks for it.
        """
        public = self.filter(edition__slug=slug, edition__is_public=True)
        return public.select_related("edition__series").defer("snapshot", "changes").newest_first()


class Release(models.Model):
    """A numbered, frozen state of the programme. Editing touches only drafts."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="releases", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100)
    note = models.TextField(_("note"), blank=True)
    snapshot = models.JSONField(_("snapshot"))
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64)
    released_at = models.DateTimeField(_("released"), default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="release_number_once_per_edition",
                violation_error_message=_("The edition has a release of this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.name}"
