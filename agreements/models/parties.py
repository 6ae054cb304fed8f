"""Parties, and their parts in agreements."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from attendees.models import Person
from attendees.models.people import trigram_index
from events.models import District


class Party(models.Model):
    """Who enters agreements: a company, a district, a university, a person."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        GOVERNMENT = "government", _("District or park")
        INVESTOR = "investor", _("Investor")
        UNIVERSITY = "university", _("University or institute")
        PERSON = "person", _("Person")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    country = CountryField(_("country or region"), blank=True)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
        verbose_name=_("district"),
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
        verbose_name=_("person"),
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_en="", name_zh_hans=""),
                name="party_has_name",
                violation_error_message=_("Give the name in at least one language."),
            ),
        ]
        indexes = [
            trigram_index("name_en", "party_name_en_trgm"),
            trigram_index("name_zh_hans", "party_name_zh_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def other_name(self) -> str:
        """The name in the language that is not the reader's."""
        return in_the_other_language(self.name_en, self.name_zh_hans, self.name)


class AgreementParty(models.Model):
    """A party's part in an agreement, and who signs for it."""

    class Role(models.TextChoices):
        PROJECT = "project", _("Project side")
        HOST = "host", _("Receiving side")
        INVESTOR = "investor", _("Investor")
        WITNESS = "witness", _("Witness")

    agreement = models.ForeignKey(
        "Agreement", models.CASCADE, related_name="sides", verbose_name=_("agreement")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="sides", verbose_name=_("party"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    signer_native = models.CharField(_("signer, own script"), max_length=200, blank=True)
    signer_latin = models.CharField(_("signer, Latin script"), max_length=200, blank=True)
    signer_title = models.CharField(_("signer's title"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to agreements")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "party", "role"],
                name="agreementparty_once_per_role",
                violation_error_message=_("The party has this role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.get_role_display()}"

    @property
    def signer(self) -> str:
        """Both names of who signs, the native one first, and once if they are the same."""
        names = dict.fromkeys(filter(None, [self.signer_native, self.signer_latin]))
        return " · ".join(names)


def in_the_other_language(english: str, chinese: str, shown: str) -> str:
    """Of both forms the one that is not shown already; empty when there is none."""
    other = chinese if shown == english else english
    return "" if not other or other == shown else other
