"""The last places of a category: as many as there are, the rest in line, nobody lost."""

import time

import pytest
from django.db.models import QuerySet

from attendees.models import Registration, Wait
from attendees.services import registrations
from attendees.services.registrations import submit_registration
from attendees.services.waiting import in_line, place_in_line, settle_waits, take_offer
from tests import make
from tests.races.racing import lockless, race

CLIENTS, PLACES = 200, 10
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_woken(monkeypatch):
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)


def crowd(clients: int, capacity: int) -> list:
    category = make.category(make.edition(), needs_approval=False, capacity=capacity)
    keys = [
        make.registration(edition=category.edition, category=category, status="incomplete").pk
        for _n in range(clients)
    ]
    return [lambda pk=pk: submit_registration(pk).status for pk in keys]


def test_two_hundred_people_take_the_last_ten_places():
    results = race(crowd(CLIENTS, PLACES))

    assert sorted(results) == ["confirmed"] * PLACES + ["waitlisted"] * (CLIENTS - PLACES)
    assert Registration.objects.confirmed().count() == PLACES
    line = in_line(Wait.objects.first().category)
    assert [place_in_line(wait) for wait in line] == list(range(1, CLIENTS - PLACES + 1))
    # Who held the row first stands first: the database numbered them under the lock.
    assert [wait.pk for wait in line] == sorted(wait.pk for wait in line)


def test_without_the_lock_places_are_given_twice(monkeypatch):
    count = registrations.free_places

    def slowly(category_ids):
        free = count(category_ids)
        time.sleep(0.05)
        return free

    monkeypatch.setattr(registrations, "free_places", slowly)
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    race(crowd(40, PLACES))

    assert Registration.objects.confirmed().count() > PLACES


def offered() -> Wait:
    """An offer of the only place."""
    category = make.category(make.edition(), needs_approval=False, capacity=0)
    submit_registration(
        make.registration(edition=category.edition, category=category, status="incomplete").pk
    )
    category.capacity = 1
    category.save()
    settle_waits()
    return Wait.objects.get()


def test_offer_taken_by_many_clicks_confirms_once():
    wait = offered()

    results = race([lambda: take_offer(wait.pk, language="en")] * 12)

    assert results == [None] * 12
    assert Registration.objects.confirmed().count() == 1


def test_beat_that_runs_many_times_at_once_offers_each_place_once():
    category = make.category(make.edition(), needs_approval=False, capacity=0)
    for _n in range(6):
        submit_registration(
            make.registration(edition=category.edition, category=category, status="incomplete").pk
        )
    category.capacity = 3
    category.save()

    results = race([settle_waits] * 12)

    assert sum(results) == 3
    assert Wait.objects.holding().count() == 3
