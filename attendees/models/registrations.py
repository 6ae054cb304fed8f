"""Registrations: a person's place at an edition, and their seats in sessions."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.people import Delegation, Person, person_matches
from events.models import Bus, Edition, Session

# No letters that are read wrong aloud or on a screen: 0 O, 1 I L.
BADGE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_badge() -> str:
    """A badge code of 8 letters: 8.5e11 codes, so a guess hits nobody."""
    return "".join(secrets.choice(BADGE_LETTERS) for _letter in range(8))


class Category(models.Model):
    """A kind of attendee at an edition, with its window, places and approval."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", _("Invited professional")
        PROJECT_HOLDER = "project_holder", _("Project holder")
        HOST = "host", _("Park or employer")
        INVESTOR = "investor", _("Investor")
        ASSOCIATION = "association", _("Association")
        PRESS = "press", _("Press")
        STAFF = "staff", _("Staff")
        VISITOR = "visitor", _("Visitor")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="categories", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    name = models.CharField(_("name"), max_length=100)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    needs_approval = models.BooleanField(_("needs approval"), default=True)
    is_open_to_all = models.BooleanField(
        _("open to all"),
        default=False,
        help_text=_("Anybody may register, without an invitation."),
    )
    form = models.ForeignKey(
        "attendees.Form",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="categories",
        verbose_name=_("registration form"),
    )
    max_companions = models.PositiveSmallIntegerField(_("companions at most"), default=5)
    changes_until = models.DateTimeField(
        _("changes until"),
        null=True,
        blank=True,
        help_text=_("Until when people change their own answers. Empty: until the edition begins."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    covers = models.CharField(
        _("what is covered"),
        max_length=500,
        blank=True,
        help_text=_("For guests of this category, such as hotel, meals and transfers."),
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind"],
                name="category_once_per_edition",
                violation_error_message=_("The edition has this category."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=models.F("opens_at")),
                name="category_closes_after_opening",
                violation_error_message=_("Registration closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrationQuerySet(models.QuerySet):
    def active(self):
        return self.exclude(
            status__in=[Registration.Status.DECLINED, Registration.Status.CANCELLED]
        )

    def confirmed(self):
        return self.filter(status=Registration.Status.CONFIRMED)

    def arrived(self):
        """Checked in at the site, at any time of the edition."""
        return self.filter(arrived_at__isnull=False)

    def search(self, text: str):
        """Names in any script and order, e-mail, organization or badge: every word occurs."""
        found = self
        for word in text.replace("\x00", "").split()[:6]:
            found = found.filter(person_matches(word, "person__") | Q(badge__iexact=word))
        return found


class Registration(models.Model):
    """A person's place at one edition."""

    class Status(models.TextChoices):
        INCOMPLETE = "incomplete", _("Incomplete")
        PENDING = "pending", _("Pending")
        WAITLISTED = "waitlisted", _("On the waiting list")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="registrations", verbose_name=_("edition")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="registrations", verbose_name=_("person")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="registrations", verbose_name=_("category")
    )
    invitation = models.OneToOneField(
        "attendees.Invitation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registration",
        verbose_name=_("invitation"),
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("delegation"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.INCOMPLETE)
    badge = models.CharField(_("badge"), max_length=12, unique=True, default=new_badge)
    companions = models.PositiveSmallIntegerField(_("companions"), default=0)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True)
    key_version = models.PositiveSmallIntegerField(
        _("link version"), default=1, help_text=_("Raising it makes earlier links invalid.")
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        permissions = [("export_registration", "Can export registrations")]
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                condition=~Q(status__in=["declined", "cancelled"]),
                name="registration_once_per_edition",
                violation_error_message=_("This person already has a place."),
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(status="confirmed"),
                name="registration_arrival_needs_confirmation",
                violation_error_message=_("Only a confirmed place can be checked in."),
            ),
            models.CheckConstraint(
                condition=Q(status="incomplete")
                | Q(submitted_at__isnull=False)
                | Q(status="cancelled"),
                name="registration_submitted_has_time",
                violation_error_message=_("A complete registration has the time it was sent."),
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(decided_at__isnull=False),
                name="registration_confirmed_has_time",
                violation_error_message=_("A confirmed registration has the time of decision."),
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "status"], name="registration_status_idx"),
            models.Index(fields=["edition", "category"], name="registration_category_idx"),
            models.Index(fields=["-created_at", "-id"], name="registration_newest_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.edition.year}"


class SeatQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(status=Seat.Status.CONFIRMED)


class Seat(models.Model):
    """A registered person's seat in a session that needs signing up."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        # Ended with its item; if that takes place after all, so does the seat.
        CALLED_OFF = "called_off", _("Called off")
        CANCELLED = "cancelled", _("Given back")

    session = models.ForeignKey(
        Session, models.PROTECT, related_name="seats", verbose_name=_("session")
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="seats", verbose_name=_("registration")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CONFIRMED)
    bus = models.ForeignKey(
        Bus,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken",
        verbose_name=_("bus"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "registration"],
                condition=~Q(status="cancelled"),
                name="seat_once_per_session",
                violation_error_message=_("This person has a seat in the session."),
            ),
            # That the bus is of the same visit, a foreign key over both columns says.
            models.CheckConstraint(
                condition=Q(bus__isnull=True) | Q(status="confirmed"),
                name="seat_on_bus_is_confirmed",
                violation_error_message=_("Who has no seat in the visit is on no bus."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} · {self.session}"
