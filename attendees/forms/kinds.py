"""Kinds of questions: how each is asked, how its answer is kept and put back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django_countries import countries
from phonenumber_field.formfields import PhoneNumberField

from attendees.forms.uploads import AnswerFileField, PictureField
from attendees.models import FormField
from attendees.services.questions import YES_NO

Kind = FormField.Kind
MANY_CHOICES = 8  # from here on a list to open rather than buttons


@dataclass(frozen=True)
class FieldKind:
    """How a kind of question is asked, and its answer kept and put back."""

    ask: Callable[[FormField, list[tuple[str, Any]]], forms.Field]
    keep: Callable[[Any], Any] = lambda value: value
    restore: Callable[[Any], Any] = lambda kept: kept


def text(field: FormField, choices: list) -> forms.Field:
    return forms.CharField(max_length=field.most or 300)


def long_text(field: FormField, choices: list) -> forms.Field:
    # Browsers send a line end as two letters, and count it as one.
    asked = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    asked.widget.attrs["maxlength"] = field.most or 3000
    asked.validators = [OneLetterLineEnds(field.most or 3000), ProhibitNullCharactersValidator()]
    return asked


class OneLetterLineEnds(MaxLengthValidator):
    """At most so many letters; a line end counts as one."""

    def clean(self, value: str) -> int:
        return len(value.replace("\r\n", "\n"))


def number(field: FormField, choices: list) -> forms.Field:
    return forms.IntegerField(
        min_value=-(2**31) if field.least is None else field.least,
        max_value=2**31 if field.most is None else field.most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


def yes_no(field: FormField, choices: list) -> forms.Field:
    return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)


def choice(field: FormField, choices: list) -> forms.Field:
    if len(choices) >= MANY_CHOICES:
        return forms.ChoiceField(choices=[("", "—"), *choices], widget=PlacesSelect)
    return forms.ChoiceField(choices=choices, widget=PlacesRadio)


def several(field: FormField, choices: list) -> forms.Field:
    asked = forms.MultipleChoiceField(choices=choices, widget=PlacesCheckboxes)
    asked.validators.append(HowMany(field.least, field.most))
    return asked


class HowMany:
    """So many choices and no more."""

    def __init__(self, least: int | None, most: int | None) -> None:
        self.least, self.most = least, most

    def __call__(self, chosen: list[str]) -> None:
        if self.least and len(chosen) < self.least:
            raise ValidationError(_("Choose at least %(count)s.") % {"count": self.least})
        if self.most and len(chosen) > self.most:
            raise ValidationError(_("Choose at most %(count)s.") % {"count": self.most})


def country(field: FormField, choices: list) -> forms.Field:
    return forms.ChoiceField(choices=[("", "—"), *countries])


def email(field: FormField, choices: list) -> forms.Field:
    return forms.EmailField(max_length=320)


def phone(field: FormField, choices: list) -> forms.Field:
    return PhoneNumberField(widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))


def url(field: FormField, choices: list) -> forms.Field:
    return forms.URLField(max_length=500, assume_scheme="https")


def day(field: FormField, choices: list) -> forms.Field:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def clock(field: FormField, choices: list) -> forms.Field:
    return forms.TimeField(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


def file(field: FormField, choices: list) -> forms.Field:
    return AnswerFileField(most_megabytes=field.most)


def picture(field: FormField, choices: list) -> forms.Field:
    return PictureField(most_megabytes=field.most)


def consent(field: FormField, choices: list) -> forms.Field:
    return forms.BooleanField()


# Choices whose places are all taken can be read, not chosen -----------------------------


class ClosedChoices:
    """A list of choices of which some are closed: `closed` holds their keys."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.closed and not option["selected"]:
            option["attrs"]["disabled"] = True
        return option


class PlacesRadio(ClosedChoices, forms.RadioSelect):
    pass


class PlacesSelect(ClosedChoices, forms.Select):
    pass


class PlacesCheckboxes(ClosedChoices, forms.CheckboxSelectMultiple):
    pass


KINDS: dict[str, FieldKind] = {
    Kind.TEXT: FieldKind(text),
    Kind.LONG_TEXT: FieldKind(long_text, keep=lambda value: value.replace("\r\n", "\n")),
    Kind.NUMBER: FieldKind(number),
    Kind.YES_NO: FieldKind(yes_no),
    Kind.CHOICE: FieldKind(choice),
    Kind.CHOICES: FieldKind(several),
    Kind.COUNTRY: FieldKind(country),
    Kind.EMAIL: FieldKind(email),
    Kind.PHONE: FieldKind(phone, keep=str),
    Kind.URL: FieldKind(url),
    Kind.DATE: FieldKind(
        day,
        keep=date.isoformat,
        restore=date.fromisoformat,
    ),
    Kind.TIME: FieldKind(
        clock,
        keep=lambda value: value.strftime("%H:%M"),
        restore=time.fromisoformat,
    ),
    Kind.FILE: FieldKind(file),
    Kind.PICTURE: FieldKind(picture),
    Kind.CONSENT: FieldKind(consent),
}
