"""What a guest fills in."""

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
