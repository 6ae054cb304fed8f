"""Deputies: one place, one person; the guest decides until the deputy has."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from time_machine import travel

from attendees.models import Invitation, Mark, Person, Registration
from attendees.services.answers import (
    LinkOver,
    accept_invitation,
    decline_invitation,
    invitation_of,
)
from attendees.services.deputies import MOST_DEPUTIES, name_deputy, take_deputy_back
from attendees.services.invitations import withdraw_invitation
from attendees.services.letters import invitation_token
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db
Status = Invitation.Status
BEFORE = "2017-10-01T02:00Z"
DEPUTY = {
    "name_native": "王芳",
    "name_latin": "Wang Fang",
    "email": "wang.fang@guests.example",
    "organization": "Delta Lab",
    "title": "Director",
}


@pytest.fixture(autouse=True)
def _in_october():
    with travel(BEFORE):
        yield


@pytest.fixture
def guest():
    return make.invitation(status=Status.OPENED, may_send_deputy=True, owner=make.user())


def name(guest: Invitation, **changes: str) -> Invitation:
    made = name_deputy(guest.pk, deputy=DEPUTY | changes, language="en")
    guest.refresh_from_db()
    return made


def refused(call, *args, **options) -> str:
    with pytest.raises(DomainError) as refusal:
        call(*args, **options)
    return refusal.value.code


def test_deputy_gets_an_invitation_of_their_own_with_what_the_guest_had(guest):
    deputy = name(guest)

    deputy.refresh_from_db()
    assert (guest.status, guest.deputy) == (Status.DEPUTY, deputy.person)
    assert (deputy.represents, deputy.status) == (guest, Status.QUEUED)
    assert (deputy.category, deputy.owner) == (guest.category, guest.owner)
    assert deputy.person.both_names == "王芳 · Wang Fang"
    message = Message.objects.get()
    assert message.to_address == "wang.fang@guests.example"
    assert guest.person.name_latin in message.text


def test_place_of_a_guest_who_had_accepted_is_freed(guest):
    registration = accept_invitation(guest.pk)

    name(guest)

    registration.refresh_from_db()
    assert registration.status == Registration.Status.CANCELLED


def test_deputy_who_accepts_has_the_only_place(guest):
    deputy = name(guest)

    accept_invitation(deputy.pk)

    assert Registration.objects.active().get().person == deputy.person
    assert refused(take_deputy_back, guest.pk) == "deputy_accepted"
    assert refused(accept_invitation, guest.pk) == "not_open"


def test_taken_back_deputy_can_no_longer_answer_and_the_guest_can(guest):
    deputy = name(guest)
    token = invitation_token(deputy)

    take_deputy_back(guest.pk)

    with pytest.raises(LinkOver):
        invitation_of(token, deputy.edition.slug)
    assert refused(accept_invitation, deputy.pk) == "taken_back"
    assert accept_invitation(guest.pk).person == guest.person
    assert Message.objects.get().state == Message.State.CANCELLED  # the letter still waited


def test_deputy_who_has_had_the_letter_is_told_that_the_guest_comes(guest):
    deputy = name(guest)
    Invitation.objects.filter(pk=deputy.pk).update(status=Status.SENT, sent_at=timezone.now())

    take_deputy_back(guest.pk)

    assert set(Message.objects.values_list("kind", flat=True)) == {"invitation", "deputy_released"}


def test_guest_is_asked_again_when_the_deputy_declines(guest):
    deputy = name(guest)

    decline_invitation(deputy.pk, note="Abroad")

    guest.refresh_from_db()
    assert (guest.status, guest.deputy, guest.answered_at) == (Status.OPENED, None, None)
    letter = Message.objects.get(kind="deputy_declined")
    assert (letter.to_address, "/invitation/" in letter.text) == (guest.person.email, True)
    assert accept_invitation(guest.pk).person == guest.person
    assert refused(accept_invitation, deputy.pk) == "taken_back"


def test_guest_may_answer_when_the_office_withdraws_the_deputy(guest):
    deputy = name(guest)

    withdraw_invitation(deputy.pk, by=make.organizer())

    guest.refresh_from_db()
    assert guest.status == Status.OPENED


def test_the_same_deputy_can_be_named_again(guest):
    first = name(guest)
    take_deputy_back(guest.pk)

    again = name(guest)

    assert (again.pk, again.status) == (first.pk, Status.DRAFT)
    again.refresh_from_db()
    assert (again.status, again.sendings) == (Status.QUEUED, 2)
    assert accept_invitation(again.pk).person == again.person


def test_deputy_cannot_name_a_deputy(guest):
    deputy = name(guest)

    assert refused(name_deputy, deputy.pk, deputy=DEPUTY, language="en") == "no_deputies"
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=deputy.pk).update(may_send_deputy=True)


@pytest.mark.parametrize("fields", [{"may_send_deputy": False}, {"answer_by": "2017-09-30"}])
def test_nobody_is_named_where_it_is_not_allowed_or_too_late(guest, fields):
    Invitation.objects.update(**fields)

    code = refused(name_deputy, guest.pk, deputy=DEPUTY, language="en")

    assert code in {"no_deputies", "not_open"}
    assert Message.objects.count() == 0


def test_who_is_invited_already_is_no_deputy(guest):
    known = make.person(name_latin="Wang Fang", email="wang.fang@guests.example")
    make.invitation(edition=guest.edition, person=known)

    assert refused(name_deputy, guest.pk, deputy=DEPUTY, language="en") == "invited"
    assert (
        refused(
            name_deputy,
            guest.pk,
            deputy=DEPUTY | {"name_latin": guest.person.name_latin, "email": guest.person.email},
            language="en",
        )
        == "oneself"
    )


def test_known_person_is_taken_and_their_data_stay(guest):
    known = make.person(
        name_native="", name_latin="wang fang", email="Wang.Fang@guests.example", title="Dean"
    )

    deputy = name(guest)

    known.refresh_from_db()
    assert (deputy.person, known.title, known.name_native) == (known, "Dean", "")


def test_address_of_an_office_makes_no_two_people_one(guest):
    make.person(name_native="", name_latin="Front Desk", email="wang.fang@guests.example")

    deputy = name(guest)

    assert deputy.person.name_latin == "Wang Fang"
    assert Person.objects.filter(email="wang.fang@guests.example").count() == 2


def test_link_is_no_way_to_write_to_strangers(guest):
    for number in range(MOST_DEPUTIES):
        name(guest, name_latin=f"Deputy {number}", name_native="", email=f"d{number}@x.example")
        take_deputy_back(guest.pk)

    assert refused(name_deputy, guest.pk, deputy=DEPUTY, language="en") == "too_many"


def test_every_step_is_a_mark_in_the_thread(guest):
    deputy = name(guest)
    take_deputy_back(guest.pk)
    name(guest)
    decline_invitation(deputy.pk)
    accept_invitation(guest.pk, note="Then myself")

    kinds = list(guest.marks.values_list("kind", "status"))
    assert kinds == [
        (Mark.Kind.DEPUTY_NAMED, Status.DEPUTY),
        (Mark.Kind.DEPUTY_BACK, Status.OPENED),
        (Mark.Kind.DEPUTY_NAMED, Status.DEPUTY),
        (Mark.Kind.DEPUTY_DECLINED, Status.OPENED),
        (Mark.Kind.ANSWER, Status.ACCEPTED),
    ]


def test_database_gives_one_place_to_one_person(guest):
    deputy = name(guest)
    accept_invitation(deputy.pk)

    with pytest.raises(IntegrityError, match="invitation_one_seat"), transaction.atomic():
        Invitation.objects.filter(pk=guest.pk).update(status=Status.ACCEPTED, deputy=None)


def test_guest_has_some_days_when_the_deputy_gives_the_place_back_late(guest):
    Invitation.objects.update(answer_by="2017-10-15")
    deputy = name(guest)
    accept_invitation(deputy.pk)

    with travel("2017-10-30T02:00Z"):
        decline_invitation(deputy.pk)
        guest.refresh_from_db()
        assert guest.answer_by == date(2017, 11, 2)
        assert accept_invitation(guest.pk).person == guest.person


def test_deputy_is_not_taken_back_after_the_deadline(guest):
    Invitation.objects.update(answer_by="2017-10-15")
    name(guest)

    with travel("2017-10-30T02:00Z"):
        assert refused(take_deputy_back, guest.pk) == "not_open"
