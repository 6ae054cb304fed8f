"""What the chair fills in: a reason, when the pitches begin."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.models import Edition, Room
from projects.models import Round


class ReasonForm(forms.Form):
    """Why a round is opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


def drafts() -> QuerySet[Round]:
    """Rounds that may still be given entries."""
    rounds = Round.objects.filter(state=Round.State.DRAFT)
    return rounds.select_related("competition__edition")


class RoundForm(forms.Form):
    """In which round projects are entered."""

    round = forms.ModelChoiceField(
        Round.objects.none(),
        label=_("Round"),
        help_text=_("Only rounds in preparation: what is judged cannot change meanwhile."),
    )

    def __init__(self, data=None) -> None:
        super().__init__(data)
        self.fields["round"].queryset = drafts()


class BestForm(forms.Form):
    """How many go on to which round."""

    into = forms.ModelChoiceField(Round.objects.none(), label=_("Goes on to"), empty_label=None)
    first = forms.IntegerField(label=_("The first"), min_value=1, max_value=1000)

    def __init__(self, source: Round, data=None) -> None:
        super().__init__(data, initial={"first": 10}, auto_id="best_%s")
        self.fields["into"].queryset = drafts().filter(competition=source.competition_id)


class PitchesForm(forms.Form):
    """When and where the pitches begin; times are those of the conference."""

    starts_at = forms.SplitDateTimeField(
        label=_("First pitch"),
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date"},
            time_attrs={"type": "time"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )
    minutes = forms.IntegerField(label=_("Minutes each"), min_value=5, max_value=240, initial=15)
    room = forms.ModelChoiceField(Room.objects.none(), label=_("Room"), required=False)

    def __init__(self, edition: Edition, data=None) -> None:
        super().__init__(data, initial={"starts_at": None}, auto_id="pitches_%s")
        self.edition = edition
        self.fields["room"].queryset = Room.objects.select_related("venue").order_by(
            "venue", "position"
        )

    def clean_starts_at(self):
        return self.cleaned_data["starts_at"].replace(tzinfo=self.edition.tz)
