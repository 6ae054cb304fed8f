"""Lists of guests that came as spreadsheets, and what came of each."""

import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attendees.models.people import Association
from attendees.models.registrations import Category
from events.models import Edition
from hrconf.jobs.uploads import Upload


def guest_list_path(guest_list: "GuestList", filename: str) -> str:
    """A name that nobody guesses; what the sender called the file is in its row."""
    return f"guest_lists/{secrets.token_urlsafe(24)}"


class GuestList(Upload):
    """A spreadsheet of guests: its file, how it is read, and what came of it.

    The report names rows by their line and people by their key, so that erasing
    a person leaves nothing of them here. The file goes once it is imported.
    """

    class Purpose(models.TextChoices):
        PEOPLE = "people", _("People only")
        INVITATIONS = "invitations", _("Invitations to draw up")
        REGISTRATIONS = "registrations", _("Registrations")

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        IMPORTED = "imported", _("Imported")
        REFUSED = "refused", pgettext_lazy("a row", "Refused")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="guest_lists", verbose_name=_("edition")
    )
    purpose = models.CharField(
        _("what the rows are"), max_length=15, choices=Purpose, default=Purpose.PEOPLE
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guest_lists",
        verbose_name=_("category"),
        help_text=_("For rows that name none."),
    )
    association = models.ForeignKey(
        Association,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guest_lists",
        verbose_name=_("sent by association"),
        help_text=_("For rows that name none."),
    )
    file = models.FileField(_("file"), upload_to=guest_list_path, blank=True)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    columns = ArrayField(
        models.CharField(max_length=30, blank=True),
        null=True,
        blank=True,
        verbose_name=_("columns"),
        help_text=_("The field of each column; empty for one that is left out."),
    )
    skips_refused = models.BooleanField(
        _("import without the refused rows"),
        default=False,
        help_text=_("Otherwise one refused row keeps the whole list out."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED)

    class Meta(Upload.Meta):
        verbose_name = _("guest list")
        verbose_name_plural = _("guest lists")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="imported", imported_at__isnull=False)
                | ~Q(status="imported") & Q(imported_at__isnull=True),
                name="guestlist_imported_has_time",
                violation_error_message=_("An imported list has the time of its import."),
            ),
            models.CheckConstraint(
                condition=Q(purpose="people") | Q(category__isnull=False),
                name="guestlist_guests_have_category",
                violation_error_message=_("Choose the category of the guests."),
            ),
        ]


class ColumnMap(models.Model):
    """Which column means what under a set of headings, as somebody once said on screen."""

    signature = models.CharField(_("signature"), max_length=64, unique=True, editable=False)
    headings = ArrayField(models.CharField(max_length=200, blank=True), verbose_name=_("headings"))
    fields = ArrayField(models.CharField(max_length=30, blank=True), verbose_name=_("fields"))
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("saved by"),
    )
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(headings__len=models.F("fields__len")),
                name="columnmap_field_per_heading",
                violation_error_message=_("Each heading has its field."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, self.headings))[:120]
