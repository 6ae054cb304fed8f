"""What a reviewer fills in: points, pass or fail, two comments, or why they do not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Review, ReviewPhase

LONGEST = 2000


class ReviewForm(forms.Form):
    """Points by criterion, each of them optional: what is there is kept."""

    passes = forms.TypedChoiceField(
        required=False,
        choices=[("1", _("Pass")), ("0", _("Fail"))],
        coerce=lambda value: value == "1",
        empty_value=None,
        label=_("Your vote"),
    )
    to_applicant = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("To the applicant"),
        help_text=_("Goes into the letter of decision, without your name."),
    )
    to_board = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("To the board alone"),
        help_text=_("The applicant never sees it."),
    )

    def __init__(self, review: Review, data: Any = None) -> None:
        super().__init__(data, initial=said_in(review))
        self.review = review
        self.criteria = list(review.phase.criteria.all())
        for one in self.criteria:
            self.fields[f"points-{one.pk}"] = forms.TypedChoiceField(
                required=False,
                choices=[(str(point), str(point)) for point in one.points],
                coerce=int,
                empty_value=None,
                label=one.name,
            )
        if review.phase.mode != ReviewPhase.Mode.PASS_FAIL:
            del self.fields["passes"]

    @property
    def cells(self) -> list[tuple[Any, forms.BoundField]]:
        """Each criterion with its field."""
        return [(one, self[f"points-{one.pk}"]) for one in self.criteria]

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        given = {one.pk: self.cleaned_data[f"points-{one.pk}"] for one in self.criteria}
        return {
            "points": {key: value for key, value in given.items() if value is not None},
            "passes": self.cleaned_data.get("passes"),
            "to_applicant": self.cleaned_data["to_applicant"].strip(),
            "to_board": self.cleaned_data["to_board"].strip(),
        }


def said_in(review: Review) -> dict[str, Any]:
    points = {f"points-{one.criterion_id}": str(one.value) for one in review.scores.all()}
    vote = "" if review.passes is None else str(int(review.passes))
    texts = {"to_applicant": review.to_applicant, "to_board": review.to_board}
    return {**points, **texts, "passes": vote}


class ReasonForm(forms.Form):
    """Why there is no review."""

    reason = forms.CharField(
        max_length=500,
        label=_("Reason"),
        error_messages={"required": _("Give the reason.")},
    )
