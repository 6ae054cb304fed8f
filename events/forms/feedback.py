"""What a reader says of a session afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models.feedback import LONGEST, MOST_STARS


def stars() -> list[tuple[int, str]]:
    """The best first, in the reader's language."""
    numbers = range(MOST_STARS, 0, -1)
    return [(number, ngettext("%d star", "%d stars", number) % number) for number in numbers]


class FeedbackForm(forms.Form):
    """Stars and, if one likes, words. What robots fill in is out of sight of people."""

    use_required_attribute = False

    stars = forms.TypedChoiceField(
        label=_("How good was it?"),
        choices=stars,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one to five stars."),
            "invalid_choice": _("Choose one to five stars."),
        },
    )
    text = forms.CharField(
        label=_("What would you like to say? (optional)"),
        help_text=_("The speakers read it. Please leave out names of others and your own address."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    ticket = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_of_a_robot(self) -> bool:
        return bool(self.cleaned_data.get("website"))
