"""The last seats of a bus, and two guides who tick at once."""

import time

import pytest
from django.db.models import QuerySet
from time_machine import travel

from attendees.models import Boarding
from attendees.services import buses
from attendees.services.boarding import roll_of, tick, untick
from attendees.services.buses import choose_bus, fill_buses
from tests import make
from tests.attendees import make_seats
from tests.races.racing import lockless, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z"):
        yield


def crowd(clients: int, seats: int):
    """A bus, and so many guests who each want to ride on it."""
    visit = make_seats.visit(places=clients)
    bus = make_seats.bus(visit, seats=seats)
    keys = [make_seats.seat(visit).pk for _n in range(clients)]
    return bus, [lambda pk=pk: choose_bus(pk, bus.pk) for pk in keys]


def test_two_hundred_guests_take_the_last_ten_seats_of_a_bus():
    bus, clients = crowd(200, 10)

    results = race(clients)

    assert results.count(None) == 10
    assert results.count("bus_full") == 190
    assert bus.taken.count() == 10


def test_without_the_lock_a_bus_is_overfull(monkeypatch):
    bus, clients = crowd(40, 10)
    count = buses.buses_of

    def slowly(session):
        found = count(session)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(buses, "buses_of", slowly)
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    race(clients)

    assert bus.taken.count() > 10


def test_filling_while_guests_choose_overfills_nothing():
    bus, clients = crowd(30, 12)
    other = make_seats.bus(bus.session, seats=8)

    race([*clients, *[lambda: fill_buses(bus.session_id, by=make.user())] * 4])

    assert (bus.taken.count(), other.taken.count()) == (12, 8)


def test_two_guides_who_tick_at_once_undo_nothing_of_each_other():
    bus, clients = crowd(20, 20)
    race(clients)
    seats = list(bus.taken.order_by("pk").values_list("pk", flat=True))
    guides = [make.user(), make.user()]

    results = race(
        [lambda pk=pk, by=by: tick(pk, bus=bus, stop=None, by=by) for pk in seats for by in guides]
    )

    assert results == [None] * 40
    assert Boarding.objects.count() == 20
    race([lambda pk=pk: untick(pk, bus=bus, stop=None) for pk in seats[:5]] * 2)
    assert roll_of(bus, None).counted == 15
