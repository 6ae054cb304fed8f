"""One place, two people: the guest and the deputy never both get it."""

import time

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet
from time_machine import travel

from attendees.models import Invitation, Registration
from attendees.services import answers
from attendees.services.answers import accept_invitation
from attendees.services.deputies import name_deputy, take_deputy_back
from tests import make
from tests.attendees.services.test_deputies import DEPUTY
from tests.races.racing import lockless, race

ROUNDS, MOST_ROUNDS = 6, 40
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_woken(monkeypatch):
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)


@pytest.fixture(autouse=True)
def _in_october():
    with travel("2017-10-01T02:00Z"):
        yield


@pytest.fixture
def slow_answer(monkeypatch):
    """Let time pass between looking whose place it is and taking it."""
    answer = answers._answer

    def slowly(*args, **options):
        time.sleep(0.1)
        return answer(*args, **options)

    monkeypatch.setattr(answers, "_answer", slowly)


def contest(number: int) -> list[object]:
    """The deputy accepts while the guest takes the place back and accepts."""
    guest = make.invitation(status="opened", may_send_deputy=True)
    email = f"deputy{number}@guests.example"
    deputy = name_deputy(guest.pk, deputy=DEPUTY | {"email": email}, language="en")

    def come_oneself():
        take_deputy_back(guest.pk)
        return accept_invitation(guest.pk)

    return race([lambda: accept_invitation(deputy.pk), come_oneself])


def places() -> int:
    return Registration.objects.active().count()


def test_one_seat_never_becomes_two(slow_answer):
    results = [result for number in range(ROUNDS) for result in contest(number)]

    assert places() == ROUNDS
    assert {r for r in results if isinstance(r, str)} <= {
        "deputy_accepted",
        "taken_back",
        "not_open",
    }
    assert [r for r in results if isinstance(r, Exception)] == []


def test_without_the_lock_only_the_constraint_keeps_the_second_from_the_seat(
    slow_answer, monkeypatch
):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    rounds = 0
    collided = False
    while not collided and rounds < MOST_ROUNDS:  # a busy machine may keep them apart for a while
        rounds += 1
        collided = any(isinstance(result, IntegrityError) for result in contest(rounds))

    assert places() <= rounds
    assert collided


def test_two_clicks_name_one_deputy():
    guest = make.invitation(status="opened", may_send_deputy=True)
    names = ["One", "Two", "Three", "Four"]
    clicks = [
        lambda n=n: name_deputy(
            guest.pk, deputy=DEPUTY | {"name_latin": n, "email": f"{n}@x.example"}, language="en"
        )
        for n in names
    ]

    results = race(clicks)

    assert results.count("not_open") == len(names) - 1
    assert Invitation.objects.open_deputies().count() == 1
