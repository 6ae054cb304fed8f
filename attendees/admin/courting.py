"""What the office fills in when it looks after a guest."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.models import Contact
from hrconf.accounts.models import User


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ContactForm(forms.Form):
    """A conversation with a guest."""

    on = forms.DateField(label=_("Day"), widget=day_input(), initial=timezone.localdate)
    way = forms.ChoiceField(label=_("Way"), choices=Contact.Way)
    text = forms.CharField(
        label=_("What was said"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("A conversation to come cannot be noted yet."))
        return self.cleaned_data["on"]


class OwnerForm(forms.Form):
    """Somebody of the office."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = User.objects.filter(is_staff=True, is_active=True)
        self.fields["owner"].queryset = office.order_by("name", "email")


class DeadlineForm(forms.Form):
    """A day to answer by."""

    answer_by = forms.DateField(label=_("Answer by"), widget=day_input())
