"""Marks in the thread of an invitation: written with the step they tell of."""

from collections.abc import Iterable

from attendees.models import Invitation, Mark
from hrconf.accounts.models import User


def mark(invitation: Invitation, kind: str, *, text: str = "", by: User | None = None) -> None:
    """Write down a step of one invitation, with the state it has from then on."""
    mark_all([invitation], kind, text=text, by=by)


def mark_all(
    invitations: Iterable[Invitation], kind: str, *, text: str = "", by: User | None = None
) -> None:
    """The same for many, in one query."""
    marks = [
        Mark(invitation=each, kind=kind, status=each.status, text=text, by=by)
        for each in invitations
    ]
    Mark.objects.bulk_create(marks)
