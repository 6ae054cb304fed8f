"""Where the link to one's own seats is to be mailed."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy


class SeatLinkForm(forms.Form):
    """The address that a registered person gave."""

    use_required_attribute = False

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The address with which you are registered."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
