"""Releases: what the public reads of the programme."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.editions import Edition
from hrconf.mailing.models import Batch


class ReleaseQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-number")

    def current(self, slug: str):
        """What the public reads of an edition: its newest release, if it has any.

        One indexed query; the snapshot stays behind until someone asks for it.
        """
        return self.public(slug).select_related("edition__series").without_programme()

    def public(self, slug: str):
        """The releases of a public edition, the newest first."""
        return self.filter(edition__slug=slug, edition__is_public=True).newest_first()

    def before(self, release: "Release"):
        """The releases of the same edition that came before one, the newest first."""
        earlier = self.filter(edition=release.edition_id, number__lt=release.number)
        return earlier.newest_first()

    def without_programme(self):
        """Rows without the whole programme in them, for lists."""
        return self.defer("snapshot", "changes")

    def untold(self):
        """Those whose news still have to be written to somebody."""
        return self.filter(told_at__isnull=True).exclude(groups=[])


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
    restores = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("puts back"),
    )
    groups = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, verbose_name=_("who is told")
    )
    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("mails")
    )
    told_at = models.DateTimeField(_("mails written"), null=True, blank=True)
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


class PlannedReleaseQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=PlannedRelease.State.WAITING)

    def due(self, moment):
        return self.waiting().filter(due_at__lte=moment)


class PlannedRelease(models.Model):
    """A release that is to be made at an instant, of what the drafts then say."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Planned")
        RELEASED = "released", _("Released")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="planned_releases", verbose_name=_("edition")
    )
    due_at = models.DateTimeField(_("planned for"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)
    groups = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, verbose_name=_("who is told")
    )
    state = models.CharField(
        _("status"), max_length=10, choices=State, default=State.WAITING, db_index=True
    )
    trouble = models.TextField(_("why not"), blank=True)
    release = models.OneToOneField(
        Release,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plan",
        verbose_name=_("release"),
    )
    planned_at = models.DateTimeField(_("planned"), default=timezone.now)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("planned by"),
    )

    objects = PlannedReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned release")
        verbose_name_plural = _("planned releases")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state="waiting"),
                name="plannedrelease_one_waiting",
                violation_error_message=_("A release of this edition is planned already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.due_at:%Y-%m-%d %H:%M}"
