"""What the public reads of a project: only what its holder approved."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models import Edition
from projects.models.projects import Project


class ShowcasePage(models.Model):
    """A project's public page: a frozen text in both languages, approved by its holder.

    `approved` is what the public reads, as it was when the holder said yes; what is
    changed in the application afterwards changes nothing here.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not approved yet")
        APPROVED = "approved", _("Approved")
        OFF = "off", _("Taken off")

    project = models.OneToOneField(
        Project, models.CASCADE, related_name="page", verbose_name=_("project")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    approved = models.JSONField(_("approved text"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    key_version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("showcase page")
        verbose_name_plural = _("showcase pages")
        ordering = ["project__reference", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False, version__gte=1)
                & ~Q(approved={})
                | ~Q(state="approved") & Q(approved_at__isnull=True, approved={}),
                name="showcase_public_is_approved",
                violation_error_message=_("Only approved text is public."),
            ),
            models.CheckConstraint(
                condition=Q(reminders=0) | Q(asked_at__isnull=False, reminded_at__isnull=False),
                name="showcase_reminder_follows_question",
                violation_error_message=_("Who was reminded was asked before."),
            ),
        ]
        indexes = [models.Index(fields=["state", "updated_at"], name="showcase_state_idx")]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def edition(self) -> Edition:
        return self.project.edition
