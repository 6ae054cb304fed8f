"""Inviting people: status, message and batch change in one transaction."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.models import Invitation
from attendees.services.letters import invitation_link, letter_to, recipient_of
from attendees.services.previews import Preview, mail_trouble
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Batch, Message
from hrconf.mailing.services import queue_letters
from hrconf.mailing.suppressions import is_suppressed

KIND = "invitation"
Status = Invitation.Status
# Once nothing can be taken back: a person decided, or the office did.
CLOSED = [Status.WITHDRAWN, Status.EXPIRED]


def preview_invitations(ids: Collection[int]) -> Preview[Invitation]:
    """Who of these would be invited by mail now, and who would not, and why."""
    return sort_out(list(_with_all().filter(pk__in=ids)))


@transaction.atomic
def queue_invitations(ids: Collection[int], *, by: User) -> Batch:
    """Invite the guests of drafts by mail: all in one transaction.

    Guests without an address and those invited already are left out; the batch
    reports how many. The same call again finds nobody to invite and refuses.
    """
    locked = _with_all().filter(pk__in=ids).select_for_update(of=("self",), no_key=True)
    preview = sort_out(list(locked.order_by("pk")))
    if not preview.going:
        raise DomainError(_("There is nobody to invite among these."), code="nobody_to_mail")
    batch = _batch(preview, by)
    queue_letters(KIND, [letter_for(invitation) for invitation in preview.going], batch=batch)
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in preview.going]).update(
        status=Status.QUEUED, queued_at=timezone.now(), sendings=F("sendings") + 1
    )
    return batch


def sort_out(invitations: list[Invitation]) -> Preview[Invitation]:
    """Part the guests who can be invited by mail from those who cannot."""
    preview: Preview[Invitation] = Preview()
    refused = _refused_addresses(invitations)
    for invitation in invitations:
        if reason := why_not(invitation, refused):
            preview.left_out.append((invitation, reason))
        else:
            preview.going.append(invitation)
    return preview


def why_not(invitation: Invitation, refused: Collection[tuple[str, str]]) -> str:
    """Why a guest is not invited by mail now; empty if they are."""
    if invitation.status in CLOSED:
        return "withdrawn"
    if invitation.status not in {Status.DRAFT, Status.BOUNCED}:
        return "invited"
    person = invitation.person
    if invitation.status == Status.BOUNCED and (recipient_of(person.pk), person.email) in refused:
        return "bounced"
    return mail_trouble(person)


def letter_for(invitation: Invitation) -> Letter:
    """The letter that invites, with the guest's personal link."""
    language = invitation.person.preferred_language
    return letter_to(
        invitation.person,
        invitation.edition,
        occasion=f"invitation:{invitation.pk}:{invitation.sendings + 1}",
        context={"invitation": invitation, "answer_link": invitation_link(invitation, language)},
    )


@transaction.atomic
def withdraw_invitation(pk: int, *, by: User) -> None:
    """Take an invitation back: its link ends, a mail that still waits is cancelled."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=pk)
    if invitation.status in {*CLOSED, Status.ACCEPTED, Status.DEPUTY}:
        raise DomainError(_("This invitation can no longer be withdrawn."), code="not_open")
    Invitation.objects.filter(pk=pk).update(
        status=Status.WITHDRAWN, key_version=F("key_version") + 1
    )
    Message.objects.waiting().filter(
        recipient=recipient_of(invitation.person_id), occasion__startswith=f"invitation:{pk}:"
    ).cancel(by=str(by.pk))


def follow_message(message: Message) -> None:
    """What became of the mail is what becomes of the invitation."""
    fate = {
        Message.State.SENT: Status.SENT,
        Message.State.REFUSED: Status.BOUNCED,
        Message.State.FAILED: Status.BOUNCED,
        Message.State.BOUNCED: Status.BOUNCED,
        Message.State.CANCELLED: Status.DRAFT,
    }.get(Message.State(message.state))
    if fate is None:
        return
    if fate == Status.DRAFT and is_suppressed(message.to_address, optional=False):
        fate = Status.BOUNCED  # nothing is sent to this address any more
    before = [Status.QUEUED, Status.BOUNCED, *([Status.SENT] if fate == Status.BOUNCED else [])]
    invitation = Invitation.objects.filter(
        pk=int(message.occasion.split(":")[1]), status__in=before
    )
    invitation.update(status=fate, sent_at=message.sent_at)


def _with_all():
    return Invitation.objects.select_related(
        "edition", "person", "category", "association", "delegation"
    )


def _batch(preview: Preview[Invitation], by: User) -> Batch:
    count = preview.mails
    title = ngettext("Invitation of %(count)s guest", "Invitation of %(count)s guests", count)
    return Batch.objects.create(
        kind=KIND, title=title % {"count": count}, created_by=by, report=preview.report()
    )


def _refused_addresses(invitations: list[Invitation]) -> set[tuple[str, str]]:
    """(recipient, address) pairs at which an invitation has bounced."""
    bounced = [i for i in invitations if i.status == Status.BOUNCED]
    if not bounced:
        return set()
    messages = Message.objects.filter(
        kind=KIND,
        recipient__in=[recipient_of(invitation.person_id) for invitation in bounced],
        state__in=[Message.State.REFUSED, Message.State.FAILED, Message.State.BOUNCED],
    )
    return set(messages.values_list("recipient", "to_address"))
