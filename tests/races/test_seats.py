"""The last seats of a session: as many as there are, the rest in line, nobody lost."""

import time

import pytest
from django.db.models import QuerySet
from time_machine import travel

from attendees.models import Seat, Wait
from attendees.services import signing_up
from attendees.services.lines import in_line, place_in_line
from attendees.services.signing_up import give_back, sign_up
from attendees.services.waiting import settle_waits, take_offer
from tests.attendees import make_seats
from tests.races.racing import lockless, race

CLIENTS, SEATS = 200, 10
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_woken(monkeypatch):
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z"):
        yield


def crowd(talk, clients: int) -> list:
    """So many people who each ask for a seat."""
    keys = [make_seats.guest(talk).pk for _n in range(clients)]
    return [lambda pk=pk: type(sign_up(pk, talk.code)).__name__ for pk in keys]


def test_two_hundred_people_take_the_last_ten_seats():
    talk = make_seats.released(places=50)
    for _n in range(50 - SEATS):
        make_seats.seat(talk)

    results = race(crowd(talk, CLIENTS))

    assert sorted(results) == ["Seat"] * SEATS + ["Wait"] * (CLIENTS - SEATS)
    assert Seat.objects.confirmed().count() == 50
    line = in_line(talk)
    assert [place_in_line(wait) for wait in line] == list(range(1, CLIENTS - SEATS + 1))
    # Who held the row first stands first: the database numbered them under the lock.
    assert [wait.pk for wait in line] == sorted(wait.pk for wait in line)


def test_without_the_lock_seats_are_given_twice(monkeypatch):
    talk = make_seats.released(places=SEATS)
    count = signing_up.seats_free

    def slowly(session):
        free = count(session)
        time.sleep(0.05)
        return free

    monkeypatch.setattr(signing_up, "seats_free", slowly)
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    race(crowd(talk, 40))

    assert Seat.objects.confirmed().count() > SEATS


def test_seats_given_back_while_others_come_and_beat_runs_are_offered_once_each():
    talk = make_seats.released(places=SEATS)
    holders = [make_seats.seat(talk).registration for _n in range(SEATS)]
    race(crowd(talk, 15))

    leaving = [lambda pk=one.pk: give_back(pk, talk.code) for one in holders]
    results = race([*leaving, *crowd(talk, 15), *[settle_waits] * 6])

    assert not [result for result in results if isinstance(result, Exception)]
    taken = Seat.objects.confirmed().count()
    assert (taken, Wait.objects.holding().count()) == (0, SEATS)
    line = in_line(talk)
    assert [place_in_line(wait) for wait in line] == list(range(1, 30 - SEATS + 1))


def test_offered_seat_taken_by_many_clicks_is_one():
    talk = make_seats.released(places=1)
    holder = make_seats.seat(talk).registration
    wait = sign_up(make_seats.guest(talk).pk, talk.code)
    give_back(holder.pk, talk.code)

    race([lambda: take_offer(wait.pk, language="en")] * 12)

    assert Seat.objects.confirmed().get().registration == wait.registration


def test_two_talks_at_once_asked_for_in_the_same_moment_are_not_both_given_untold():
    edition = make_seats.make.edition()
    talks = [make_seats.bookable(edition, capacity=5) for _n in range(2)]
    make_seats.release(edition)
    guest = make_seats.guest(talks[0])

    results = race([lambda code=talk.code: bool(sign_up(guest.pk, code)) for talk in talks])

    assert sorted(map(str, results)) == ["True", "clash"]
