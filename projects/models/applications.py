"""Applications: what somebody types, sends, changes; who is in the team; who takes it over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from attendees.models import Person
from events.models import Edition
from projects.models.calls import Call, CallKind, ProjectCode
from projects.models.projects import Project, Sector

HAS_NAME = ~Q(name_native="", name_latin="")


class Application(models.Model):
    """How a project came in: typed step by step by its applicant, sent, then frozen.

    What is valid stands in the project; what is not yet stays here in `typed`, as it was
    typed, by step and box. `edits` counts every save, so that two pages overwrite nothing.
    """

    project = models.OneToOneField(
        Project, models.CASCADE, related_name="application", verbose_name=_("project")
    )
    call = models.ForeignKey(
        Call, models.PROTECT, related_name="applications", verbose_name=_("call")
    )
    kind = models.ForeignKey(
        CallKind, models.PROTECT, related_name="applications", verbose_name=_("kind of project")
    )
    code = models.ForeignKey(
        ProjectCode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("invitation code"),
    )
    applicant = models.ForeignKey(
        Person, models.PROTECT, related_name="applications", verbose_name=_("applicant")
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    consents = models.JSONField(_("consents"), default=dict, blank=True)
    typed = models.JSONField(_("typed so far"), default=dict, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)
    key_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["call", "submitted_at"], name="application_sent_idx"),
            models.Index(fields=["created_at", "id"], name="application_begun_idx"),
        ]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def edition(self) -> Edition:
        return self.project.edition


class ApplicationVersion(models.Model):
    """An application as it was sent, word by word; never changed afterwards."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="versions", verbose_name=_("application")
    )
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    # What the project was when this was sent: what came after acceptance shows by it.
    status = models.CharField(_("status"), max_length=12, choices=Project.Status)
    made_at = models.DateTimeField(_("sent"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("version of an application")
        verbose_name_plural = _("versions of applications")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"],
                name="applicationversion_number_once",
                violation_error_message=_("There is a version of this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} ({self.number})"


class TeamMember(models.Model):
    """Somebody of the team, who adds their own part by a link of their own."""

    class State(models.TextChoices):
        INVITED = "invited", _("Asked")
        JOINED = "joined", _("In the team")
        DECLINED = "declined", _("Not in the team")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="team", verbose_name=_("application")
    )
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="teams",
        verbose_name=_("person"),
    )
    name_native = models.CharField(_("name in own script"), max_length=200, blank=True)
    name_latin = models.CharField(_("name in Latin script"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, default="en")
    role = models.CharField(_("role in the project"), max_length=150, blank=True)
    part = models.TextField(_("about them"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.INVITED)
    key_version = models.PositiveIntegerField(default=1, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                "application",
                Lower("email"),
                name="teammember_address_once",
                violation_error_message=_("Somebody of the team has this address."),
            ),
            models.CheckConstraint(
                condition=HAS_NAME,
                name="teammember_has_name",
                violation_error_message=_("Give the name in at least one script."),
            ),
            models.CheckConstraint(
                condition=Q(state="invited", answered_at__isnull=True)
                | ~Q(state="invited") & Q(answered_at__isnull=False),
                name="teammember_answered_when",
                violation_error_message=_("An answer has its time."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_native or self.name_latin

    @property
    def both_names(self) -> str:
        return " ".join(filter(None, [self.name_native, self.name_latin]))

    @property
    def edition(self) -> Edition:
        return self.application.edition


class Takeover(models.Model):
    """An application written for somebody else, who is asked to take it over."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="takeovers", verbose_name=_("application")
    )
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="takeovers",
        verbose_name=_("person"),
    )
    name_native = models.CharField(_("name in own script"), max_length=200, blank=True)
    name_latin = models.CharField(_("name in Latin script"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, default="en")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    done_at = models.DateTimeField(_("taken over"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("takeover")
        verbose_name_plural = _("takeovers")
        ordering = ["application", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(done_at__isnull=True, ended_at__isnull=True),
                name="takeover_one_open",
                violation_error_message=_("Somebody is asked to take it over already."),
            ),
            models.CheckConstraint(
                condition=HAS_NAME,
                name="takeover_has_name",
                violation_error_message=_("Give the name in at least one script."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_native or self.name_latin

    @property
    def edition(self) -> Edition:
        return self.application.edition

    @property
    def both_names(self) -> str:
        return " ".join(filter(None, [self.name_native, self.name_latin]))


class ApplicationRequest(models.Model):
    """Somebody wants to apply: a link in a mail proves their address and opens the application.

    Nobody becomes a person of the system before the address is proven.
    """

    kind = models.ForeignKey(
        CallKind, models.CASCADE, related_name="requests", verbose_name=_("kind of project")
    )
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="requests", verbose_name=_("sector")
    )
    code = models.ForeignKey(
        ProjectCode,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("invitation code"),
    )
    title = models.CharField(_("title"), max_length=300)
    name_native = models.CharField(_("name in own script"), max_length=200, blank=True)
    name_latin = models.CharField(_("name in Latin script"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    country = CountryField(_("country or region"), blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    application = models.ForeignKey(
        Application,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("application"),
    )

    class Meta:
        verbose_name = _("request to apply")
        verbose_name_plural = _("requests to apply")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=HAS_NAME,
                name="applicationrequest_has_name",
                violation_error_message=_("Give the name in at least one script."),
            ),
        ]
        indexes = [
            models.Index(fields=["email", "created_at"], name="applicationrequest_email_idx"),
            models.Index(fields=["created_at"], name="applicationrequest_age_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.name_native or self.name_latin} · {self.title}"
