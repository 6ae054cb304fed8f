"""What agreements add to the thread of a person: drawn up, signed, cancelled."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.models import Agreement
from attendees.models import Person
from attendees.timeline import MOST, Entry, contributes
from hrconf.accounts.models import User
from hrconf.lib.magnitude import grouped
from hrconf.office.links import office_link


@contributes
def agreements(person: Person, user: User) -> Iterator[Entry]:
    """Agreements on their project, out of a meeting with them, or with them as a party."""
    if not user.has_perm("agreements.view_agreement"):
        return
    concerns = (
        Q(project__holder=person)
        | Q(meeting__counterpart__person=person)
        | Q(parties__person=person)
    )
    found = Agreement.objects.filter(concerns).select_related("edition").distinct()
    for agreement in found[:MOST]:
        yield from agreement_entries(agreement, office_link(agreement, user))


def agreement_entries(agreement: Agreement, url: str) -> Iterator[Entry]:
    name = {"title": agreement.title, "reference": agreement.reference}
    money = f"{agreement.currency} {grouped(agreement.amount, 2)}"
    shared = {"url": url, "edition": agreement.edition}
    if agreement.signed_on:
        title = _("Signed %(reference)s, “%(title)s”") % name
        yield Entry(agreement.signed_on, title, money, tone="good", icon="contract", **shared)
    else:
        title = _("Agreement drawn up: %(reference)s, “%(title)s”") % name
        yield Entry(agreement.created_at, title, money, tone="note", icon="contract", **shared)
    if agreement.cancelled_on:
        title = _("Agreement cancelled: %(reference)s, “%(title)s”") % name
        reason = agreement.cancel_reason
        yield Entry(agreement.cancelled_on, title, reason, tone="bad", icon="cancel", **shared)
