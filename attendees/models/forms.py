"""Forms that the office designs: what is asked of whom, and what it was worded like."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Edition


class FormQuerySet(models.QuerySet):
    def outlined(self):
        """Forms with all that is asked in them, in a fixed number of queries."""
        return self.prefetch_related(
            "sections",
            "fields__choices",
            "fields__texts",
            "fields__shown_if_field__choices",
        )


class Form(models.Model):
    """What is asked: on registering, or later of those whose place is confirmed."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="forms", verbose_name=_("edition")
    )
    slug = models.SlugField(_("slug"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    intro = models.TextField(_("introduction"), blank=True)
    asked_after = models.ManyToManyField(
        "attendees.Category",
        blank=True,
        related_name="follow_ups",
        verbose_name=_("asked after confirmation of"),
        help_text=_("Such as travel, hotel or diet: asked once a place is confirmed."),
    )
    due_on = models.DateField(
        _("due"), null=True, blank=True, help_text=_("Until when it can be filled in.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = FormQuerySet.as_manager()

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="form_slug_once_per_edition",
                violation_error_message=_("The edition has a form of this slug."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormSection(models.Model):
    """A part of a form, under a heading of its own."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="sections", verbose_name=_("form"))
    title = models.CharField(_("title"), max_length=150)
    help = models.TextField(_("help"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class FormField(models.Model):
    """One question. Its key never changes: answers are kept under it.

    A question that was answered is retired rather than deleted, and keeps its kind.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Short text")
        LONG_TEXT = "long_text", _("Long text")
        NUMBER = "number", _("Number")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One of several")
        CHOICES = "choices", _("Any of several")
        COUNTRY = "country", _("Country or region")
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        URL = "url", _("Web address")
        DATE = "date", _("Date")
        TIME = "time", _("Time")
        FILE = "file", _("File")
        PICTURE = "picture", _("Picture")
        CONSENT = "consent", _("Consent")
        NOTE = "note", _("Text to read")

    class Meaning(models.TextChoices):
        """What a day that people answer tells the office about them."""

        ARRIVAL = "arrival", _("Day of arrival")
        DEPARTURE = "departure", _("Day of departure")

    WITH_CHOICES = [Kind.CHOICE, Kind.CHOICES]
    WITH_FILE = [Kind.FILE, Kind.PICTURE]
    # What another question may depend on.
    DECIDING = [Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.COUNTRY]

    form = models.ForeignKey(Form, models.CASCADE, related_name="fields", verbose_name=_("form"))
    section = models.ForeignKey(
        FormSection, models.PROTECT, related_name="fields", verbose_name=_("section")
    )
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.CharField(_("question"), max_length=300)
    help = models.TextField(_("help"), blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    asks_approval = models.BooleanField(
        _("a change is approved"),
        default=False,
        help_text=_("Once a place is confirmed, another answer waits for the office."),
    )
    meaning = models.CharField(
        _("meaning"),
        max_length=10,
        choices=Meaning,
        blank=True,
        help_text=_("Whom the lists “Arriving today” and “Leaving today” name. Once in a form."),
    )
    least = models.IntegerField(
        _("at least"), null=True, blank=True, help_text=_("The smallest number, or fewest choices.")
    )
    most = models.IntegerField(
        _("at most"),
        null=True,
        blank=True,
        help_text=_("The largest number, most choices, most letters, or most megabytes."),
    )
    shown_if_field = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dependants",
        verbose_name=_("asked only if"),
    )
    shown_if = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("is answered by"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    keep_days = models.PositiveSmallIntegerField(
        _("delete answers after"),
        null=True,
        blank=True,
        help_text=_(
            "So many days after the edition ends, answers and files are deleted by themselves. "
            "Empty: they are kept."
        ),
    )
    cleared_at = models.DateTimeField(_("answers deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "key"],
                name="formfield_key_once_per_form",
                violation_error_message=_("The form has a question of this key."),
            ),
            models.UniqueConstraint(
                fields=["form", "meaning"],
                condition=~Q(meaning=""),
                name="formfield_meaning_once_per_form",
                violation_error_message=_("Another question of the form has this meaning."),
            ),
            models.CheckConstraint(
                condition=Q(meaning="") | Q(kind="date", meaning__in=["arrival", "departure"]),
                name="formfield_meaning_of_a_date",
                violation_error_message=_("Only a question for a date has such a meaning."),
            ),
            models.CheckConstraint(
                condition=Q(shown_if_field__isnull=True) | ~Q(shown_if=[]),
                name="formfield_condition_has_values",
                violation_error_message=_("Say which answers bring the question up."),
            ),
            models.CheckConstraint(
                condition=Q(shown_if_field__isnull=True) | ~Q(shown_if_field=F("pk")),
                name="formfield_not_on_itself",
                violation_error_message=_("A question cannot depend on itself."),
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(most__gte=F("least")),
                name="formfield_most_from_least",
                violation_error_message=_("The most is less than the least."),
            ),
            models.CheckConstraint(
                condition=Q(keep_days__isnull=True)
                | Q(keep_days__lte=3650) & ~Q(kind__in=["consent", "note"]),
                name="formfield_keep_days",
                violation_error_message=_(
                    "Answers are deleted within ten years, and consents stay on record."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FieldChoice(models.Model):
    """An answer that can be chosen, perhaps with a limited number of places."""

    field = models.ForeignKey(
        FormField, models.CASCADE, related_name="choices", verbose_name=_("question")
    )
    key = models.SlugField(_("key"), max_length=40)
    label = models.CharField(_("answer"), max_length=200)
    places = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as like.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["field", "key"],
                name="fieldchoice_key_once_per_field",
                violation_error_message=_("The question has a choice of this key."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ConsentText(models.Model):
    """What people consent to, word by word; other words are another version."""

    field = models.ForeignKey(
        FormField, models.PROTECT, related_name="texts", verbose_name=_("question")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["field", "version"],
                name="consenttext_version_once",
                violation_error_message=_("There is a text of this version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.version})"
