"""What the office does about visa letters: issue, decline, revoke, replace."""

from django import forms
from django.utils.translation import gettext_lazy

from attendees.models import VisaRequest
from attendees.services import visa_letters
from attendees.services.previews import REASONS
from hrconf.office.deeds import Deed, one_by_one

MAY_DECIDE = "attendees.decide_visarequest"


class ReasonForm(forms.Form):
    """Why a letter holds no more; the guest reads it, and the register keeps it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason (the guest reads it, and the register keeps it)"),
        min_length=5,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


ISSUE = Deed(
    name="issue",
    title=gettext_lazy("Issue the letter"),
    permission=MAY_DECIDE,
    icon="verified",
    preview=visa_letters.preview_issuing,
    do=one_by_one(visa_letters.issue_letter, VisaRequest),
    explanation=gettext_lazy(
        "Each guest gets a letter with the next number of the register and a mail that it is "
        "there; the letter itself is not attached."
    ),
    reasons=REASONS,
    most_at_once=1,  # drawing a letter takes most of a second
)
DECLINE = Deed(
    name="decline",
    title=gettext_lazy("Decline the letter"),
    permission=MAY_DECIDE,
    icon="block",
    preview=visa_letters.preview_declining,
    do=one_by_one(visa_letters.decline_request, VisaRequest),
    explanation=gettext_lazy("The guest reads the reason, may correct the data and ask again."),
    reasons=REASONS,
    asks_reason=True,
    is_grave=True,
)
REVOKE = Deed(
    name="revoke",
    title=gettext_lazy("Revoke the letter"),
    permission=MAY_DECIDE,
    icon="undo",
    preview=visa_letters.preview_revoking,
    do=one_by_one(visa_letters.revoke_letter, VisaRequest),
    explanation=gettext_lazy(
        "The letter holds no more, and whoever checks its code reads so. The guest is told why, "
        "may correct the data and ask again."
    ),
    reasons=REASONS,
    is_grave=True,
    form=ReasonForm,
)
REPLACE = Deed(
    name="replace",
    title=gettext_lazy("Revoke and issue anew"),
    permission=MAY_DECIDE,
    icon="autorenew",
    preview=visa_letters.preview_replacing,
    do=one_by_one(visa_letters.replace_letter, VisaRequest),
    most_at_once=1,
    explanation=gettext_lazy(
        "For a fault of ours, such as a wrong title: the letter is revoked and the guest gets "
        "another one with the next number, on the same passport data."
    ),
    reasons=REASONS,
    is_grave=True,
    form=ReasonForm,
)
