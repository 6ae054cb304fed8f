"""What a guest fills in."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from attendees.forms.names import check_names


class AnswerForm(forms.Form):
    """Yes or no, and a word to the office."""

    ACCEPT, DECLINE = "accept", "decline"

    answer = forms.ChoiceField(
        choices=[(ACCEPT, _("I accept")), (DECLINE, _("I cannot come"))],
        widget=forms.HiddenInput,  # the two buttons carry it
    )
    note = forms.CharField(
        label=_("A word to the office (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlainForm(forms.Form):
    """A form that a template puts between its own <form> tags."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class TentativeForm(PlainForm):
    """Until when a guest who does not know yet will decide."""

    decide_by = forms.DateField(
        label=_("I will decide by"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    note = forms.CharField(
        label=_("What it depends on (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="tentative_%s", **kwargs)
        self.fields["decide_by"].widget.attrs |= {"min": str(first), "max": str(last)}


class DeputyForm(PlainForm):
    """Who comes in a guest's place."""

    name_native = forms.CharField(
        label=_("Name in their own script"), max_length=200, required=False
    )
    name_latin = forms.CharField(
        label=_("Name in Latin letters"),
        help_text=_("At least one of the two."),
        max_length=200,
        required=False,
    )
    email = forms.EmailField(label=_("E-mail"), help_text=_("They get a link of their own."))
    organization = forms.CharField(label=_("Organization"), max_length=200)
    title = forms.CharField(label=_("Title or position"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="deputy_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        check_names(self, found)
        return found


class AskAgainForm(PlainForm):
    """A word to the office with the wish to answer after all."""

    note = forms.CharField(
        label=_("A word to the office (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="again_%s", **kwargs)


class AddressForm(PlainForm):
    """The address at which someone wants to be written to."""

    email = forms.EmailField(label=_("New e-mail address"))


class CodeForm(PlainForm):
    """The code that was mailed to the new address."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class DetailsForm(PlainForm):
    """What the office needs to know of someone who comes."""

    organization = forms.CharField(label=_("Organization"), max_length=200)
    title = forms.CharField(label=_("Title or position"), max_length=200)
    companions = forms.IntegerField(
        label=_("Companions"),
        min_value=0,
        max_value=5,
        initial=0,
        help_text=_("People who travel with you and take no place of their own."),
    )
    note = forms.CharField(
        label=_("Anything the office should know (optional)"),
        help_text=_("Such as diet, access or arrival."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
