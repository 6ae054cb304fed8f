"""Buses of a visit: never over their seats, delegations together, boarding counted."""

import pytest
from django.db import IntegrityError, connection, transaction
from time_machine import travel

from attendees.models import Boarding, Seat
from attendees.services.boarding import roll_of, stops_of, tick, tick_the_rest, untick
from attendees.services.buses import choose_bus, fill_buses, plan_filling
from attendees.services.registrations import cancel_registration
from attendees.services.signing_up import give_back
from hrconf.lib.errors import DomainError
from tests import make
from tests.attendees import make_seats

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z", tick=False):
        yield


@pytest.fixture
def visit():
    return make_seats.visit()


def seats_of(visit, number, **fields) -> list[Seat]:
    return [make_seats.seat(visit, make_seats.guest(visit, **fields)) for _n in range(number)]


def test_guest_chooses_a_bus_until_it_is_full(visit):
    first, second = make_seats.bus(visit, seats=1), make_seats.bus(visit, seats=1)
    one, other = seats_of(visit, 2)

    choose_bus(one.pk, first.pk)
    choose_bus(one.pk, first.pk)
    with pytest.raises(DomainError) as refusal:
        choose_bus(other.pk, first.pk)

    assert refusal.value.code == "bus_full"
    choose_bus(other.pk, second.pk)
    assert [bus.taken.count() for bus in (first, second)] == [1, 1]


def test_bus_of_another_visit_is_refused(visit):
    elsewhere = make_seats.bus(make_seats.visit())
    (seat,) = seats_of(visit, 1)

    with pytest.raises(DomainError) as refusal:
        choose_bus(seat.pk, elsewhere.pk)

    assert refusal.value.code == "other_visit"


def test_database_refuses_a_bus_of_another_visit(visit):
    elsewhere = make_seats.bus(make_seats.visit())
    (seat,) = seats_of(visit, 1)

    def ride_elsewhere():
        with transaction.atomic():
            Seat.objects.filter(pk=seat.pk).update(bus=elsewhere)
            connection.check_constraints()

    with pytest.raises(IntegrityError, match="seat_bus_of_its_visit"):
        ride_elsewhere()


def test_seat_given_back_leaves_the_bus(visit):
    bus = make_seats.bus(visit)
    make_seats.release(visit.edition)
    one, other = seats_of(visit, 2)
    for seat in (one, other):
        choose_bus(seat.pk, bus.pk)

    give_back(one.registration_id, visit.code)
    cancel_registration(other.registration_id)

    assert bus.taken.count() == 0


def test_filling_keeps_delegations_together_and_never_overfills(visit):
    big, small = make_seats.bus(visit, seats=5), make_seats.bus(visit, seats=3)
    edition = visit.edition
    four = seats_of(visit, 4, delegation=make.delegation(edition=edition))
    three = seats_of(visit, 3, delegation=make.delegation(edition=edition))
    alone = seats_of(visit, 2)

    filled = fill_buses(visit.pk, by=make.user())

    riding = {seat.pk: seat.bus_id for seat in visit.seats.all()}
    assert {riding[seat.pk] for seat in four} == {big.pk}
    assert {riding[seat.pk] for seat in three} == {small.pk}
    assert [riding[seat.pk] for seat in alone] == [big.pk, None]
    assert [seat.pk for seat in filled.left_over] == [alone[1].pk]
    assert filled.split == []
    assert fill_buses(visit.pk, by=make.user()).placed == []


def test_delegation_too_large_for_a_bus_is_split_over_the_fewest_and_named(visit):
    for seats in (4, 4, 2):
        make_seats.bus(visit, seats=seats)
    delegation = make.delegation(edition=visit.edition)
    seats_of(visit, 6, delegation=delegation)

    plan = plan_filling(visit)

    assert plan.split == [str(delegation)]
    assert sorted(len(seats) for _bus, seats in plan.by_bus()) == [2, 4]


def test_who_comes_later_joins_their_delegation(visit):
    first, second = make_seats.bus(visit, seats=9), make_seats.bus(visit, seats=5)
    delegation = make.delegation(edition=visit.edition)
    early, late = seats_of(visit, 2, delegation=delegation)
    choose_bus(early.pk, first.pk)

    fill_buses(visit.pk, by=make.user())

    late.refresh_from_db()
    assert late.bus == first
    assert second.taken.count() == 0


# Boarding ---------------------------------------------------------------------------------


@pytest.fixture
def bus(visit):
    made = make_seats.bus(visit)
    for seat in seats_of(visit, 3):
        choose_bus(seat.pk, made.pk)
    return made


def test_tick_twice_is_once_and_can_be_taken_back(bus):
    seat = bus.taken.first()
    guide = make.user()

    tick(seat.pk, bus=bus, stop=None, by=guide)
    tick(seat.pk, bus=bus, stop=None, by=make.user())
    assert Boarding.objects.get().by == guide
    assert (roll_of(bus, None).counted, len(roll_of(bus, None).missing)) == (1, 2)

    untick(seat.pk, bus=bus, stop=None)
    untick(seat.pk, bus=bus, stop=None)
    assert roll_of(bus, None).counted == 0


def test_after_a_stop_those_are_expected_who_were_aboard_before(bus):
    came, stayed, never = bus.taken.order_by("pk")
    first, second = stops_of(bus.session)
    for seat in (came, stayed):
        tick(seat.pk, bus=bus, stop=None, by=make.user())
    tick(came.pk, bus=bus, stop=first, by=make.user())

    after_first, after_second = roll_of(bus, first), roll_of(bus, second)

    assert (after_first.counted, after_first.expected) == (1, 2)
    assert [rider.seat for rider in after_first.missing] == [stayed]
    assert [rider.seat for rider in after_second.missing] == [came]
    assert len(after_second.riders) == 3  # who was left behind may come back
    assert never.pk in {rider.seat.pk for rider in after_second.riders}


def test_all_the_others_are_ticked_at_once(bus):
    tick(bus.taken.first().pk, bus=bus, stop=None, by=make.user())

    assert tick_the_rest(bus=bus, stop=None, by=make.user()) == 2
    assert roll_of(bus, None).missing == []


def test_who_was_moved_to_another_bus_is_not_ticked_here(bus):
    seat = bus.taken.first()
    choose_bus(seat.pk, make_seats.bus(bus.session).pk)

    with pytest.raises(DomainError) as refusal:
        tick(seat.pk, bus=bus, stop=None, by=make.user())

    assert refusal.value.code == "other_bus"


def test_guests_of_honour_and_leaders_are_marked(bus):
    honoured, leader, other = (seat.registration.person for seat in bus.taken.order_by("pk"))
    part = make.appearance(
        session=make.session(edition=bus.session.edition), role="guest_of_honour"
    )
    honoured.speakers.add(part.speaker)
    make.delegation(edition=bus.session.edition, leader=leader)

    marked = {rider.person for rider in roll_of(bus, None).riders if rider.is_vip}

    assert marked == {honoured, leader}
    assert other not in marked


def test_roll_costs_the_same_however_many_ride(bus, django_assert_num_queries):
    stop = stops_of(bus.session)[1]
    for seat in seats_of(bus.session, 5):
        choose_bus(seat.pk, bus.pk)

    # riders, ticks, stops, guests of honour, leaders
    with django_assert_num_queries(5):
        roll = roll_of(bus, stop)
        assert [rider.person.organization for rider in roll.riders] == [""] * 8
