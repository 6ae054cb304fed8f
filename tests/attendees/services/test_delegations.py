"""Delegations: named within the quota, each by their own link, replaced in one step."""

import pytest
from time_machine import travel

from attendees.models import Delegation, Invitation, Person, Registration
from attendees.services.answers import accept_invitation
from attendees.services.delegations import (
    mail_leaders,
    members_of,
    nominate,
    places_left,
    preview_leaders,
    take_out,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z", tick=False):
        yield


@pytest.fixture
def delegation():
    made = make.delegation(leader=make.person(), quota=2)
    make.category(made.edition)
    return made


def guest(number: int = 1, **more) -> dict:
    names = {"name_native": f"李{number}", "name_latin": f"Li {number}"}
    return {**names, "email": f"li{number}@guests.example", "organization": "Lab", **more}


def steps(delegation) -> list[str]:
    return [member.step for member in members_of(delegation)]


def test_named_members_are_invited_by_their_own_links(delegation):
    first, second = nominate(delegation.pk, [guest(1), guest(2)])

    assert first.association == delegation.association
    assert {first.category.kind, second.category.kind} == {"professional"}
    messages = Message.objects.filter(kind="invitation")
    addresses = set(messages.values_list("to_address", flat=True))
    assert addresses == {"li1@guests.example", "li2@guests.example"}
    assert places_left(delegation) == 0


def test_more_than_the_quota_are_refused_and_none_is_taken(delegation):
    with pytest.raises(DomainError) as refusal:
        nominate(delegation.pk, [guest(1), guest(2), guest(3)])

    assert refusal.value.code == "quota"
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def test_all_are_taken_or_none(delegation):
    nominate(delegation.pk, [guest(1)])

    with pytest.raises(DomainError) as refusal:
        nominate(delegation.pk, [guest(1)])

    assert refusal.value.code == "invited"
    assert places_left(delegation) == 1


def test_somebody_we_know_is_found_and_keeps_their_data(delegation):
    known = make.person(email="li1@guests.example", name_native="李1", organization_en="Old Lab")

    (invitation,) = nominate(delegation.pk, [guest(1)])

    assert invitation.person == known
    known.refresh_from_db()
    assert known.organization_en == "Old Lab"


def test_another_name_at_an_address_is_somebody_else(delegation):
    make.person(email="li1@guests.example", name_native="王", name_latin="Wang")

    nominate(delegation.pk, [guest(1)])

    assert Person.objects.filter(email="li1@guests.example").count() == 2


def test_steps_of_a_member(delegation):
    (invitation,) = nominate(delegation.pk, [guest(1)])
    seen = steps(delegation)
    registration = accept_invitation(invitation.pk)
    seen += steps(delegation)
    Registration.objects.filter(pk=registration.pk).update(
        status="confirmed", submitted_at="2017-10-01T00:00Z", decided_at="2017-10-01T00:00Z"
    )
    seen += steps(delegation)
    Registration.objects.filter(pk=registration.pk).update(arrived_at="2017-11-08T00:00Z")

    assert seen + steps(delegation) == ["invited", "registered", "confirmed", "came"]


def test_who_cannot_come_is_replaced_in_one_step(delegation):
    invitation, _other = nominate(delegation.pk, [guest(1), guest(2)])
    accept_invitation(invitation.pk)

    (new,) = nominate(delegation.pk, [guest(3)], replaces=invitation.pk)

    assert new.person.name_native == "李3"
    assert Registration.objects.get(invitation=invitation).status == "cancelled"
    assert sorted(steps(delegation)) == ["declined", "invited", "invited"]
    assert places_left(delegation) == 0


def test_replacing_that_fails_takes_nobody_out(delegation):
    (invitation,) = nominate(delegation.pk, [guest(1)])
    make.invitation(
        edition=delegation.edition, person=make.person(email="x@guests.example", name_native="李9")
    )

    with pytest.raises(DomainError):
        nominate(delegation.pk, [guest(9, email="x@guests.example")], replaces=invitation.pk)

    assert steps(delegation) == ["invited"]


def test_member_who_was_taken_out_cannot_use_the_link(delegation):
    (invitation,) = nominate(delegation.pk, [guest(1)])

    take_out(delegation.pk, invitation.pk)

    invitation.refresh_from_db()
    assert (invitation.status, invitation.key_version) == ("withdrawn", 2)
    assert places_left(delegation) == 2
    with pytest.raises(DomainError):
        take_out(delegation.pk, invitation.pk)


def test_member_of_another_delegation_is_not_touched(delegation):
    other = make.delegation(edition=delegation.edition, leader=make.person())
    (invitation,) = nominate(other.pk, [guest(1)])

    with pytest.raises(DomainError):
        take_out(delegation.pk, invitation.pk)

    assert steps(other) == ["invited"]


def test_time_to_name_ends(delegation):
    Delegation.objects.update(nominate_until="2017-09-30")

    with pytest.raises(DomainError) as refusal:
        nominate(delegation.pk, [guest(1)])

    assert refusal.value.code == "too_late"


def test_leaders_are_mailed_their_page_once_a_day(delegation):
    nobody = make.delegation(edition=delegation.edition)
    by = make.organizer()

    preview = preview_leaders([delegation.pk, nobody.pk])
    for _time in range(2):
        mail_leaders([delegation.pk, nobody.pk], by=by)

    assert preview.left_out == [(nobody, "no_leader")]
    assert Message.objects.get(kind="delegation").to_address == delegation.leader.email


def test_members_cost_the_same_queries_however_many(delegation, django_assert_num_queries):
    Delegation.objects.update(quota=30)
    for count in [1, 20]:
        nominate(delegation.pk, [guest(count * 100 + n) for n in range(count)])
        with django_assert_num_queries(2):
            steps(delegation)
