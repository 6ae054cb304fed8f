"""Speakers of an edition and their appearances in sessions."""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from events.models.editions import Edition
from events.models.sessions import Session
from hrconf.lib.names import HAN, is_same_but_accents, sort_key

READ_CHINESE = {"CN", "HK", "MO", "SG", "TW"}


class NamedInTwoScripts(models.Model):
    """A human's name: as its owner writes it, and in Latin letters."""

    name_native = models.CharField(_("name in own script"), max_length=200, blank=True)
    name_latin = models.CharField(_("name in Latin script"), max_length=200, blank=True)
    sort_key = models.CharField(
        _("sort key"),
        max_length=200,
        blank=True,
        db_index=True,
        help_text=_("Pinyin or Latin; filled in when empty."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.both_names

    def save(self, *args, **kwargs):
        if not self.sort_key:
            self.sort_key = sort_key(self.name_native, self.name_latin)
        super().save(*args, **kwargs)

    @property
    def both_names(self) -> str:
        """Both scripts, the native one first, and once if only accents differ."""
        if is_same_but_accents(self.name_native, self.name_latin):
            return self.name_native
        return " · ".join(filter(None, [self.name_native, self.name_latin]))

    def name_in(self, language: str) -> str:
        """The name for a reader of a language; the other script where one is missing."""
        if language.startswith("zh"):
            return self.name_native or self.name_latin
        if is_same_but_accents(self.name_native, self.name_latin):
            return self.name_native
        return self.name_latin or self.name_native


class Speaker(NamedInTwoScripts):
    """Someone on stage at an edition; needs no login."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="speakers", verbose_name=_("edition")
    )
    code = models.SlugField(_("code"), max_length=60)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=200, blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    country = CountryField(_("country or region"), blank=True)
    portrait = models.ImageField(_("portrait"), upload_to="speakers/", blank=True)
    portrait_alt = models.CharField(
        _("what the portrait shows"),
        max_length=200,
        blank=True,
        help_text=_("Read aloud to who does not see it; empty: that it is a portrait of them."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    guid = models.UUIDField(_("GUID"), default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    source_id = models.CharField(_("id in its source"), max_length=200, blank=True, editable=False)
    imported = models.JSONField(_("last import"), null=True, blank=True, editable=False)
    language = models.CharField(
        _("language of mails"),
        max_length=10,
        choices=[("en", _("English")), ("zh-hans", _("Simplified Chinese"))],
        blank=True,
        help_text=_("Empty: Chinese for who has a Chinese name and no foreign country."),
    )
    sessions = models.ManyToManyField(
        Session, through="Appearance", related_name="speakers", verbose_name=_("sessions")
    )

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="speaker_code_once_per_edition",
                violation_error_message=_("The edition has a speaker of this code."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name_native="", name_latin=""),
                name="speaker_has_name",
                violation_error_message=_("Give the name in at least one script."),
            ),
            models.UniqueConstraint(
                fields=["edition", "guid"],
                name="speaker_guid_once_per_edition",
                violation_error_message=_("The edition has a speaker of this GUID."),
            ),
            models.UniqueConstraint(
                fields=["edition", "source_id"],
                condition=~models.Q(source_id=""),
                name="speaker_source_id_once_per_edition",
                violation_error_message=_("The edition has a speaker of this id in its source."),
            ),
        ]

    @property
    def preferred_language(self) -> str:
        """The language they are written to in."""
        is_local = HAN.search(self.name_native) and str(self.country or "CN") in READ_CHINESE
        return self.language or ("zh-hans" if is_local else "en")

    def get_absolute_url(self) -> str:
        return reverse("events:speaker", kwargs={"edition": self.edition.slug, "code": self.code})


class Appearance(models.Model):
    """A speaker's part in a session, and the place in the order of precedence."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("Speaker")
        MODERATOR = "moderator", _("Moderator")
        HOST = "host", _("Host")
        GUEST_OF_HONOUR = "guest_of_honour", _("Guest of honour")
        JUROR = "juror", _("Juror")

    session = models.ForeignKey(
        Session, models.CASCADE, related_name="appearances", verbose_name=_("session")
    )
    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="appearances", verbose_name=_("speaker")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.SPEAKER)
    position = models.PositiveSmallIntegerField(_("order of precedence"), default=0)

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker"],
                name="appearance_once_per_session",
                violation_error_message=_("The speaker is in this session already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} · {self.session}"
