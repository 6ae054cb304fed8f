"""What people answered: files, places taken by a choice, consents, companions, changes."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.forms import ConsentText, FieldChoice, Form, FormField
from attendees.models.registrations import Registration


def answer_file_path(answer: "AnswerFile", filename: str) -> str:
    """A name that nobody guesses; what the sender called the file is in its row."""
    return f"answers/{secrets.token_urlsafe(24)}"


class AnswerFile(models.Model):
    """A file that answers a question; read through a view that asks who is asking."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="files", verbose_name=_("registration")
    )
    field = models.ForeignKey(
        FormField, models.PROTECT, related_name="files", verbose_name=_("question")
    )
    file = models.FileField(_("file"), upload_to=answer_file_path)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    class Meta:
        verbose_name = _("file of an answer")
        verbose_name_plural = _("files of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "field"],
                name="answerfile_once_per_question",
                violation_error_message=_("The question has a file already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TakenChoice(models.Model):
    """A place that somebody's choice takes, where the choice has a limited number."""

    choice = models.ForeignKey(
        FieldChoice, models.PROTECT, related_name="taken", verbose_name=_("choice")
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="taken_choices", verbose_name=_("registration")
    )

    class Meta:
        verbose_name = _("place of a choice")
        verbose_name_plural = _("places of choices")
        constraints = [
            models.UniqueConstraint(
                fields=["choice", "registration"],
                name="takenchoice_once",
                violation_error_message=_("This place is taken already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} · {self.choice}"


class Consent(models.Model):
    """That a person consented to a text, when, and until when."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="consents", verbose_name=_("registration")
    )
    text = models.ForeignKey(
        ConsentText, models.PROTECT, related_name="consents", verbose_name=_("text")
    )
    language = models.CharField(_("language read"), max_length=10)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "text"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_once_per_text",
                violation_error_message=_("This person has consented to the text."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} · {self.text}"


class Companion(models.Model):
    """Somebody who comes along with a registered person."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="companion_rows", verbose_name=_("registration")
    )
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("companion")
        verbose_name_plural = _("companions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="companion_has_name",
                violation_error_message=_("Give the companion's name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AnswerChange(models.Model):
    """Answers that changed after they were sent: what it was, what it is, who did it.

    A change that needs approval waits; until then the earlier answers hold.
    """

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        WAITING = "waiting", _("Waiting for approval")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        REPLACED = "replaced", _("Replaced by a later one")

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="changes", verbose_name=_("registration")
    )
    form = models.ForeignKey(Form, models.PROTECT, related_name="changes", verbose_name=_("form"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.APPLIED)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
        help_text=_("Empty: the person themselves."),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    word = models.TextField(
        _("word to the guest"), blank=True, help_text=_("What the mail about the decision says.")
    )

    class Meta:
        verbose_name = _("change of answers")
        verbose_name_plural = _("changes of answers")
        permissions = [
            ("view_answers", "Can read what registered people answered"),
            ("change_answers", "Can change answers on somebody's behalf"),
        ]
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "form"],
                condition=Q(state="waiting"),
                name="answerchange_one_waits",
                violation_error_message=_("A change waits for approval already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"]) | Q(decided_at__isnull=False),
                name="answerchange_decided_has_time",
                violation_error_message=_("A decision has a time."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-made_at", "-id"],
                condition=Q(state="waiting"),
                name="answerchange_waiting_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.made_at:%Y-%m-%d %H:%M}"
