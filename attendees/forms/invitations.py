"""What a guest fills in."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


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


class DetailsForm(forms.Form):
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

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
