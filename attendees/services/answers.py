"""What guests answer to an invitation."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Invitation, Registration
from attendees.services.letters import INVITATION
from attendees.services.registrations import cancel_registration
from events.models import Edition
from hrconf.lib.errors import DomainError
from hrconf.lib.tokens import read_token

Status = Invitation.Status
OPEN = [
    Status.QUEUED,
    Status.SENT,
    Status.BOUNCED,
    Status.OPENED,
    Status.TENTATIVE,
    Status.ACCEPTED,
    Status.DECLINED,
]


class LinkOver(Exception):
    """A link that we made, and that no longer leads anywhere."""


def invitation_of(token: str, edition_slug: str) -> Invitation | None:
    """The invitation a link stands for; None for a link that we never made.

    Raises LinkOver when the invitation was withdrawn, its link renewed, or the
    edition is over.
    """
    numbers = read_token(INVITATION, token, 3)
    if numbers is None:
        return None
    edition_id, person_id, key_version = numbers
    found = (
        Invitation.objects.select_related("edition", "person", "category", "registration")
        .filter(edition_id=edition_id, edition__slug=edition_slug, person_id=person_id)
        .first()
    )
    if found is None:
        return None
    if found.key_version != key_version or not can_answer(found):
        raise LinkOver
    return found


def can_answer(invitation: Invitation) -> bool:
    """Whether the guest may still say yes or no, or change what they said."""
    return invitation.status in OPEN and not is_over(invitation.edition)


def is_over(edition: Edition) -> bool:
    """Whether the edition's last day is past, on its own clock.

    The demo plays a conference of the past: its letters stay answerable.
    """
    today = timezone.now().astimezone(edition.tz).date()
    return today > edition.ends_on and not settings.DEMO


@transaction.atomic
def accept_invitation(pk: int, *, note: str = "") -> Registration:
    """The guest comes: their registration opens. Saying so twice changes nothing."""
    return _open_registration(_answer(pk, Status.ACCEPTED, note))


def _open_registration(invitation: Invitation) -> Registration:
    """The guest's place at the edition: theirs already, cancelled once, or new."""
    own = Registration.objects.select_for_update(no_key=True).filter(invitation=invitation)
    free = Registration.objects.active().filter(
        edition=invitation.edition, person=invitation.person, invitation=None
    )
    found = own.first() or free.select_for_update(no_key=True).first()
    if found is None:
        return Registration.objects.create(
            invitation=invitation,
            edition=invitation.edition,
            person=invitation.person,
            category=invitation.category,
            delegation=invitation.delegation,
        )
    if found.status == Registration.Status.CANCELLED:
        found.status = Registration.Status.INCOMPLETE
    found.invitation = invitation
    found.save(update_fields=["status", "invitation"])
    return found


@transaction.atomic
def decline_invitation(pk: int, *, note: str = "") -> None:
    """The guest does not come; a registration that was open already is cancelled."""
    invitation = _answer(pk, Status.DECLINED, note)
    for registration in Registration.objects.active().filter(invitation=invitation):
        cancel_registration(registration.pk)


def _answer(pk: int, status: str, note: str) -> Invitation:
    """Write the answer down, with the row locked."""
    rows = Invitation.objects.select_related("edition", "person", "category", "delegation")
    invitation = rows.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not can_answer(invitation):
        raise DomainError(_("This invitation can no longer be answered."), code="not_open")
    if invitation.status != status:
        invitation.status, invitation.answered_at = status, timezone.now()
    invitation.answer_note = note or invitation.answer_note
    invitation.save(update_fields=["status", "answered_at", "answer_note"])
    return invitation
