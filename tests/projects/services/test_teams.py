"""Teams and takeovers: each adds their own part, each link ends when it should."""

import pytest

from attendees.services.answers import LinkOver
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from projects.models import TeamMember
from projects.services.applying import application_of, own_token
from projects.services.takeovers import (
    ask_takeover,
    end_takeover,
    take_over,
    takeover_of,
    takeover_token,
)
from projects.services.teams import (
    answer_member,
    ask_member,
    member_of,
    member_token,
    remove_member,
)
from tests.projects import make_call

pytestmark = pytest.mark.django_db
ANN = {"name_native": "", "name_latin": "Ann Lee", "email": "Ann@Guests.example", "role": "CTO"}
PART = {"name_native": "李安", "name_latin": "Ann Lee", "role": "CTO", "part": "Built two."}
BO = {"name_native": "", "name_latin": "Bo Li", "email": "bo@guests.example"}


def test_member_adds_their_own_part_and_is_a_person_only_then():
    row = make_call.application()
    member = ask_member(row.pk, ANN, language="en")

    assert member.person is None
    joined = answer_member(member.pk, PART)

    assert (joined.state, joined.part) == (TeamMember.State.JOINED, "Built two.")
    assert joined.person is not None
    assert joined.person.email == "ann@guests.example"


def test_same_address_is_asked_once_and_a_team_has_a_limit():
    row = make_call.application(make_call.kind(most_team=1))
    ask_member(row.pk, ANN, language="en")

    with pytest.raises(DomainError, match="has this address"):
        ask_member(row.pk, {**ANN, "email": "ann@guests.example"}, language="en")
    with pytest.raises(DomainError, match="at most 1"):
        ask_member(row.pk, BO | {"role": ""}, language="en")
    assert Message.objects.filter(kind="team_member").count() == 1


def test_part_that_comes_after_sending_is_sent_anew():
    row = make_call.sent()
    member = ask_member(row.pk, ANN, language="en")

    answer_member(member.pk, PART)

    assert [one.content["team"] for one in row.versions.all()] == [
        [],
        [{"name_native": "李安", "name_latin": "Ann Lee", "role": "CTO", "part": "Built two."}],
    ]


def test_who_is_not_in_the_team_is_not_in_the_application():
    row = make_call.sent()
    member = ask_member(row.pk, ANN, language="en")

    assert answer_member(member.pk, None).state == TeamMember.State.DECLINED
    assert row.versions.count() == 1


def test_link_of_who_was_taken_off_has_ended():
    row = make_call.application()
    member = ask_member(row.pk, ANN, language="en")
    token = member_token(member)

    assert member_of(token, row.edition.slug) == member
    remove_member(row.pk, member.pk)
    remove_member(row.pk, member.pk)

    with pytest.raises(LinkOver):
        member_of(token, row.edition.slug)


def test_takeover_ends_the_link_of_who_wrote_it():
    row = make_call.sent()
    asked = ask_takeover(row.pk, BO, language="en")
    token = own_token(row)

    taken = take_over(asked.pk)
    take_over(asked.pk)

    assert taken.project.holder.name_latin == "Bo Li"
    assert application_of(own_token(taken), row.edition.slug) == row
    with pytest.raises(LinkOver):
        application_of(token, row.edition.slug)


def test_only_the_last_one_asked_may_take_over():
    row = make_call.sent()
    first = ask_takeover(row.pk, BO, language="en")
    second = ask_takeover(row.pk, {**BO, "email": "li@guests.example"}, language="en")

    with pytest.raises(LinkOver):
        takeover_of(takeover_token(first), row.edition.slug)
    end_takeover(row.pk)
    with pytest.raises(DomainError, match="not asked"):
        take_over(second.pk)


def test_nobody_hands_an_application_to_themselves():
    row = make_call.application(email="me@guests.example")

    with pytest.raises(DomainError, match="your own address"):
        ask_takeover(row.pk, {**BO, "email": "Me@guests.example"}, language="en")


def test_who_is_taken_off_is_told_and_who_declined_is_not():
    row = make_call.application()
    ann = ask_member(row.pk, ANN, language="en")
    bo = ask_member(row.pk, BO | {"role": ""}, language="zh-hans")
    answer_member(bo.pk, None)

    for member in [ann, bo, ann]:
        remove_member(row.pk, member.pk)

    told = Message.objects.get(kind="team_removed")
    assert told.to_address == "ann@guests.example"
    assert "taken you off the team" in told.text
