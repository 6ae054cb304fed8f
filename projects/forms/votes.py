"""A vote of the audience: which project, and who one is."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Entry, Round


class EntryChoice(forms.ModelChoiceField):
    def label_from_instance(self, entry: Entry) -> str:
        return entry.project.title


class VoteForm(forms.Form):
    """Either the code of one's badge, or an address that a link is mailed to."""

    use_required_attribute = False

    entry = EntryChoice(
        Entry.objects.none(),
        label=_("Your favourite"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    badge = forms.CharField(
        label=_("Code of your badge"),
        required=False,
        max_length=12,
        help_text=_("The letters under the QR code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label=_("Or your e-mail"),
        required=False,
        max_length=254,
        help_text=_("Without a badge: we mail you a link that casts your vote."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, round: Round, data=None) -> None:
        super().__init__(data)
        self.fields["entry"].queryset = round.entries.select_related("project")

    def clean(self):
        if not self.errors and not (self.cleaned_data["badge"] or self.cleaned_data["email"]):
            raise forms.ValidationError(
                _("Please give the code of your badge or your e-mail."), code="who"
            )
        return self.cleaned_data

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
