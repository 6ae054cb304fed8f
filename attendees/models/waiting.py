"""Waiting lists: who waits for what, alone or with others, and what was offered."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.forms import FieldChoice
from attendees.models.registrations import BADGE_LETTERS, Category, Registration
from events.models import Session


def new_group_code() -> str:
    """A code of 8 letters that a group passes on: 8.5e11 codes, so a guess finds none."""
    return "".join(secrets.choice(BADGE_LETTERS) for _letter in range(8))


class WaitGroup(models.Model):
    """People who wait with each other: they go in together, or as places come."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_group_code)
    goes_together = models.BooleanField(
        _("all together"),
        default=True,
        help_text=_("Places are offered once there are enough for all; else one by one."),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("group on a waiting list")
        verbose_name_plural = _("groups on waiting lists")

    def __str__(self) -> str:
        return self.code


class WaitQuerySet(models.QuerySet):
    def open(self):
        """Who waits, and to whom a place is offered."""
        return self.filter(state__in=[Wait.State.WAITING, Wait.State.OFFERED])

    def waiting(self):
        return self.filter(state=Wait.State.WAITING)

    def holding(self, now=None):
        """Offers that hold a place at the moment."""
        return self.filter(state=Wait.State.OFFERED, offer_until__gt=now or timezone.now())

    def in_turn(self):
        return self.order_by("-lead", "joined_at", "pk")


class Wait(models.Model):
    """A registered person waits for a place: in a category, of a limited choice, in a session."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        OFFERED = "offered", _("Place offered")
        TAKEN = "taken", _("Place taken")
        LEFT = "left", _("Left the list")
        LAPSED = "lapsed", _("Offer not taken up")

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="waits", verbose_name=_("registration")
    )
    category = models.ForeignKey(
        Category,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="waits",
        verbose_name=_("category"),
    )
    choice = models.ForeignKey(
        FieldChoice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="waits",
        verbose_name=_("choice"),
    )
    session = models.ForeignKey(
        Session,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="waits",
        verbose_name=_("session"),
    )
    group = models.ForeignKey(
        WaitGroup,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="waits",
        verbose_name=_("group"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    lead = models.PositiveSmallIntegerField(
        _("moved ahead"),
        default=0,
        help_text=_("Who was moved to the front has more than all others; most have none."),
    )
    offered_at = models.DateTimeField(_("offered"), null=True, blank=True)
    offer_until = models.DateTimeField(_("offer holds until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = WaitQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on a waiting list")
        verbose_name_plural = _("places on waiting lists")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__isnull=False, choice__isnull=True, session__isnull=True)
                | Q(category__isnull=True, choice__isnull=False, session__isnull=True)
                | Q(category__isnull=True, choice__isnull=True, session__isnull=False),
                name="wait_is_for_one_thing",
                violation_error_message=_("One waits for one thing."),
            ),
            models.UniqueConstraint(
                fields=["registration", "category"],
                condition=Q(state__in=["waiting", "offered"]),
                name="wait_once_per_category",
                violation_error_message=_("This person is on the waiting list already."),
            ),
            models.UniqueConstraint(
                fields=["registration", "choice"],
                condition=Q(state__in=["waiting", "offered"]),
                name="wait_once_per_choice",
                violation_error_message=_("This person is on the waiting list already."),
            ),
            models.UniqueConstraint(
                fields=["registration", "session"],
                condition=Q(state__in=["waiting", "offered"]),
                name="wait_once_per_session",
                violation_error_message=_("This person is on the waiting list already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="offered")
                | Q(offered_at__isnull=False, offer_until__isnull=False),
                name="wait_offer_has_times",
                violation_error_message=_("An offer has a time until which it holds."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "offered"]) | Q(ended_at__isnull=False),
                name="wait_end_has_time",
                violation_error_message=_("What ended has the time of its end."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["category", "joined_at", "id"],
                condition=Q(state__in=["waiting", "offered"]),
                name="wait_category_idx",
            ),
            models.Index(
                fields=["choice", "joined_at", "id"],
                condition=Q(state__in=["waiting", "offered"]),
                name="wait_choice_idx",
            ),
            models.Index(
                fields=["session", "joined_at", "id"],
                condition=Q(state__in=["waiting", "offered"]),
                name="wait_session_idx",
            ),
            models.Index(
                fields=["offer_until"], condition=Q(state="offered"), name="wait_offer_idx"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} · {self.thing}"

    @property
    def thing(self) -> Category | FieldChoice | Session:
        """What the person waits for."""
        return self.category or self.choice or self.session  # type: ignore[return-value]


class WaitStep(models.Model):
    """What the office did to somebody's place in a line, out of turn, and why."""

    class Kind(models.TextChoices):
        PUT = "put", _("Put on the list")
        OFFERED = "offered", _("Offered out of turn")
        LENGTHENED = "lengthened", _("Offer lengthened")
        MOVED = "moved", _("Moved to the front")
        TAKEN_OFF = "taken_off", _("Taken off the list")

    wait = models.ForeignKey(
        Wait, models.CASCADE, related_name="steps", verbose_name=_("place on a waiting list")
    )
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("step on a waiting list")
        verbose_name_plural = _("steps on waiting lists")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="", kind__in=["offered", "moved"]),
                name="waitstep_has_reason",
                violation_error_message=_("Who is preferred to others is so for a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wait} · {self.get_kind_display()}"
