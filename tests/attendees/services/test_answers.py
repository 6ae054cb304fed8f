"""Answers: a guest may change their mind; a place opens once and closes with a no."""

import pytest
from time_machine import travel

from attendees.models import Invitation, Registration, Seat
from attendees.services.answers import (
    LinkOver,
    accept_invitation,
    decline_invitation,
    invitation_of,
)
from attendees.services.letters import invitation_token
from hrconf.lib.errors import DomainError
from tests import make

pytestmark = pytest.mark.django_db
Status = Invitation.Status
BEFORE = "2017-10-01T02:00Z"
LAST_HOUR = "2017-11-10T15:59Z"  # 23:59 in Hangzhou on the last day
OVER = "2017-11-10T16:00Z"


def sent(**fields) -> Invitation:
    return make.invitation(status=Status.SENT, **fields)


@travel(BEFORE)
def test_accept_opens_the_registration_of_the_invitation():
    invitation = sent()

    registration = accept_invitation(invitation.pk, note="With pleasure")

    invitation.refresh_from_db()
    assert (invitation.status, invitation.answer_note) == (Status.ACCEPTED, "With pleasure")
    assert invitation.answered_at is not None
    assert (registration.invitation, registration.person, registration.status) == (
        invitation,
        invitation.person,
        Registration.Status.INCOMPLETE,
    )


@travel(BEFORE)
def test_accept_twice_changes_nothing():
    invitation = sent()

    first = accept_invitation(invitation.pk, note="Yes")
    again = accept_invitation(invitation.pk)

    invitation.refresh_from_db()
    assert (first, invitation.answer_note) == (again, "Yes")
    assert Registration.objects.count() == 1


@travel(BEFORE)
def test_accept_takes_over_the_place_the_guest_has_already():
    invitation = sent()
    own = make.registration(
        edition=invitation.edition, person=invitation.person, category=invitation.category
    )

    assert accept_invitation(invitation.pk) == own

    own.refresh_from_db()
    assert (own.invitation, own.status) == (invitation, Registration.Status.CONFIRMED)


@travel(BEFORE)
def test_decline_ends_the_place_and_accept_opens_it_again():
    invitation = sent()
    registration = accept_invitation(invitation.pk)

    decline_invitation(invitation.pk, note="Ill")
    registration.refresh_from_db()
    assert registration.status == Registration.Status.CANCELLED

    assert accept_invitation(invitation.pk) == registration
    registration.refresh_from_db()
    assert registration.status == Registration.Status.INCOMPLETE


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN, Status.EXPIRED])
@travel(BEFORE)
def test_closed_invitation_cannot_be_answered(status):
    invitation = make.invitation(status=status, queued_at="2017-09-01T00:00Z")

    with pytest.raises(DomainError) as refusal:
        accept_invitation(invitation.pk)

    assert refusal.value.code == "not_open"


def test_answer_is_possible_until_the_last_day_ends_at_the_place():
    invitation = sent()
    token = invitation_token(invitation)

    with travel(LAST_HOUR):
        assert invitation_of(token, invitation.edition.slug) == invitation
    with travel(OVER), pytest.raises(LinkOver):
        invitation_of(token, invitation.edition.slug)


@travel(BEFORE)
def test_renewed_link_ends_the_earlier_one():
    invitation = sent()
    token = invitation_token(invitation)
    Invitation.objects.update(key_version=2)

    with pytest.raises(LinkOver):
        invitation_of(token, invitation.edition.slug)


@travel(BEFORE)
def test_decline_gives_the_seats_back():
    invitation = sent()
    registration = accept_invitation(invitation.pk)
    seat = Seat.objects.create(
        session=make.session(edition=invitation.edition), registration=registration
    )

    decline_invitation(invitation.pk)

    seat.refresh_from_db()
    assert seat.status == Seat.Status.CANCELLED


@travel(BEFORE)
def test_who_has_arrived_cannot_decline():
    invitation = make.invitation(status=Status.ACCEPTED)
    make.registration(
        invitation=invitation, edition=invitation.edition, arrived_at="2017-11-08T01:00Z"
    )

    with pytest.raises(DomainError) as refusal:
        decline_invitation(invitation.pk)

    invitation.refresh_from_db()
    assert (refusal.value.code, invitation.status) == ("arrived", Status.ACCEPTED)
