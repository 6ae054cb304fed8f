"""What a letter for a visa application needs of a passport."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from attendees.forms.invitations import PlainForm
from attendees.services.clock import today_at
from attendees.services.passports import Passport
from attendees.services.visas import HOST_PASSPORTS
from events.models import Edition
from hrconf.mailing.templatetags.mail import day_in_words

# Letters of the Latin script with their marks, and what names in passports have between.
NAME = re.compile(r"^[A-Za-zÀ-ÖØ-öø-ɏẀ-ỿ][A-Za-zÀ-ÖØ-öø-ɏẀ-ỿ '’.\-]*$")
NUMBER = re.compile(r"^[A-Z0-9]{5,15}$")
MONTHS_LEFT = 6
EARLIEST, LATEST = timedelta(days=60), timedelta(days=90)  # around the conference
OLDEST = 120  # years


def day_field(label: Any, help_text: Any = "", complete: str = "off") -> forms.DateField:
    attrs = {"type": "date", "autocomplete": complete}
    widget = forms.DateInput(format="%Y-%m-%d", attrs=attrs)
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class PassportForm(PlainForm):
    """Passport data as they are printed in it, and the days of the journey."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name as in the passport"),
        help_text=gettext_lazy("In Latin letters, all given names and surnames."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Passport number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    nationality = forms.ChoiceField(label=gettext_lazy("Nationality"))
    born_on = day_field(gettext_lazy("Date of birth"), complete="bday")
    issued_in = forms.CharField(
        label=gettext_lazy("Issued by"),
        help_text=gettext_lazy("The authority or place that the passport names."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    expires_on = day_field(gettext_lazy("Valid until"))
    consulate = forms.CharField(
        label=gettext_lazy("Embassy or consulate where you apply (optional)"),
        help_text=gettext_lazy("City and country, such as Ottawa, Canada."),
        max_length=100,
        required=False,
    )
    arrives_on = day_field(gettext_lazy("Arrival in China"))
    leaves_on = day_field(gettext_lazy("Departure from China"))

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["nationality"].choices = [("", "—"), *countries]
        self.fields["expires_on"].help_text = _("On %(day)s or later.") % {
            "day": day_in_words(self.valid_until)
        }

    @property
    def valid_until(self) -> date:
        """A passport must be valid for six months after the conference."""
        return months_after(self.edition.ends_on, MONTHS_LEFT)

    def clean_name(self) -> str:
        name = " ".join(unicodedata.normalize("NFKC", self.cleaned_data["name"]).split())
        if not NAME.match(name):
            text = _("Latin letters only, as in the lines at the bottom of the passport page.")
            raise ValidationError(text, code="letters")
        return name

    def clean_number(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["number"]).upper()
        number = re.sub(r"[\s-]", "", typed)
        if not NUMBER.match(number):
            text = _("A passport number has 5 to 15 letters and digits.")
            raise ValidationError(text, code="number")
        return number

    def clean_nationality(self) -> str:
        code = self.cleaned_data["nationality"]
        if code in HOST_PASSPORTS:
            text = _("With this passport you need no visa for China, and so no letter.")
            raise ValidationError(text, code="host")
        return code

    def clean_born_on(self) -> date:
        day, today = self.cleaned_data["born_on"], today_at(self.edition)
        if not today.year - OLDEST <= day.year or day >= today:
            raise ValidationError(_("This cannot be a date of birth."), code="born")
        return day

    def clean_issued_in(self) -> str:
        return one_line(self.cleaned_data["issued_in"])

    def clean_consulate(self) -> str:
        return one_line(self.cleaned_data["consulate"])

    def clean_expires_on(self) -> date:
        day = self.cleaned_data["expires_on"]
        if day < self.valid_until:
            text = _(
                "The passport must be valid until %(day)s or longer: six months after the "
                "conference. Please renew it first."
            )
            words = {"day": day_in_words(self.valid_until)}
            raise ValidationError(text % words, code="expires")
        if day.year > self.edition.year + 20:
            raise ValidationError(_("No passport is valid for so long."), code="too_long")
        return day

    def clean_arrives_on(self) -> date:
        day, edition = self.cleaned_data["arrives_on"], self.edition
        if not edition.starts_on - EARLIEST <= day <= edition.ends_on:
            text = _("Choose a day from %(first)s to %(last)s.")
            first, last = edition.starts_on - EARLIEST, edition.ends_on
            raise ValidationError(text % in_words(first, last), code="arrives")
        return day

    def clean_leaves_on(self) -> date:
        day, edition = self.cleaned_data["leaves_on"], self.edition
        if not edition.starts_on <= day <= edition.ends_on + LATEST:
            text = _("Choose a day from %(first)s to %(last)s.")
            first, last = edition.starts_on, edition.ends_on + LATEST
            raise ValidationError(text % in_words(first, last), code="leaves")
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last = found.get("arrives_on"), found.get("leaves_on")
        if first and last and last < first:
            self.add_error("leaves_on", _("The departure is not before the arrival."))
        return found

    def passport(self) -> Passport:
        """What was typed, once it is valid."""
        return Passport(**self.cleaned_data)


def in_words(first: date, last: date) -> dict[str, str]:
    return {"first": day_in_words(first), "last": day_in_words(last)}


def one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def months_after(day: date, months: int) -> date:
    """So many months later; the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)
