"""What every registration asks, whatever the office designed besides."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

LONGEST_NAME = 200


class DetailsForm(forms.Form):
    """Organization, title, companions by name, a note. A draft may leave anything out."""

    use_required_attribute = False

    organization = forms.CharField(
        label=gettext_lazy("Organization"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title or position"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    companions = forms.CharField(
        label=gettext_lazy("Companions (optional)"),
        help_text=gettext_lazy(
            "People who travel with you and take no place of their own: one name per line."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        label=gettext_lazy("Anything the office should know (optional)"),
        help_text=gettext_lazy("Such as diet, access or arrival."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, max_companions: int, is_draft: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.max_companions = max_companions
        if not max_companions:
            del self.fields["companions"]
        if is_draft:
            for asked in self.fields.values():
                asked.required = False

    def clean_companions(self) -> list[str]:
        """The names, one per line."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["companions"].splitlines()]
        names = [line for line in lines if line]
        if len(names) > self.max_companions:
            text = ngettext(
                "At most %(count)s name.", "At most %(count)s names.", self.max_companions
            )
            raise ValidationError(text % {"count": self.max_companions})
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(
                _("A name has at most %(count)s letters.") % {"count": LONGEST_NAME}
            )
        return names

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
