"""What people of the office keep for themselves or their role: views of a list, exports."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrconf.accounts.models import User
from hrconf.accounts.roles import Role

MOST_COLUMNS = 200


class KeptQuerySet(models.QuerySet):
    def seen_by(self, user: User, label: str):
        """One's own of a list, and those shared with one's roles."""
        roles = user.groups.order_by().values("name")
        shared = ~Q(shared_with="") if user.is_superuser else Q(shared_with__in=roles)
        return self.filter(Q(owner=user) | shared, label=label).order_by("name", "pk")


class Kept(models.Model):
    """Something of a list of the office, kept under a name: for oneself or for a role too."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    label = models.CharField(_("list"), max_length=100, help_text=_("As “attendees.person”."))
    name = models.CharField(_("name"), max_length=60)
    shared_with = models.CharField(
        _("shared with"), max_length=20, choices=Role, blank=True, help_text=_("Empty: nobody.")
    )
    query = models.CharField(_("filters and search"), max_length=4000, blank=True)
    order = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    columns = ArrayField(
        models.CharField(max_length=100), size=MOST_COLUMNS, default=list, blank=True
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class SavedView(Kept):
    """Filters, search, order and columns of a list, under a name."""

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "label", "name"],
                name="savedview_name_once",
                violation_error_message=_("You have a view of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="savedview_has_name",
                violation_error_message=_("Give it a name."),
            ),
        ]
        indexes = [models.Index(fields=["label", "shared_with"], name="savedview_label_idx")]


class DefaultView(models.Model):
    """The view with which a list opens for somebody."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    label = models.CharField(_("list"), max_length=100)
    view = models.ForeignKey(
        SavedView, models.CASCADE, related_name="defaults", verbose_name=_("view")
    )

    class Meta:
        verbose_name = _("view to begin with")
        verbose_name_plural = _("views to begin with")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "label"],
                name="defaultview_once_per_list",
                violation_error_message=_("The list begins with another view."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.view)


class SavedExport(Kept):
    """Which columns of a list go into which file, under a name; the rows are those of the day."""

    class Format(models.TextChoices):
        XLSX = "xlsx", _("Excel (XLSX)")
        CSV = "csv", _("CSV, UTF-8")
        GB18030 = "csv-gb18030", _("CSV, GB18030 (older Chinese software)")

    format = models.CharField(_("file"), max_length=12, choices=Format, default=Format.XLSX)
    language = models.CharField(_("language of the headings"), max_length=10)
    ran_at = models.DateTimeField(_("last made"), null=True, blank=True)

    class Meta:
        verbose_name = _("saved export")
        verbose_name_plural = _("saved exports")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "label", "name"],
                name="savedexport_name_once",
                violation_error_message=_("You have an export of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="savedexport_has_name",
                violation_error_message=_("Give it a name."),
            ),
            models.CheckConstraint(
                condition=~Q(columns=[]),
                name="savedexport_has_columns",
                violation_error_message=_("Choose at least one column."),
            ),
        ]
        indexes = [models.Index(fields=["label", "shared_with"], name="savedexport_label_idx")]


def views_of(user: User, label: str) -> list[Any]:
    """The views of a list that a user sees, each knowing if it `is_default`; one query."""
    mine = DefaultView.objects.filter(user=user, view=OuterRef("pk"))
    found = SavedView.objects.seen_by(user, label).select_related("owner")
    return list(found.annotate(is_default=Exists(mine)))
