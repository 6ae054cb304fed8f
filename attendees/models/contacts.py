"""The thread of an invitation: what guests answered, what the office did and noted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.invitations import Invitation


class Mark(models.Model):
    """A step of an invitation, written when it happens and never changed."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answer")
        DEPUTY_NAMED = "deputy_named", _("Deputy named")
        DEPUTY_BACK = "deputy_back", _("Deputy taken back")
        DEPUTY_DECLINED = "deputy_declined", _("Deputy cannot come")
        EXPIRED = "expired", _("Expired")
        ASKED_AGAIN = "asked_again", _("Asked to open again")
        OPENED_AGAIN = "opened_again", _("Opened again")
        EXTENDED = "extended", _("Deadline moved")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        OWNER = "owner", _("Owner set")
        ADDRESS = "address", _("E-mail changed")

    invitation = models.ForeignKey(
        Invitation, models.CASCADE, related_name="marks", verbose_name=_("invitation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    status = models.CharField(
        _("status"), max_length=10, choices=Invitation.Status, help_text=_("From then on.")
    )
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty for the guest and for the clock."),
    )

    class Meta:
        verbose_name = _("step of an invitation")
        verbose_name_plural = _("steps of invitations")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["invitation", "at"], name="mark_invitation_idx")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.invitation}"


class Contact(models.Model):
    """A conversation with a guest that somebody of the office noted: when, how, what was said."""

    class Way(models.TextChoices):
        PHONE = "phone", _("Phone")
        WECHAT = "wechat", _("WeChat")
        EMAIL = "email", _("E-mail")
        MEETING = "meeting", _("In person")
        OTHER = "other", _("Other")

    invitation = models.ForeignKey(
        Invitation, models.CASCADE, related_name="contacts", verbose_name=_("invitation")
    )
    on = models.DateField(_("day"))
    way = models.CharField(_("way"), max_length=10, choices=Way, default=Way.PHONE)
    text = models.TextField(_("what was said"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    created_at = models.DateTimeField(_("noted"), default=timezone.now)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="contact_has_text",
                violation_error_message=_("Say what was said."),
            ),
        ]
        indexes = [models.Index(fields=["invitation", "-on"], name="contact_invitation_idx")]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.on:%Y-%m-%d}"


class AddressChange(models.Model):
    """A new e-mail address that a guest has named and not proven yet: it counts once the code does."""

    invitation = models.ForeignKey(
        Invitation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invitation"),
    )
    person = models.ForeignKey(
        "attendees.Person",
        models.CASCADE,
        related_name="address_changes",
        verbose_name=_("person"),
    )
    email = models.EmailField(_("new e-mail"))
    code_hash = models.CharField(_("hash of the code"), max_length=64)
    attempts = models.PositiveSmallIntegerField(_("wrong codes"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    done_at = models.DateTimeField(_("proven"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["person", "-created_at"], name="addresschange_person_idx")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.created_at:%Y-%m-%d %H:%M}"
