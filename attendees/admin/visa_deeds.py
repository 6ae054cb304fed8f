"""What the office does about visa letters: issue, decline, revoke, replace."""

from collections.abc import Callable, Collection

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendees.models import VisaRequest
from attendees.services import visa_letters
from attendees.services.previews import REASONS
from hrconf.accounts.models import User
from hrconf.jobs.services import start_job
from hrconf.office.deeds import Deed
from hrconf.office.outcomes import Outcome

MAY_DECIDE = "attendees.decide_visarequest"


class ReasonForm(forms.Form):
    """Why a letter holds no more; the guest reads it, and the register keeps it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason (the guest reads it, and the register keeps it)"),
        min_length=5,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def issue(ids: Collection[int], *, by: User) -> Outcome:
    """One letter at once; many by a worker, since each of them is drawn."""
    if len(ids) == 1:
        return each(visa_letters.issue_letter, ids, by=by)
    job = start_job(
        kind="visa_letters",
        title=_("Visa letters: %(count)s requests") % {"count": len(ids)},
        options={"requests": sorted(ids)},
        by=by,
    )
    return Outcome(job=job)


def each(service: Callable[..., object], ids: Collection[int], **more: object) -> Outcome:
    """Do it to each request by itself; who is refused is named with the reason."""
    outcome = Outcome()
    rows = VisaRequest.objects.select_related("registration__person", "registration__edition")
    for request in rows.filter(pk__in=ids):
        try:
            service(request.pk, **more)
        except ValidationError as refusal:
            outcome.refused.append((str(request), " ".join(refusal.messages)))
        else:
            outcome.done += 1
    return outcome


def decline(ids: Collection[int], *, by: User, reason: str = "") -> Outcome:
    return each(visa_letters.decline_request, ids, by=by, reason=reason)


def revoke(ids: Collection[int], *, by: User, reason: str) -> Outcome:
    return each(visa_letters.revoke_letter, ids, by=by, reason=reason)


def replace(ids: Collection[int], *, by: User, reason: str) -> Outcome:
    return each(visa_letters.replace_letter, ids, by=by, reason=reason)


ISSUE = Deed(
    name="issue",
    title=gettext_lazy("Issue the letter"),
    permission=MAY_DECIDE,
    icon="verified",
    preview=visa_letters.preview_issuing,
    do=issue,
    explanation=gettext_lazy(
        "Each guest gets a letter with the next number of the register and a mail that it is "
        "there; the letter itself is not attached."
    ),
    reasons=REASONS,
    is_job=True,
)
DECLINE = Deed(
    name="decline",
    title=gettext_lazy("Decline the letter"),
    permission=MAY_DECIDE,
    icon="block",
    preview=visa_letters.preview_declining,
    do=decline,
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
    do=revoke,
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
    do=replace,
    explanation=gettext_lazy(
        "For a fault of ours, such as a wrong title: the letter is revoked and the guest gets "
        "another one with the next number, on the same passport data."
    ),
    reasons=REASONS,
    is_grave=True,
    form=ReasonForm,
)
