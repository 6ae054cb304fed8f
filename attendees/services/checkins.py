"""Letting people in: at the site, and to sessions."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import CheckIn, Registration
from events.models import Session
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError


@transaction.atomic
def check_in(
    registration_id: int,
    *,
    by: User | None,
    session: Session | None = None,
    gate: str = "",
    nonce: UUID | None = None,
    at: datetime | None = None,
) -> CheckIn:
    """Let a confirmed person in at the site (no session) or to a session.

    The same scan sent again (its nonce) returns the check-in it made. Another
    scan of someone who is in already is refused with the code "already_in". The
    first check-in of any kind is the person's arrival.
    """
    registration = Registration.objects.select_for_update(no_key=True).get(pk=registration_id)
    if nonce and (replayed := CheckIn.objects.filter(nonce=nonce).first()):
        return _same_scan(replayed, registration, session)
    refuse_check_in(registration, session)
    at = at or timezone.now()
    if registration.arrived_at is None:
        registration.arrived_at = at
        registration.save(update_fields=["arrived_at"])
    return CheckIn.objects.create(
        registration=registration, session=session, at=at, by=by, gate=gate, nonce=nonce
    )


def refuse_check_in(registration: Registration, session: Session | None) -> None:
    """Refuse who has no confirmed place, is in already, or stands at the wrong edition."""
    if registration.status != Registration.Status.CONFIRMED:
        raise DomainError(_("This place is not confirmed."), code="not_confirmed")
    if session and session.edition_id != registration.edition_id:
        raise DomainError(_("The session is of another edition."), code="other_edition")
    if session and session.status == Session.Status.CANCELLED:
        raise DomainError(_("The session is cancelled."), code="session_cancelled")
    if CheckIn.objects.filter(registration=registration, session=session).exists():
        raise DomainError(_("This person is checked in already."), code="already_in")


def _same_scan(replayed: CheckIn, registration: Registration, session: Session | None) -> CheckIn:
    """A scan sent again; a nonce that was another person's is a mistake or worse."""
    if (replayed.registration_id, replayed.session) != (registration.pk, session):
        raise DomainError(_("This scan belongs to another check-in."), code="foreign_scan")
    return replayed
