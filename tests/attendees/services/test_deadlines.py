"""Deadlines: on the edition's clock, once, and with another chance for who asks."""

from datetime import date

import pytest
from time_machine import travel

from attendees.models import Invitation, Mark
from attendees.services.answers import accept_invitation, decline_invitation, hold_invitation
from attendees.services.deadlines import (
    ask_again,
    expire_invitations,
    move_deadline,
    open_again,
)
from attendees.services.deputies import name_deputy
from attendees.services.due import send_due_reminders
from attendees.services.invitations import preview_invitations
from attendees.services.reminders import preview_invitation_reminders
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make
from tests.attendees.services.test_deputies import DEPUTY

pytestmark = pytest.mark.django_db
Status = Invitation.Status
DAY = date(2017, 10, 15)
LAST_HOUR = "2017-10-15T15:59Z"  # 23:59 in Hangzhou
LATE = "2017-10-15T16:00Z"
EARLY = "2017-10-01T02:00Z"


def invited(status=Status.SENT, **fields) -> Invitation:
    fields.setdefault("answer_by", DAY)
    return make.invitation(status=status, sent_at="2017-09-04T02:00Z", **fields)


def refused(call, *args, **options) -> str:
    with pytest.raises(DomainError) as refusal:
        call(*args, **options)
    return refusal.value.code


def test_unanswered_invitation_expires_when_its_day_ends_at_the_place():
    invitation = invited()

    with travel(LAST_HOUR, tick=False):
        assert expire_invitations() == 0
    with travel(LATE, tick=False):
        assert expire_invitations() == 1

    invitation.refresh_from_db()
    assert invitation.status == Status.EXPIRED
    assert invitation.expired_at.isoformat().startswith("2017-10-15T16:00")


def test_beat_that_asks_twice_expires_once():
    invitation = invited()

    with travel(LATE):
        assert (expire_invitations(), expire_invitations()) == (1, 0)

    assert invitation.marks.filter(kind=Mark.Kind.EXPIRED).count() == 1


def test_what_was_answered_or_never_arrived_does_not_expire():
    edition = make.edition()
    states = [Status.TENTATIVE, Status.ACCEPTED, Status.DECLINED, Status.BOUNCED, Status.QUEUED]
    for status in [*states, Status.DRAFT, Status.WITHDRAWN]:
        invited(status, edition=edition)
    invited(edition=edition, answer_by=None)

    with travel(LATE):
        assert expire_invitations() == 0


def test_edition_that_is_over_keeps_its_invitations_as_they_stood():
    invited()

    with travel("2017-11-10T16:00Z"):
        assert expire_invitations() == 0


def test_answer_is_taken_until_the_day_ends_and_not_after():
    invitation = invited()

    with travel(LAST_HOUR):
        decline_invitation(invitation.pk)
        accept_invitation(invitation.pk)
    with travel(LATE):
        decline_invitation(invitation.pk, note="Ill")  # giving a place back is always heard
        assert refused(accept_invitation, invitation.pk) == "not_open"

    answers = invitation.marks.values_list("status", flat=True)
    assert list(answers) == [Status.DECLINED, Status.ACCEPTED, Status.DECLINED]


@travel(EARLY)
def test_guest_who_asks_for_time_keeps_it():
    invitation = invited()

    hold_invitation(invitation.pk, decide_by=date(2017, 10, 20), note="Ask my dean")

    invitation.refresh_from_db()
    assert (invitation.status, invitation.decide_by) == (Status.TENTATIVE, date(2017, 10, 20))
    assert invitation.marks.get().text == "2017-10-20 · Ask my dean"
    with travel("2017-10-21T02:00Z"):
        expire_invitations()
        accept_invitation(invitation.pk)
    invitation.refresh_from_db()
    assert (invitation.status, invitation.decide_by) == (Status.ACCEPTED, None)


@pytest.mark.parametrize("day", [date(2017, 9, 30), date(2017, 11, 8), date(9999, 1, 1)])
@travel(EARLY)
def test_guest_decides_before_the_conference_begins(day):
    assert refused(hold_invitation, invited().pk, decide_by=day) == "bad_day"


@travel(EARLY)
def test_who_has_accepted_is_not_undecided():
    invitation = invited(Status.ACCEPTED)

    assert refused(hold_invitation, invitation.pk, decide_by=date(2017, 10, 9)) == "accepted"


def test_undecided_guest_is_reminded_on_the_day_they_named_and_not_before():
    from attendees.models import ReminderRule

    invitation = invited(Status.TENTATIVE, decide_by=date(2017, 10, 12))
    ReminderRule.objects.create(
        edition=invitation.edition,
        kind=ReminderRule.Kind.INVITATION_UNANSWERED,
        days=7,
        active_since="2017-09-01T02:00Z",
    )
    type(invitation.person).objects.update(country="CN")  # where it is day at two by UTC

    with travel("2017-10-11T02:00Z"):
        assert sum(send_due_reminders().values()) == 0
    with travel("2017-10-12T02:00Z"):
        assert sum(send_due_reminders().values()) == 1


@travel(LATE)
def test_guest_who_is_late_asks_once_and_the_owner_is_told():
    owner = make.user(email="owner@office.example")
    invitation = invited(owner=owner)
    expire_invitations()

    for _click in range(3):
        ask_again(invitation.pk, note="I was travelling")

    message = Message.objects.get()
    assert (message.kind, message.to_address) == ("invitation_asked_again", "owner@office.example")
    assert "I was travelling" in message.text
    assert invitation.marks.filter(kind=Mark.Kind.ASKED_AGAIN).count() == 1


@travel(LATE)
def test_without_an_owner_the_office_is_told():
    invitation = invited(edition=make.edition(contact_email="office@conference.example"))

    ask_again(invitation.pk)  # beat has not been here yet

    assert Message.objects.get().to_address == "office@conference.example"


@travel(EARLY)
def test_who_can_answer_need_not_ask():
    assert refused(ask_again, invited().pk) == "open"


@travel(LATE)
def test_office_opens_again_and_the_guest_is_told_and_can_answer():
    by, invitation = make.organizer(), invited()
    draft = make.invitation(edition=invitation.edition, status=Status.WITHDRAWN)
    expire_invitations()

    preview = open_again([invitation.pk, draft.pk], by=by, answer_by=date(2017, 10, 31))

    assert (len(preview.going), preview.mails) == (2, 1)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert Message.objects.get().kind == "invitation_again"
    accept_invitation(invitation.pk)
    assert open_again([invitation.pk], by=by, answer_by=date(2017, 10, 31)).reasons == {
        "not_closed": 1
    }


@travel(LATE)
def test_guest_may_ask_once_more_after_it_was_opened_again():
    by, invitation = make.organizer(), invited(owner=make.user())
    ask_again(invitation.pk)
    expire_invitations()
    open_again([invitation.pk], by=by, answer_by=date(2017, 10, 20))

    with travel("2017-10-21T02:00Z"):
        expire_invitations()
        ask_again(invitation.pk)

    assert Message.objects.filter(kind="invitation_asked_again").count() == 2


@travel(EARLY)
def test_deadline_moves_for_who_has_not_answered():
    edition = make.edition()
    waiting, answered = invited(edition=edition), invited(Status.ACCEPTED, edition=edition)

    preview = move_deadline(
        [waiting.pk, answered.pk], by=make.organizer(), answer_by=date(2017, 10, 25)
    )

    waiting.refresh_from_db()
    answered.refresh_from_db()
    assert (waiting.answer_by, answered.answer_by) == (date(2017, 10, 25), DAY)
    assert preview.reasons == {"answered": 1}
    for day in [date(2017, 9, 30), date(2017, 11, 11)]:
        code = refused(move_deadline, [waiting.pk], by=make.organizer(), answer_by=day)
        assert code == "bad_day"


def test_deputy_who_lets_the_day_pass_closes_the_guests_invitation_too():
    guest = invited(may_send_deputy=True)
    with travel(EARLY):
        deputy = name_deputy(guest.pk, deputy=DEPUTY, language="en")
    Invitation.objects.filter(pk=deputy.pk).update(status=Status.SENT)

    with travel(LATE):
        expire_invitations()

    guest.refresh_from_db()
    deputy.refresh_from_db()
    assert (deputy.status, guest.status, guest.deputy) == (Status.EXPIRED, Status.EXPIRED, None)


@travel("2017-10-16T02:00Z")
def test_nobody_is_asked_for_an_answer_by_a_day_that_is_past():
    edition = make.edition()
    draft = make.invitation(edition=edition, answer_by=DAY)
    sent = invited(edition=edition)

    assert preview_invitations([draft.pk]).reasons == {"late": 1}
    assert preview_invitation_reminders([sent.pk]).reasons == {"late": 1}
    move_deadline([draft.pk, sent.pk], by=make.organizer(), answer_by=date(2017, 10, 25))
    assert preview_invitations([draft.pk]).mails == 1
    assert preview_invitation_reminders([sent.pk]).mails == 1
