"""The last place of a delegation, named for by many clicks; with a negative control."""

import time

import pytest
from django.db.models import QuerySet

from attendees.models import Invitation
from attendees.services import delegations
from attendees.services.delegations import nominate
from tests import make
from tests.races.racing import lockless, race

CLIENTS = 12
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slow_count(monkeypatch):
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)
    count = delegations.places_left

    def slowly(delegation):
        left = count(delegation)
        time.sleep(0.05)
        return left

    monkeypatch.setattr(delegations, "places_left", slowly)


def crowd() -> list:
    delegation = make.delegation(
        leader=make.person(),
        quota=1,
        edition=make.edition(starts_on="2117-11-08", ends_on="2117-11-10"),
    )
    make.category(delegation.edition)
    guests = [{"name_latin": f"G {n}", "email": f"g{n}@guests.example"} for n in range(CLIENTS)]
    return [lambda guest=guest: len(nominate(delegation.pk, [guest])) for guest in guests]


def test_last_place_is_given_once():
    results = race(crowd())

    assert results.count(1) == 1
    assert results.count("quota") == CLIENTS - 1
    assert Invitation.objects.count() == 1


def test_without_the_lock_it_is_given_more_than_once(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    race(crowd())

    assert Invitation.objects.count() > 1
