"""Invitations: who is asked to come, by whom, and what they answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.people import Association, Delegation, Person
from attendees.models.registrations import Category
from events.models import Edition
from hrconf.mailing.models import Batch


class InvitationQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(status__in=[Invitation.Status.ACCEPTED, Invitation.Status.DEPUTY])

    def open_deputies(self):
        """Invitations of deputies who may still come, or do."""
        return self.filter(represents__isnull=False).exclude(status__in=Invitation.NO_LONGER)

    def unanswered(self):
        """Went out, and nobody said yes or no."""
        return self.filter(
            status__in=[
                Invitation.Status.SENT,
                Invitation.Status.OPENED,
                Invitation.Status.TENTATIVE,
            ]
        )


class Invitation(models.Model):
    """A guest asked to an edition: owner, sender, deadline, answer."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        QUEUED = "queued", _("Queued")
        SENT = "sent", _("Sent")
        BOUNCED = "bounced", _("Bounced")
        OPENED = "opened", _("Opened")
        TENTATIVE = "tentative", _("Tentative")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        DEPUTY = "deputy", _("Deputy named")
        EXPIRED = "expired", _("Expired")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    ANSWERED = [Status.ACCEPTED, Status.DECLINED, Status.DEPUTY, Status.TENTATIVE]
    NO_LONGER = [Status.DECLINED, Status.EXPIRED, Status.WITHDRAWN]

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="invitations", verbose_name=_("edition")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="invitations", verbose_name=_("guest")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="invitations", verbose_name=_("category")
    )
    association = models.ForeignKey(
        Association,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("sent by association"),
    )
    delegation = models.ForeignKey(
        Delegation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("delegation"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="owned_invitations",
        verbose_name=_("owner"),
        help_text=_("Who in the office courts this guest."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    may_send_deputy = models.BooleanField(_("deputy allowed"), default=False)
    deputy = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputy_for",
        verbose_name=_("deputy"),
    )
    represents = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("represents"),
        help_text=_("The invitation of the guest in whose place this one comes."),
    )
    batch = models.ForeignKey(
        Batch,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("batch"),
        help_text=_("The round in which it was last mailed."),
    )
    number = models.PositiveIntegerField(
        _("number of the letter"),
        null=True,
        blank=True,
        help_text=_("Given in order when the letter first goes out."),
    )
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    answer_note = models.TextField(_("word of the guest"), blank=True)
    decide_by = models.DateField(
        _("decides by"), null=True, blank=True, help_text=_("Until when a tentative guest decides.")
    )
    key_version = models.PositiveSmallIntegerField(
        _("link version"), default=1, help_text=_("Raising it makes earlier links invalid.")
    )
    sendings = models.PositiveSmallIntegerField(
        _("sendings"), default=0, help_text=_("How often it was mailed: again after a bounce.")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    queued_at = models.DateTimeField(_("queued"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    expired_at = models.DateTimeField(_("expired"), null=True, blank=True)
    asked_again_at = models.DateTimeField(
        _("asked to open again"), null=True, blank=True, help_text=_("By the guest, once.")
    )
    openings = models.PositiveSmallIntegerField(
        _("openings"), default=0, help_text=_("How often the office opened it again.")
    )
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    reminded_at = models.DateTimeField(_("last reminded"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"],
                name="invitation_once_per_edition",
                violation_error_message=_("This person is invited already."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(status="withdrawn") | Q(queued_at__isnull=False),
                name="invitation_out_has_been_queued",
                violation_error_message=_("An invitation that went out has been queued."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "declined", "deputy", "tentative"])
                | Q(answered_at__isnull=False),
                name="invitation_answer_has_time",
                violation_error_message=_("An answer has a time."),
            ),
            models.CheckConstraint(
                condition=~Q(status="deputy") | Q(deputy__isnull=False),
                name="invitation_deputy_is_named",
                violation_error_message=_("Name the deputy."),
            ),
            models.CheckConstraint(
                condition=Q(represents__isnull=True)
                | (Q(may_send_deputy=False) & Q(deputy__isnull=True) & ~Q(status="deputy")),
                name="invitation_deputy_names_none",
                violation_error_message=_("A deputy cannot name a deputy."),
            ),
            models.CheckConstraint(
                condition=~Q(represents=models.F("pk")),
                name="invitation_not_for_itself",
                violation_error_message=_("Nobody is their own deputy."),
            ),
            models.UniqueConstraint(
                fields=["represents"],
                condition=~Q(status__in=["declined", "expired", "withdrawn"]),
                name="invitation_one_deputy_at_a_time",
                violation_error_message=_("This guest has named a deputy."),
            ),
            models.UniqueConstraint(
                Coalesce("represents", "id"),
                condition=Q(status="accepted"),
                name="invitation_one_seat",
                violation_error_message=_("The place of this invitation is taken."),
            ),
            models.CheckConstraint(
                condition=~Q(status="tentative") | Q(decide_by__isnull=False),
                name="invitation_tentative_has_day",
                violation_error_message=_("Say by which day the guest decides."),
            ),
            models.CheckConstraint(
                condition=~Q(status="expired") | Q(expired_at__isnull=False),
                name="invitation_expired_has_time",
                violation_error_message=_("An expired invitation has the time it expired."),
            ),
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="invitation_number_once",
                violation_error_message=_("This number is on another letter."),
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "owner", "status"], name="invitation_owner_idx"),
            models.Index(fields=["edition", "answer_by"], name="invitation_due_idx"),
            models.Index(fields=["edition", "status"], name="invitation_status_idx"),
            models.Index(fields=["-created_at", "-id"], name="invitation_newest_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.edition.year}"
