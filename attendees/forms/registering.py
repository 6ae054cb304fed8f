"""Who wants to register."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy
from django_countries import countries

from attendees.forms.names import check_names


class RegisterForm(forms.Form):
    """A name in at least one script, an address to prove, a country."""

    use_required_attribute = False

    name_native = forms.CharField(
        label=gettext_lazy("Name in your own script"),
        help_text=gettext_lazy("As you write it yourself, such as 王建国 or José Álvarez."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    name_latin = forms.CharField(
        label=gettext_lazy("Name in Latin letters"),
        help_text=gettext_lazy("If your own script is another one. As in your passport."),
        max_length=200,
        required=False,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organization = forms.CharField(
        label=gettext_lazy("Organization (optional)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country or region"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *countries]

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        check_names(self, data)
        return data

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
