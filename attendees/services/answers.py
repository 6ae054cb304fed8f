"""What guests answer to an invitation.

An answer can be changed until the day to answer by; an acceptance can be given
back until the conference is over. Each change is a mark in the thread.

Locking: the guest's own invitation before the one of their deputy, then the
registration, so that one seat never becomes two.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.models import Invitation, Mark, Registration
from attendees.services.clock import is_late, is_over, last_day_to_decide, today_at
from attendees.services.letters import INVITATION, deputy_declined_letter
from attendees.services.marks import mark
from attendees.services.registrations import cancel_registration
from hrconf.lib.errors import DomainError
from hrconf.lib.tokens import read_token
from hrconf.mailing.services import queue_letters

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
UNREAD = [Status.QUEUED, Status.SENT, Status.BOUNCED]
# A guest whose deputy declines late has so long to think.
GRACE = timedelta(days=3)
SHOWN = [*OPEN, Status.DEPUTY, Status.EXPIRED]


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
        Invitation.objects.select_related(
            "edition",
            "person",
            "category",
            "association",
            "owner",
            "deputy",
            "represents__person",
            "registration",
        )
        .filter(edition_id=edition_id, edition__slug=edition_slug, person_id=person_id)
        .first()
    )
    if found is None:
        return None
    is_shown = found.status in SHOWN and not is_over(found.edition)
    if found.key_version != key_version or not is_shown:
        raise LinkOver
    return found


def can_answer(invitation: Invitation) -> bool:
    """Whether the guest may still answer, or change what they said.

    Who asked for time keeps it: a tentative answer does not run out.
    """
    if invitation.status not in OPEN or is_over(invitation.edition):
        return False
    return invitation.status == Status.TENTATIVE or not is_late(invitation)


def can_give_back(invitation: Invitation) -> bool:
    """Whether a no is heard: an acceptance can be given back after the deadline too."""
    is_coming = invitation.status == Status.ACCEPTED and not is_over(invitation.edition)
    return is_coming or can_answer(invitation)


def note_opened(pk: int) -> None:
    """A person has the page before them; says nothing about how often."""
    rows = Invitation.objects.filter(pk=pk).filter(Q(opened_at__isnull=True) | Q(status__in=UNREAD))
    rows.update(
        opened_at=Coalesce("opened_at", Now()),
        status=Case(When(status__in=UNREAD, then=Value(Status.OPENED)), default="status"),
    )


@transaction.atomic
def accept_invitation(pk: int, *, note: str = "") -> Registration:
    """The guest comes: their registration opens. Saying so twice changes nothing."""
    invitation = lock_invitation(pk)
    _refuse_taken_back(invitation)
    return _open_registration(_answer(invitation, Status.ACCEPTED, note))


@transaction.atomic
def hold_invitation(pk: int, *, decide_by: date, note: str = "") -> None:
    """The guest does not know yet, and says by which day they will."""
    invitation = lock_invitation(pk)
    _refuse_taken_back(invitation)
    if invitation.status == Status.ACCEPTED:
        raise DomainError(_("You have accepted already."), code="accepted")
    if not today_at(invitation.edition) <= decide_by <= last_day_to_decide(invitation.edition):
        raise DomainError(_("Choose a day from today until the conference begins."), code="bad_day")
    has_moved = invitation.decide_by != decide_by
    invitation.decide_by = decide_by
    _answer(invitation, Status.TENTATIVE, note, has_changed=has_moved)


@transaction.atomic
def decline_invitation(pk: int, *, note: str = "") -> None:
    """The guest does not come; a registration that was open already is cancelled.

    When a deputy says so, the guest whose place it is may come or name another.
    """
    invitation = lock_invitation(pk)
    was_declined = invitation.status == Status.DECLINED
    _answer(invitation, Status.DECLINED, note)
    for registration in Registration.objects.active().filter(invitation=invitation):
        cancel_registration(registration.pk)
    if invitation.represents_id and not was_declined:
        guest = release_guest(invitation, Mark.Kind.DEPUTY_DECLINED, text=note, has_grace=True)
        if guest:
            queue_letters("deputy_declined", [deputy_declined_letter(guest, invitation)])


def lock_invitation(pk: int) -> Invitation:
    """Lock an invitation, after the one of the guest it stands in for."""
    rows = Invitation.objects.select_related(
        "edition", "person", "category", "delegation", "association", "owner"
    )
    rows = rows.select_for_update(of=("self",), no_key=True)
    guest = Invitation.objects.values_list("represents_id", flat=True).get(pk=pk)
    if guest:
        rows.get(pk=guest)
    return rows.get(pk=pk)


def release_guest(
    deputy: Invitation, kind: str, text: str = "", *, has_grace: bool = False
) -> Invitation | None:
    """The deputy no longer comes: the guest, whose row is locked, may answer again.

    With grace the guest has some days for it, also when the day to answer is past.
    """
    guest = Invitation.objects.select_related("person", "edition").get(deputies=deputy)
    if guest.status != Status.DEPUTY or guest.deputy_id != deputy.person_id:
        return None
    guest.status = Status.OPENED if guest.opened_at else Status.SENT
    guest.deputy, guest.answered_at = None, None
    if has_grace and is_late(guest):
        guest.answer_by = min(today_at(guest.edition) + GRACE, guest.edition.ends_on)
    guest.save(update_fields=["status", "deputy", "answered_at", "answer_by"])
    name = deputy.person.both_names
    mark(guest, kind, text=f"{name}: {text}" if text else name)
    return guest


def _refuse_taken_back(invitation: Invitation) -> None:
    """A deputy comes only as long as the guest leaves them the place."""
    if invitation.represents_id is None:
        return
    guest = Invitation.objects.get(pk=invitation.represents_id)
    if guest.status != Status.DEPUTY or guest.deputy_id != invitation.person_id:
        raise DomainError(_("The guest comes in person after all."), code="taken_back")


def _answer(
    invitation: Invitation, status: str, note: str, *, has_changed: bool = False
) -> Invitation:
    """Write the answer of a locked invitation down; saying the same again adds nothing."""
    allowed = can_give_back if status == Status.DECLINED else can_answer
    if not allowed(invitation):
        raise DomainError(_("This invitation can no longer be answered."), code="not_open")
    if invitation.status != status:
        invitation.status, invitation.answered_at = status, timezone.now()
        has_changed = True
    if note and note != invitation.answer_note:
        invitation.answer_note, has_changed = note, True
    if status != Status.TENTATIVE:
        invitation.decide_by = None
    invitation.opened_at = invitation.opened_at or timezone.now()
    invitation.save(
        update_fields=["status", "answered_at", "answer_note", "decide_by", "opened_at"]
    )
    if has_changed:
        mark(invitation, Mark.Kind.ANSWER, text=_said(invitation, note))
    return invitation


def _said(invitation: Invitation, note: str) -> str:
    """What stands in the thread: the day a tentative guest names, and their word."""
    day = invitation.decide_by.isoformat() if invitation.decide_by else ""
    return " · ".join(filter(None, [day, note]))


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
