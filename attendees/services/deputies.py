"""Deputies: who comes in a guest's place, by an invitation and a link of their own.

The guest's invitation is locked first, so naming, taking back and the deputy's
answer follow one another. The database keeps the last word: one deputy at a
time, one accepted invitation for each place.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Invitation, Mark, Person, Registration
from attendees.services.answers import can_answer, lock_invitation, release_guest
from attendees.services.clock import is_late, is_over
from attendees.services.invitations import cancel_waiting_letter, invite_now
from attendees.services.letters import deputy_released_letter
from attendees.services.marks import mark
from attendees.services.previews import mail_trouble
from attendees.services.registrations import cancel_registration
from hrconf.lib.errors import DomainError
from hrconf.mailing.services import queue_letters

Status = Invitation.Status
# A personal link must not become a way to have us write to strangers.
MOST_DEPUTIES = 3


@transaction.atomic
def name_deputy(pk: int, *, deputy: Mapping[str, str], language: str) -> Invitation:
    """Somebody comes in the guest's place: invite them, and free the guest's own place.

    `deputy` has name_native, name_latin, email, organization and title, already
    validated; `language` is the one they are written to in.
    """
    guest = lock_invitation(pk)
    _refuse_naming(guest)
    person = _person(deputy, language)
    if person.pk == guest.person_id:
        raise DomainError(_("Please name somebody else than yourself."), code="oneself")
    invitation = _invitation_for(person, guest)
    for registration in Registration.objects.active().filter(invitation=guest):
        cancel_registration(registration.pk)
    guest.status, guest.deputy, guest.answered_at = Status.DEPUTY, person, timezone.now()
    guest.decide_by, guest.opened_at = None, guest.opened_at or timezone.now()
    guest.save(update_fields=["status", "deputy", "answered_at", "decide_by", "opened_at"])
    mark(guest, Mark.Kind.DEPUTY_NAMED, text=person.both_names)
    invite_now(invitation)
    return invitation


@transaction.atomic
def take_deputy_back(pk: int) -> None:
    """The guest decides otherwise, as long as the deputy has not accepted."""
    guest = lock_invitation(pk)
    if guest.status != Status.DEPUTY:
        raise DomainError(_("Nobody is named in your place."), code="no_deputy")
    if is_late(guest) or is_over(guest.edition):
        raise DomainError(_("This invitation can no longer be answered."), code="not_open")
    deputies = Invitation.objects.open_deputies().filter(represents=guest)
    deputy = (
        deputies.select_related("person", "edition")
        .select_for_update(of=("self",), no_key=True)
        .first()
    )
    if deputy and deputy.status == Status.ACCEPTED:
        raise DomainError(_("Your deputy has accepted already."), code="deputy_accepted")
    if deputy:
        release_guest(deputy, Mark.Kind.DEPUTY_BACK)
        _end(deputy)


def deputy_of(guest: Invitation) -> Invitation | None:
    """The invitation of who comes in a guest's place now."""
    deputies = Invitation.objects.open_deputies().filter(represents=guest)
    return deputies.select_related("person").first()


def _end(deputy: Invitation) -> None:
    """End a deputy's link; who has had the letter is told."""
    had_letter = deputy.sent_at is not None
    Invitation.objects.filter(pk=deputy.pk).update(
        status=Status.WITHDRAWN, key_version=F("key_version") + 1
    )
    deputy.refresh_from_db(fields=["status", "key_version"])
    mark(deputy, Mark.Kind.WITHDRAWN)
    cancel_waiting_letter(deputy)
    if had_letter and not mail_trouble(deputy.person):
        queue_letters("deputy_released", [deputy_released_letter(deputy)])


def _refuse_naming(guest: Invitation) -> None:
    if guest.represents_id or not guest.may_send_deputy:
        raise DomainError(_("Nobody else can be named for this invitation."), code="no_deputies")
    if not can_answer(guest):
        raise DomainError(_("This invitation can no longer be answered."), code="not_open")
    if guest.deputies.count() >= MOST_DEPUTIES:
        raise DomainError(
            _("You have named several people already. Please write to the office."), code="too_many"
        )


def _person(deputy: Mapping[str, str], language: str) -> Person:
    """The person of this address and name, else a new one; nobody's data are changed."""
    for known in Person.objects.of_address(deputy["email"]):
        if _is_called(known, deputy):
            return known
    return Person.objects.create(**deputy, preferred_language=language)


def _is_called(known: Person, deputy: Mapping[str, str]) -> bool:
    """Whether a person has one of the names; an address may be an office's."""
    names = {known.name_native.casefold(), known.name_latin.casefold()} - {""}
    return bool(names & {deputy["name_native"].casefold(), deputy["name_latin"].casefold()})


def _invitation_for(person: Person, guest: Invitation) -> Invitation:
    """A draft for the deputy: the guest's category, sender, owner and deadline."""
    found = Invitation.objects.filter(edition=guest.edition, person=person).first()
    if found and not (found.represents_id == guest.pk and found.status in Invitation.NO_LONGER):
        raise DomainError(
            _("This person has an invitation of their own. Please name somebody else."),
            code="invited",
        )
    draft = found or Invitation(edition=guest.edition, person=person, represents=guest)
    draft.status, draft.answered_at, draft.expired_at = Status.DRAFT, None, None
    draft.category, draft.association = guest.category, guest.association
    draft.delegation, draft.owner = guest.delegation, guest.owner
    draft.answer_by, draft.may_send_deputy = guest.answer_by, False
    draft.save()
    return draft
