"""What a mailing would do, before it does it: how many mails, to whom, who is left out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from attendees.models import Person
from hrconf.mailing.compose import refuse_bad_headers
from hrconf.mailing.suppressions import suppressed

Row = TypeVar("Row")  # an Invitation or a Registration

REASONS = {
    "no_email": _("no e-mail address"),
    "bad_address": _("name or address cannot be written on a letter"),
    "letters": _("has characters that cannot be printed"),
    "invited": _("invited already"),
    "bounced": _("the same address refused the invitation before"),
    "answered": _("answered already"),
    "not_invited": _("not invited yet"),
    "withdrawn": _("withdrawn or expired"),
    "taken_back": _("taken back"),
    "reminded": _("reminded within the last day"),
    "complete": _("registration complete"),
    "confirmed": _("confirmed already"),
    "declined": _("declined already"),
    "cancelled": _("cancelled"),
    "incomplete": _("registration incomplete"),
    "arrived": _("has arrived"),
    "no_leader": _("no leader named"),
    "full": _("no place left in the category"),
    "gone": _("no longer there"),
    "nothing_missing": _("nothing is missing"),
    "not_waiting": _("no longer on the waiting list"),
    "not_offered": _("no place is offered, or the offer is over"),
    "waiting": _("on the waiting list already"),
    "no_limit": _("the category has no limit: approve or decline"),
    "has_places": _("the category has places: approve or decline"),
    "decided": _("decided already"),
    "late": _("the day to answer is past: move it first"),
    "not_closed": _("not closed"),
    "deputy": _("a deputy: open the guest's own invitation"),
    "same_owner": _("has this owner already"),
    "unsubscribed": _("has unsubscribed"),
    "complaint": _("reported our mail as spam"),
    "hard_bounce": _("mail to this address came back"),
    "soft_bounces": _("mail to this address came back again and again"),
    "refused": _("no such address, says its mail server"),
    "visa_issued": _("has a letter that holds"),
    "visa_declined": _("letter declined: the guest must ask again"),
    "visa_revoked": _("letter revoked: the guest must ask again"),
    "visa_withdrawn": _("the guest no longer asks for a letter"),
    "visa_no_letter": _("has no letter that holds"),
    "visa_no_data": _("the passport data are deleted"),
    "not_confirmed": _("place not confirmed"),
    "over": _("the conference is over"),
    "merged": _("merged into another record"),
    "erased": _("erased"),
    "lacks": _("has no link, code or deadline that the text names"),
    "same_address": _("somebody before gets it at the same address"),
    "changed": _("no longer in the audience"),
    "no_seat": _("has no seat any more"),
    "no_bus": _("not a visit with buses"),
}


@dataclass
class Preview(Generic[Row]):
    """Who gets a mail, and who is left out for which reason (a key of REASONS)."""

    going: list[Row] = field(default_factory=list)
    left_out: list[tuple[Row, str]] = field(default_factory=list)
    unmailed: list[Row] = field(default_factory=list)  # done, but nobody can be told

    @property
    def mails(self) -> int:
        return len(self.going) - len(self.unmailed)

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many are left out, by reason."""
        return Counter(reason for _row, reason in self.left_out)

    @property
    def lines(self) -> list[tuple[str, int]]:
        """The reasons in the reader's words, the most frequent first."""
        counted = Counter(self.reasons).most_common()
        return [(str(REASONS[reason]), count) for reason, count in counted]

    def report(self) -> dict[str, object]:
        """What a batch keeps of it."""
        return {"mails": self.mails, "left_out": dict(self.reasons)}


def mail_trouble(person: Person) -> str:
    """Why a person cannot be mailed; empty if they can."""
    if not person.email:
        return "no_email"
    try:
        for name in [person.name_native, person.name_latin]:
            refuse_bad_headers(name, person.email)
    except ValidationError:
        return "bad_address"
    return ""


def mail_troubles(people: Iterable[Person], *, optional: bool = False) -> Mapping[int, str]:
    """Why people cannot be mailed, by key; who can is not in it. One query.

    An address to which mail came back counts, for optional mail also one that has
    unsubscribed: the outbox would cancel the letter.
    """
    asked = list(people)
    stopped = suppressed([person.email for person in asked if person.email], optional=optional)
    troubles = {person.pk: mail_trouble(person) or stopped.get(person.email) for person in asked}
    return {pk: trouble for pk, trouble in troubles.items() if trouble}
