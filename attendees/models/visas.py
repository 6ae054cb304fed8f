"""Visa letters: who asked for one, the register of letters, who looked at passport data."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models.people import person_matches
from attendees.models.registrations import BADGE_LETTERS, Registration
from events.models import Edition

CODE_LENGTH = 12
DOTS = "•••"
SHA256 = r"^[0-9a-f]{64}$"


def new_code() -> str:
    """The code of a letter: 12 letters, 6e17 codes, so that none is guessed."""
    return "".join(secrets.choice(BADGE_LETTERS) for _letter in range(CODE_LENGTH))


class VisaRequestQuerySet(models.QuerySet):
    def of_edition(self, edition: Edition):
        return self.filter(registration__edition=edition)

    def to_check(self):
        return self.filter(state=VisaRequest.State.ASKED)

    def with_letter(self):
        """With the number of the last letter, in the same query."""
        letters = VisaLetter.objects.filter(request=OuterRef("pk")).order_by("-number")
        return self.annotate(letter_reference=Subquery(letters.values("reference")[:1]))

    def search(self, text: str):
        """Names in any script and order, e-mail, organization, or a letter's number."""
        found = self
        for word in text.replace("\x00", "").split()[:6]:
            is_number = Q(
                pk__in=VisaLetter.objects.filter(reference__iexact=word).values("request")
            )
            found = found.filter(person_matches(word, "registration__person__") | is_number)
        return found


class VisaRequest(models.Model):
    """A guest asks for a letter to apply for a visa with; the passport data are sealed."""

    class State(models.TextChoices):
        ASKED = "asked", _("To check")
        ISSUED = "issued", _("Letter issued")
        DECLINED = "declined", _("Declined")
        REVOKED = "revoked", _("Letter revoked")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="visa", verbose_name=_("registration")
    )
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.ASKED)
    sealed = models.TextField(_("passport data, encrypted"), blank=True, editable=False)
    hint = models.CharField(_("end of the passport number"), max_length=3, blank=True)
    note = models.TextField(_("word to the guest"), blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    deleted_at = models.DateTimeField(_("passport data deleted"), null=True, blank=True)

    objects = VisaRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("visa letter request")
        verbose_name_plural = _("visa letter requests")
        ordering = ["asked_at", "pk"]
        permissions = [
            ("decide_visarequest", "Can issue, decline and revoke visa letters"),
            ("reveal_visarequest", "Can reveal passport data"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "issued"])
                | ~Q(sealed="")
                | Q(deleted_at__isnull=False),
                name="visarequest_has_data",
                violation_error_message=_("A request has passport data until they are deleted."),
            ),
            models.CheckConstraint(
                condition=Q(sealed="", hint="") | (~Q(sealed="") & ~Q(hint="")),
                name="visarequest_hint_goes_with_data",
                violation_error_message=_("Without passport data nothing is known of the number."),
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(sealed="", hint=""),
                name="visarequest_deleted_is_empty",
                violation_error_message=_("Of deleted passport data nothing is kept."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(sealed=""),
                name="visarequest_withdrawn_is_empty",
                violation_error_message=_("Who withdraws takes the passport data along."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"]) | Q(decided_at__isnull=False),
                name="visarequest_decided_has_time",
                violation_error_message=_("A decision has its time."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "asked_at"], name="visarequest_state_idx"),
        ]

    def __str__(self) -> str:
        return str(self.registration)

    @property
    def masked_number(self) -> str:
        """The passport number as it is shown: its end only."""
        return f"{DOTS}{DOTS}{self.hint}" if self.hint else ""

    def valid_letter(self) -> "VisaLetter | None":
        """The letter that holds, without its sealed bytes."""
        letters = self.letters.valid().select_related("edition")
        return letters.defer("sealed_pdf").first()

    @property
    def asked_on(self) -> date:
        return self.asked_at.astimezone(self.registration.edition.tz).date()


class VisaRegister(models.Model):
    """The last number taken in an edition's register; who issues a letter holds its row."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="visa_register", verbose_name=_("edition")
    )
    last_number = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("register of visa letters")
        verbose_name_plural = _("registers of visa letters")

    def __str__(self) -> str:
        return str(self.edition)


class VisaLetterQuerySet(models.QuerySet):
    def valid(self):
        return self.filter(revoked_at__isnull=True)

    def search(self, text: str):
        """A number, a code however it is typed, or names: every word occurs."""
        found = self
        for word in text.replace("\x00", "").split()[:6]:
            is_it = Q(reference__icontains=word) | Q(code=word.replace("-", "").upper())
            found = found.filter(person_matches(word, "request__registration__person__") | is_it)
        return found


class VisaLetter(models.Model):
    """A line of the register of visa letters. It never changes: it can only be revoked."""

    request = models.ForeignKey(
        VisaRequest, models.PROTECT, related_name="letters", verbose_name=_("request")
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="visa_letters", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(_("number"))
    reference = models.CharField(_("number of the letter"), max_length=80, unique=True)
    code = models.CharField(_("check code"), max_length=CODE_LENGTH, unique=True, default=new_code)
    holder = models.CharField(_("name, masked"), max_length=100, blank=True)
    sha256 = models.CharField(_("checksum of the PDF (SHA-256)"), max_length=64)
    sealed_pdf = models.BinaryField(_("PDF, encrypted"), blank=True, default=b"")
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoke_reason = models.CharField(_("reason for revoking"), max_length=300, blank=True)

    objects = VisaLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("visa letter")
        verbose_name_plural = _("visa letters")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="visaletter_number_once",
                violation_error_message=_("The number is taken in the register."),
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(revoked_at__isnull=True),
                name="visaletter_one_valid",
                violation_error_message=_("The guest has a letter that holds: revoke it first."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="visaletter_number_positive",
                violation_error_message=_("The register begins with number 1."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256),
                name="visaletter_has_checksum",
                violation_error_message=_("A letter has the checksum of its PDF."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=models.F("issued_at")),
                name="visaletter_revoked_after_issue",
                violation_error_message=_("A letter is revoked after it was issued."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False)
                | Q(revoke_reason="", revoked_by__isnull=True),
                name="visaletter_reason_of_revoked",
                violation_error_message=_("Only a revoked letter has a reason for it."),
            ),
        ]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="visaletter_newest_idx")]

    def __str__(self) -> str:
        return self.reference

    @property
    def code_in_groups(self) -> str:
        """The code as it is printed: ABCD-EFGH-JKLM."""
        return "-".join(self.code[start : start + 4] for start in range(0, CODE_LENGTH, 4))

    @property
    def holds(self) -> bool:
        """Not revoked, and the guest's place is still confirmed."""
        place = self.request.registration
        return self.revoked_at is None and place.status == Registration.Status.CONFIRMED

    @property
    def issued_on(self) -> date:
        """The day on the letter: counted where the conference is held."""
        return self.issued_at.astimezone(self.edition.tz).date()

    @property
    def revoked_on(self) -> date | None:
        return self.revoked_at and self.revoked_at.astimezone(self.edition.tz).date()


class VisaReveal(models.Model):
    """Somebody of the office looked at passport data: who, when, what and why. Kept for good."""

    class What(models.TextChoices):
        DATA = "data", _("Passport data")
        LETTER = "letter", _("Letter (PDF)")

    request = models.ForeignKey(
        VisaRequest, models.PROTECT, related_name="reveals", verbose_name=_("request")
    )
    what = models.CharField(_("what"), max_length=10, choices=What)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("look at passport data")
        verbose_name_plural = _("looks at passport data")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="visareveal_has_reason",
                violation_error_message=_("Give the reason."),
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="visareveal_newest_idx")]

    def __str__(self) -> str:
        return f"{self.get_what_display()} · {self.request}"
