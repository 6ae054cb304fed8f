"""Addresses that get no more mail: who stopped them, whether one is, who lets them again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.addresses import normalized, one_line
from hrconf.mailing.models import Message, Suppression

Reason = Suppression.Reason

# Why a message is not sent, as it stands in the outbox.
WHY = {
    Reason.UNSUBSCRIBED: gettext_noop("The reader has unsubscribed."),
    Reason.COMPLAINT: gettext_noop("The reader reported our mail as spam."),
    Reason.HARD_BOUNCE: gettext_noop("Mail to this address came back: it is not sent to any more."),
    Reason.SOFT_BOUNCES: gettext_noop(
        "Mail to this address came back again and again: it is not sent to any more."
    ),
    Reason.REFUSED: gettext_noop(
        "A mail server said that there is no such address: it is not sent to any more."
    ),
}
SUBSCRIBED_AGAIN = gettext_noop("The reader subscribed again.")


def is_suppressed(address: str, *, optional: bool) -> str | None:
    """Why an address gets no mail of the sort (a Suppression.Reason); None if it does."""
    return suppressed([address], optional=optional).get(address)


def suppressed(addresses: Iterable[str], *, optional: bool) -> dict[str, str]:
    """The addresses that get no mail of the sort, as they were given, each with its reason.

    One query, however many; keys of `WHY` are the reasons.
    """
    wanted: dict[str, list[str]] = {}
    for address in addresses:
        wanted.setdefault(normalized(address), []).append(address)
    if not wanted:
        return {}
    rows = Suppression.objects.against(optional=optional).filter(address__in=wanted)
    found: dict[str, str] = {}
    for normal, reason in rows.values_list("address", "reason"):
        for address in wanted[normal]:
            found.setdefault(address, reason)
    return found


def why(reason: str) -> str:
    """The sentence of a reason, untranslated, as a message keeps it."""
    return WHY[Reason(reason)]


def stop(
    address: str, reason: str, *, message: Message | None = None, detail: str = ""
) -> Suppression | None:
    """Stop mail to an address; None if it was stopped for this reason already."""
    made = Suppression(
        address=normalized(address), reason=reason, message=message, detail=one_line(detail)
    )
    Suppression.objects.bulk_create([made], ignore_conflicts=True)
    # PostgreSQL says who won: ours is the row made at our instant.
    mine = Suppression.objects.in_force().filter(
        address=made.address, reason=reason, created_at=made.created_at
    )
    return mine.first()


def stops_of(address: str) -> list[Suppression]:
    """What is in force against an address, the gravest first."""
    return list(Suppression.objects.against(optional=True).filter(address=normalized(address)))


@transaction.atomic
def lift(pk: int, *, by: User, reason: str) -> None:
    """Let an address be mailed again, because a person says why."""
    why_lifted = one_line(reason)
    if not why_lifted:
        raise DomainError(_("Say why this address is mailed again."), code="no_reason")
    lifted = Suppression.objects.in_force().filter(pk=pk)
    if not lifted.update(lifted_at=timezone.now(), lifted_by=by, lift_reason=why_lifted):
        raise DomainError(_("This stop was lifted before."), code="wrong_state")


def lift_own(address: str) -> int:
    """The reader subscribes again: what they stopped themselves is lifted."""
    own = Suppression.objects.in_force().filter(
        address=normalized(address), reason__in=Suppression.BY_THE_READER
    )
    return own.update(lifted_at=timezone.now(), lift_reason=SUBSCRIBED_AGAIN)
