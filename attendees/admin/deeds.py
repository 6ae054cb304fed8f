"""What the office does to guests: invite, remind, approve, decline, end."""

from collections.abc import Callable, Collection

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendees.admin.courting import ContactForm, DeadlineForm, OwnerForm
from attendees.models import Invitation, Registration
from attendees.services import (
    courting,
    deadlines,
    delegations,
    invitations,
    registrations,
    reminders,
    stages,
    undos,
    waitlisting,
)
from attendees.services.category_mails import opening_of
from attendees.services.previews import REASONS
from hrconf.mailing.compose import Letter
from hrconf.office.deeds import AllOfThem, Deed, one_by_one

MAY_INVITE = "attendees.change_invitation"
MAY_DECIDE = "attendees.change_registration"
A_WORD = _("A word to them, written in the letter (may stay empty)")


def letter_about(kind: str) -> Callable[[Registration, str], tuple[str, Letter]]:
    """The letter about a decision, to be looked at before it is made."""

    def letter(registration: Registration, word: str) -> tuple[str, Letter]:
        registration.decided_at = registration.decided_at or timezone.now()
        opening = opening_of(registration, kind.removeprefix("registration_"))
        return kind, registrations.letter_for(registration, word, opening)

    return letter


INVITE = Deed(
    name="invite",
    title=_("Invite by mail"),
    permission=MAY_INVITE,
    icon="send",
    preview=invitations.preview_invitations,
    do=invitations.queue_invitations,
    explanation=_(
        "Each guest gets a letter with a personal link, in the language they read. "
        "Nobody is invited twice."
    ),
    reasons=REASONS,
    undo=undos.OF_INVITATIONS,
)
REMIND_INVITED = Deed(
    name="remind",
    title=_("Remind of the invitation"),
    permission=MAY_INVITE,
    icon="notifications",
    preview=reminders.preview_invitation_reminders,
    do=reminders.remind_invitations,
    explanation=_("Guests who have not answered get a reminder with their personal link."),
    reasons=REASONS,
    undo=undos.OF_INVITATIONS,
)
WITHDRAW = Deed(
    name="withdraw",
    title=_("Withdraw"),
    permission=MAY_INVITE,
    icon="undo",
    preview=lambda ids: people_of(Invitation, ids),
    do=one_by_one(invitations.withdraw_invitation, Invitation),
    explanation=_("The personal link stops working; a letter that still waits is not sent."),
    has_mails=False,
    is_grave=True,
)
NOTE_CONTACT = Deed(
    name="note",
    title=_("Note a conversation"),
    permission=MAY_INVITE,
    icon="call",
    preview=courting.preview_owner,
    do=courting.note_contact,
    explanation=_("It stands in the thread of each of these guests, with its day and your name."),
    reasons=REASONS,
    has_mails=False,
    form=ContactForm,
)
SET_OWNER = Deed(
    name="owner",
    title=_("Set the owner"),
    permission=MAY_INVITE,
    icon="person_pin",
    preview=courting.preview_owner,
    do=courting.set_owner,
    explanation=_("Who in the office courts these guests from now on."),
    reasons=REASONS,
    has_mails=False,
    form=OwnerForm,
)
MOVE_DEADLINE = Deed(
    name="deadline",
    title=_("Move the deadline"),
    permission=MAY_INVITE,
    icon="event",
    preview=deadlines.preview_moving,
    do=deadlines.move_deadline,
    explanation=_("Guests who have not answered get another day to answer by. Nobody is mailed."),
    reasons=REASONS,
    has_mails=False,
    form=DeadlineForm,
)
OPEN_AGAIN = Deed(
    name="again",
    title=_("Open again"),
    permission=MAY_INVITE,
    icon="lock_open",
    preview=deadlines.preview_opening,
    do=deadlines.open_again,
    explanation=_(
        "Expired, withdrawn and declined invitations can be answered again until the day you "
        "choose; who has had the letter is told."
    ),
    reasons=REASONS,
    form=DeadlineForm,
    undo=undos.OF_INVITATIONS,
)
APPROVE = Deed(
    name="approve",
    title=_("Approve"),
    permission=MAY_DECIDE,
    icon="check_circle",
    preview=registrations.preview_approvals,
    do=registrations.approve_registrations,
    explanation=_("The place is confirmed and the person told so, the oldest first."),
    reasons=REASONS,
    asks_reason=True,
    reason_label=A_WORD,
    letter=letter_about(registrations.CONFIRMED),
    undo=undos.OF_REGISTRATIONS,
)
DECLINE = Deed(
    name="decline",
    title=_("Decline"),
    permission=MAY_DECIDE,
    icon="cancel",
    preview=registrations.preview_declines,
    do=registrations.decline_registrations,
    explanation=_("The place is refused and the person told so; seats in sessions are freed."),
    reasons=REASONS,
    asks_reason=True,
    is_grave=True,
    letter=letter_about(registrations.DECLINED),
    undo=undos.OF_REGISTRATIONS,
)
WAITLIST = Deed(
    name="waitlist",
    title=_("Put on the waiting list"),
    permission=MAY_DECIDE,
    icon="queue",
    preview=waitlisting.preview_waitlisting,
    do=waitlisting.waitlist_registrations,
    explanation=_(
        "All places of the category are taken: the person stands in line for the next one, and "
        "is told so."
    ),
    reasons=REASONS,
    asks_reason=True,
    reason_label=A_WORD,
    letter=letter_about(waitlisting.KIND),
    undo=undos.OF_REGISTRATIONS,
)
REMIND_REGISTERED = Deed(
    name="remind",
    title=_("Remind to complete"),
    permission=MAY_DECIDE,
    icon="notifications",
    preview=reminders.preview_registration_reminders,
    do=reminders.remind_registrations,
    explanation=_("People whose registration is incomplete get a reminder with their link."),
    reasons=REASONS,
    undo=undos.OF_REGISTRATIONS,
)
ASK = Deed(
    name="ask",
    title=_("Ask for what is missing"),
    permission=MAY_DECIDE,
    icon="contact_mail",
    preview=stages.preview_asking,
    do=stages.ask_for_missing,
    explanation=_(
        "Confirmed people who have not answered what is asked after confirmation, such as travel "
        "or hotel, get a mail with the forms and their last day."
    ),
    reasons=REASONS,
    letter=lambda row, word: (stages.KIND, stages.missing_letter(row)),
    undo=undos.OF_MAILS,
)
COMPLETE = Deed(
    name="complete",
    title=_("Take as complete"),
    permission=MAY_DECIDE,
    icon="task_alt",
    preview=lambda ids: people_of(Registration, ids),
    do=one_by_one(lambda pk, by: registrations.submit_registration(pk), Registration),
    explanation=_(
        "The office has the person's data: the registration counts as sent. Where the "
        "category needs no approval, the place is confirmed and the person told so."
    ),
    has_mails=False,
)
CANCEL = Deed(
    name="cancel",
    title=_("Cancel the place"),
    permission=MAY_DECIDE,
    icon="event_busy",
    preview=lambda ids: people_of(Registration, ids),
    do=one_by_one(registrations.cancel_registration, Registration),
    explanation=_("Because the person said so: the place and its seats are given back."),
    has_mails=False,
    is_grave=True,
    undo=undos.OF_REGISTRATIONS,
)
MAIL_LEADER = Deed(
    name="mail_leader",
    title=_("Mail the leader their page"),
    permission="attendees.change_delegation",
    icon="outgoing_mail",
    preview=delegations.preview_leaders,
    do=delegations.mail_leaders,
    explanation=_(
        "Each leader gets a personal link to the page on which they name the members of their "
        "delegation and see how far each of them is."
    ),
    reasons=REASONS,
    undo=undos.OF_MAILS,
)


def people_of(model: type[Model], ids: Collection[int]) -> AllOfThem:
    return AllOfThem(list(model._default_manager.select_related("person").filter(pk__in=ids)))
