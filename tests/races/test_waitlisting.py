"""Places offered out of turn by many at once: never more than there are."""

import time

import pytest
from django.db.models import QuerySet

from attendees.models import Wait
from attendees.services import waitlisting
from attendees.services.registrations import submit_registration
from attendees.services.waitlisting import offer_now
from tests import make
from tests.races.racing import lockless, race

CLIENTS, PLACES = 12, 2
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slow_count(monkeypatch):
    """Let time pass between counting the free places and offering one."""
    count = waitlisting.places_free

    def slowly(thing):
        free = count(thing)
        time.sleep(0.05)
        return free

    monkeypatch.setattr(waitlisting, "places_free", slowly)
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)


def crowd() -> list:
    category = make.category(make.edition(), needs_approval=False, capacity=0)
    for _n in range(CLIENTS):
        submit_registration(
            make.registration(edition=category.edition, category=category, status="incomplete").pk
        )
    category.capacity = PLACES
    category.save()
    by = make.organizer()
    keys = Wait.objects.values_list("pk", flat=True)
    return [lambda pk=pk: offer_now(pk, by=by, reason="Guest of honour").state for pk in keys]


def test_places_are_offered_to_as_many_as_there_are():
    results = race(crowd())

    assert results.count("full") == CLIENTS - PLACES
    assert Wait.objects.holding().count() == PLACES


def test_without_the_locks_places_are_offered_twice(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    race(crowd())

    assert Wait.objects.holding().count() > PLACES
