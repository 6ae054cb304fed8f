"""People across editions, the associations that send them, their delegations."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField
from phonenumber_field.modelfields import PhoneNumberField

from events.models import Edition, Speaker
from events.models.speakers import NamedInTwoScripts


def trigram_index(field: str, name: str) -> GinIndex:
    """An index that `icontains` uses: Django compares upper-case text."""
    return GinIndex(OpClass(Upper(field), name="gin_trgm_ops"), name=name)


class PersonQuerySet(models.QuerySet):
    def search(self, text: str):
        """People whose name (either script), e-mail or organization has every word."""
        found = self
        for word in text.replace("\x00", "").split()[:6]:
            found = found.filter(person_matches(word))
        return found

    def of_address(self, email: str):
        """People who are written to at an address, without those merged into another."""
        return self.filter(email__iexact=email, merged_into__isnull=True).order_by("pk")


def person_matches(word: str, prefix: str = "") -> Q:
    """The condition that a word occurs in a person's names, e-mail or organization."""
    fields = [
        "name_native",
        "name_latin",
        "sort_key",
        "email",
        "organization_en",
        "organization_zh_hans",
    ]
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{prefix}{field}__icontains": word})
    return condition


class Person(NamedInTwoScripts):
    """A human, once, across all editions; not a login."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("login"),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    country = CountryField(_("country or region"), blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=200, blank=True)
    languages = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, verbose_name=_("languages")
    )
    preferred_language = models.CharField(
        _("language of mail"),
        max_length=10,
        choices=[("en", _("English")), ("zh-hans", _("Simplified Chinese"))],
        default="en",
    )
    note = models.TextField(_("note"), blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    speakers = models.ManyToManyField(
        Speaker, blank=True, related_name="people", verbose_name=_("on stage as")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [("export_person", "Can export people")]
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_native="", name_latin=""),
                name="person_has_name",
                violation_error_message=_("Give the name in at least one script."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="person_not_merged_into_itself",
                violation_error_message=_("Nobody can be merged into themselves."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_order_idx"),
            models.Index(fields=["country"], name="person_country_idx"),
            trigram_index("name_native", "person_native_trgm"),
            trigram_index("name_latin", "person_latin_trgm"),
            trigram_index("sort_key", "person_sortkey_trgm"),
            trigram_index("email", "person_email_trgm"),
            trigram_index("organization_en", "person_org_en_trgm"),
            trigram_index("organization_zh_hans", "person_org_zh_trgm"),
        ]


class Association(models.Model):
    """An association of overseas students or professionals that sends guests."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = CountryField(_("country or region"), blank=True)
    contact_name = models.CharField(_("contact"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """The group that an association sends to an edition, under a leader."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="delegations", verbose_name=_("edition")
    )
    association = models.ForeignKey(
        Association, models.PROTECT, related_name="delegations", verbose_name=_("association")
    )
    slug = models.SlugField(_("slug"), max_length=80)
    name = models.CharField(_("name"), max_length=200)
    leader = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_delegations",
        verbose_name=_("leader"),
    )
    quota = models.PositiveIntegerField(_("quota"), default=10)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="delegation_slug_once_per_edition",
                violation_error_message=_("The edition has a delegation of this slug."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
