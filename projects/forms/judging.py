"""What a juror sends: one touch, a whole card without JavaScript, a reason to leave an entry."""

from uuid import uuid4

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from projects.services.score_sheets import Card
from projects.services.trail import Touch

KEYS = 2**31 - 1  # rows are numbered up to here in any round we will see
MOMENTS = 2**53 - 1  # what a browser counts exactly


class TouchForm(forms.Form):
    """One touch, as the page's script sends it."""

    entry = forms.IntegerField(min_value=1, max_value=KEYS)
    criterion = forms.IntegerField(min_value=1, max_value=KEYS)
    value = forms.IntegerField(min_value=0, max_value=100, required=False)
    key = forms.UUIDField()
    client = forms.CharField(max_length=36, validators=[RegexValidator(r"^[0-9a-f-]{8,36}$")])
    sequence = forms.IntegerField(min_value=0, max_value=MOMENTS)
    seen = forms.IntegerField(min_value=0, max_value=KEYS, required=False)

    def touch(self) -> Touch:
        said = self.cleaned_data
        return Touch(said["key"], said["client"], said["sequence"], said["seen"])


class CardForm(forms.Form):
    """All criteria of an entry at once: what a page without JavaScript sends."""

    def __init__(self, card: Card, data) -> None:
        super().__init__(data)
        self.card = card
        for cell in card.cells:
            self.fields[f"score-{cell.criterion.pk}"] = forms.IntegerField(
                label=cell.criterion.name,
                min_value=0,
                max_value=cell.criterion.highest,
                required=False,
            )

    def changed(self) -> list[tuple[int, int | None, Touch]]:
        """Criterion, points and touch of what differs from what is kept."""
        given = {
            cell.criterion.pk: self.cleaned_data[f"score-{cell.criterion.pk}"]
            for cell in self.card.cells
        }
        return [
            (cell.criterion.pk, given[cell.criterion.pk], Touch(uuid4()))
            for cell in self.card.cells
            if given[cell.criterion.pk] != cell.value and given[cell.criterion.pk] is not None
        ]


class LeaveForm(forms.Form):
    """Why a juror gives an entry no card."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_silent = forms.BooleanField(label=_("Tell the conference office only"), required=False)


class AbstainForm(LeaveForm):
    """Abstaining needs no reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
