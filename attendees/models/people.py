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
from hrconf.lib.name_keys import match_keys, search_text, search_words
from hrconf.lib.names import sort_key


def trigram_index(field: str, name: str) -> GinIndex:
    """An index that `icontains` uses: Django compares upper-case text."""
    return GinIndex(OpClass(Upper(field), name="gin_trgm_ops"), name=name)


class PersonQuerySet(models.QuerySet):
    """People; whatever writes many of them at once keeps them findable."""

    def search(self, text: str):
        """People whose name (any script and order), e-mail or organization has every word."""
        return self.filter(person_matches(text))

    def current(self):
        """Without who was merged into another or erased."""
        return self.filter(merged_into__isnull=True, erased_at__isnull=True)

    def of_address(self, email: str):
        """People who are written to at an address, without those merged into another."""
        return self.filter(email__iexact=email, merged_into__isnull=True).order_by("pk")

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for person in objs:
            person.make_findable()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, fields, *args, **kwargs):
        objs = list(objs)
        for person in objs:
            person.make_findable()
        return super().bulk_update(objs, {*fields, *FINDING}, *args, **kwargs)


# Columns made of others, by which people are found.
FINDING = ["search_text", "match_keys"]


def person_matches(text: str, prefix: str = "") -> Q:
    """The condition that each word of a text occurs in a person's names or the rest."""
    condition = Q()
    for ways in search_words(text):
        word = Q()
        for way in ways:
            word |= Q(**{f"{prefix}search_text__contains": way})
        condition &= word
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
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    search_text = models.TextField(_("found by"), blank=True, default="", editable=False)
    match_keys = ArrayField(
        models.CharField(max_length=420),
        default=list,
        blank=True,
        editable=False,
        verbose_name=_("shared with doubles"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [
            ("export_person", "Can export people"),
            ("erase_person", "Can erase people"),
        ]
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
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(email="", phone="", note="", user__isnull=True),
                name="person_erased_has_no_contact",
                violation_error_message=_("Of an erased person nothing is kept."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_order_idx"),
            models.Index(fields=["country"], name="person_country_idx"),
            models.Index(fields=["-updated_at"], name="person_changed_idx"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="person_search_trgm"),
            trigram_index("email", "person_email_trgm"),
        ]

    def save(self, *args, **kwargs):
        if not self.sort_key:
            self.sort_key = sort_key(self.name_native, self.name_latin)
        self.make_findable()
        fields = kwargs.get("update_fields")
        if fields is not None and set(fields) & FOUND_BY:
            kwargs["update_fields"] = {*fields, *FINDING}
        super().save(*args, **kwargs)

    def make_findable(self) -> None:
        """Fill the columns that are made of others; whoever writes rows does it first."""
        phone = str(self.phone or "")
        names = [self.name_native, self.name_latin, self.sort_key]
        places = [self.organization_en, self.organization_zh_hans]
        self.search_text = search_text(*names, [self.email, *(one or "" for one in places), phone])
        self.match_keys = match_keys(*names, self.email, phone)


# What a person is found by; changing it changes FINDING.
FOUND_BY = {
    "name_native",
    "name_latin",
    "sort_key",
    "email",
    "phone",
    "organization",
    "organization_en",
    "organization_zh_hans",
}


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
    category = models.ForeignKey(
        "attendees.Category",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("category of members"),
        help_text=_("As what nominated members are invited."),
    )
    nominate_until = models.DateField(
        _("nominations until"),
        null=True,
        blank=True,
        help_text=_("Until when the leader names members. Empty: until the edition begins."),
    )
    key_version = models.PositiveSmallIntegerField(
        _("link version"), default=1, help_text=_("Raising it makes earlier links invalid.")
    )

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
