"""People who ask to register and have yet to prove their address."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from attendees.models.registrations import Category, Registration


class RegistrationRequest(models.Model):
    """Somebody typed their name and address: a link in a mail makes it a registration.

    Nobody becomes a person of the system before the address is proven.
    """

    category = models.ForeignKey(
        Category, models.CASCADE, related_name="requests", verbose_name=_("category")
    )
    name_native = models.CharField(_("name in own script"), max_length=200, blank=True)
    name_latin = models.CharField(_("name in Latin script"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"))
    country = CountryField(_("country or region"), blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    registration = models.ForeignKey(
        Registration,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("registration"),
    )

    class Meta:
        verbose_name = _("request to register")
        verbose_name_plural = _("requests to register")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_native="", name_latin=""),
                name="registrationrequest_has_name",
                violation_error_message=_("Give the name in at least one script."),
            ),
        ]
        indexes = [
            models.Index(fields=["email", "created_at"], name="registrationrequest_email_idx"),
            models.Index(fields=["created_at"], name="registrationrequest_age_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.name_native or self.name_latin} · {self.category}"
