"""Inviting people: status, message and batch change in one transaction."""

import re
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendees.addressing import salutation
from attendees.models import Invitation, Mark
from attendees.services import answers
from attendees.services.clock import is_missed
from attendees.services.letters import (
    invitation_link,
    letter_link,
    letter_to,
    recipient_of,
)
from attendees.services.marks import mark
from attendees.services.previews import REASONS, Preview, mail_troubles
from events.models import Edition
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
    lock_editions(ids)
    locked = _with_all().filter(pk__in=ids).select_for_update(of=("self",), no_key=True)
    preview = sort_out(list(locked.order_by("pk")))
    if not preview.going:
        raise DomainError(_("There is nobody to invite among these."), code="nobody_to_mail")
    batch = _batch(preview, by)
    _send(preview.going, batch)
    return batch


def invite_now(invitation: Invitation) -> None:
    """Mail one invitation in the caller's transaction, such as a deputy's."""
    if trouble := mail_troubles([invitation.person]).get(invitation.person_id):
        raise DomainError(str(REASONS[trouble]), code=trouble)
    lock_editions([invitation.pk])
    _send([_with_all().get(pk=invitation.pk)], None)


def _send(invitations: list[Invitation], batch: Batch | None) -> None:
    """Number the letters and write the mails; the rows are locked."""
    _number(invitations)
    queue_letters(KIND, [letter_for(invitation) for invitation in invitations], batch=batch)
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in invitations]).update(
        status=Status.QUEUED,
        queued_at=timezone.now(),
        sendings=F("sendings") + 1,
        batch=batch,
    )


def lock_editions(ids: Collection[int]) -> None:
    """Whoever gives numbers to letters holds the edition."""
    editions = Invitation.objects.filter(pk__in=ids).values("edition")
    locked = Edition.objects.filter(pk__in=editions).order_by("pk")
    list(locked.select_for_update(no_key=True).values_list("pk", flat=True))


def _number(invitations: list[Invitation]) -> None:
    """Give each letter its number in the edition's register; a second sending keeps it."""
    new = [invitation for invitation in invitations if invitation.number is None]
    editions = {invitation.edition_id for invitation in new}
    highest = Invitation.objects.filter(edition__in=editions, number__isnull=False).order_by()
    last = dict(highest.values_list("edition").annotate(last=Max("number")))
    for invitation in new:
        last[invitation.edition_id] = last.get(invitation.edition_id, 0) + 1
        invitation.number = last[invitation.edition_id]
    Invitation.objects.bulk_update(new, ["number"])


def sort_out(invitations: list[Invitation]) -> Preview[Invitation]:
    """Part the guests who can be invited by mail from those who cannot."""
    preview: Preview[Invitation] = Preview()
    refused = _refused_addresses(invitations)
    troubles = mail_troubles(invitation.person for invitation in invitations)
    for invitation in invitations:
        if reason := why_not(invitation, refused, troubles):
            preview.left_out.append((invitation, reason))
        else:
            preview.going.append(invitation)
    return preview


def why_not(
    invitation: Invitation, refused: Collection[tuple[str, str]], troubles: Mapping[int, str]
) -> str:
    """Why a guest is not invited by mail now; empty if they are."""
    if invitation.status in CLOSED:
        return "withdrawn"
    if invitation.status not in {Status.DRAFT, Status.BOUNCED}:
        return "invited"
    person = invitation.person
    if invitation.status == Status.BOUNCED and (recipient_of(person.pk), person.email) in refused:
        return "bounced"
    return "late" if is_missed(invitation) else troubles.get(person.pk, "")


def letter_for(invitation: Invitation) -> Letter:
    """The letter that invites, in both languages, with the guest's personal link."""
    person = invitation.person
    language = person.preferred_language
    other = "en" if language.startswith("zh") else "zh-hans"
    return letter_to(
        person,
        invitation.edition,
        occasion=f"invitation:{invitation.pk}:{invitation.sendings + 1}",
        context={
            "invitation": invitation,
            "answer_link": invitation_link(invitation, language),
            "paper_link": letter_link(invitation, language),
            "salutation": salutation(person, language),
            "other": other,
            "other_link": invitation_link(invitation, other),
            "other_salutation": salutation(person, other),
        },
    )


@transaction.atomic
def withdraw_invitation(pk: int, *, by: User | None) -> None:
    """Take an invitation back: its link ends, a mail that still waits is cancelled.

    When it is a deputy's, the guest may answer for themselves again.
    """
    invitation = answers.lock_invitation(pk)
    if invitation.status in {*CLOSED, Status.ACCEPTED, Status.DEPUTY}:
        raise DomainError(_("This invitation can no longer be withdrawn."), code="not_open")
    invitation.status, invitation.key_version = Status.WITHDRAWN, invitation.key_version + 1
    invitation.save(update_fields=["status", "key_version"])
    mark(invitation, Mark.Kind.WITHDRAWN, by=by)
    cancel_waiting_letter(invitation, by=str(by.pk) if by else "")
    if invitation.represents_id:
        answers.release_guest(invitation, Mark.Kind.DEPUTY_DECLINED)


def cancel_waiting_letter(invitation: Invitation, by: str = "") -> None:
    """Keep the mails of an invitation that have not gone out from ever going."""
    Message.objects.waiting().filter(
        recipient=recipient_of(invitation.person_id),
        occasion__startswith=f"invitation:{invitation.pk}:",
    ).cancel(by=by)


# The occasion of a letter: which invitation, and which of its sendings.
OCCASION = re.compile(r"invitation:(\d{1,18}):(\d{1,9})")


def follow_message(message: Message) -> None:
    """What became of the last mail is what becomes of the invitation.

    A bounce may arrive after the server took the mail.
    """
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
    named = OCCASION.fullmatch(message.occasion)
    if named:
        pk, sending = map(int, named.groups())
        sent = Invitation.objects.filter(pk=pk, status__in=before, sendings=sending)
        sent.update(status=fate, sent_at=message.sent_at)


def _with_all():
    return Invitation.objects.select_related(
        "edition", "person", "category", "association", "delegation", "represents__person"
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
