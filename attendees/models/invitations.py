"""Invitations: who is asked to come, by whom, and what they answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.people import Association, Delegation, Person
from attendees.models.registrations import Category
from events.models import Edition


class InvitationQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(status__in=[Invitation.Status.ACCEPTED, Invitation.Status.DEPUTY])

    def unanswered(self):
        """Went out, and nobody said yes or no."""
        return self.filter(
            status__in=[
                Invitation.Status.SENT,
                Invitation.Status.OPENED,
                Invitation.Status.TENTATIVE,
            ]
        )

    def sendable(self):
        return self.filter(status=Invitation.Status.DRAFT).exclude(person__email="")


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
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    answer_note = models.TextField(_("word of the guest"), blank=True)
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
        ]
        indexes = [
            models.Index(fields=["edition", "status"], name="invitation_status_idx"),
            models.Index(fields=["-created_at", "-id"], name="invitation_newest_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.edition.year}"
