"""Seats and buses in the office."""

import pytest
from django.urls import reverse
from time_machine import travel

from attendees.admin.seats import PUT_ON_BUS, SIGN_UP, TAKE_BACK
from attendees.models import Seat, Wait
from attendees.services.signing_up import sign_up
from attendees.services.waiting import settle_waits
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from hrconf.lib.errors import DomainError
from hrconf.lib.sheets import read_rows
from hrconf.mailing.models import Message
from hrconf.office import doing
from tests import make
from tests.attendees import make_seats

pytestmark = pytest.mark.django_db
REGISTRATION, SEAT = "attendees.registration", "attendees.seat"


@pytest.fixture(autouse=True)
def _before(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with travel("2017-10-01T02:00Z", tick=False):
        yield


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


@pytest.fixture
def talk():
    return make_seats.released(places=2)


def do(deed, office, rows, **given):
    keys = [row.pk for row in rows]
    return doing.do_deed(deed, office, keys, by=make.organizer(), given=given)


def test_people_are_signed_up_never_over_capacity_and_it_can_be_undone(talk):
    guests = [make_seats.guest(talk) for _n in range(3)]

    outcome = do(SIGN_UP, REGISTRATION, guests, session=talk, clash="ask")

    assert (outcome.done, Seat.objects.confirmed().count(), Wait.objects.count()) == (3, 2, 1)
    assert Message.objects.filter(kind="seat_confirmed").count() == 2
    doing.undo(outcome.done_deed.pk, by=make.organizer())
    assert not Seat.objects.exists()
    assert not Wait.objects.exists()


def test_who_would_be_in_two_places_is_left_out_unless_told_otherwise(talk):
    other = make_seats.bookable(talk.edition, capacity=5)
    make_seats.release(talk.edition)
    guest = make_seats.guest(talk)
    sign_up(guest.pk, talk.code)

    outcome = do(SIGN_UP, REGISTRATION, [guest], session=other, clash="ask")

    assert [reason for _name, reason in outcome.refused] == [
        "You have a seat in something else at that time."
    ]
    do(SIGN_UP, REGISTRATION, [guest], session=other, clash="swap")
    assert guest.seats.confirmed().get().session == other


def test_guest_of_another_edition_is_refused(talk):
    outcome = do(SIGN_UP, REGISTRATION, [make.registration()], session=talk, clash="ask")

    assert (outcome.done, len(outcome.refused)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_seat_taken_back_is_told_offered_on_and_then_not_given_back(talk, monkeypatch):
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)
    seats = [sign_up(make_seats.guest(talk).pk, talk.code) for _n in range(2)]
    wait = sign_up(make_seats.guest(talk).pk, talk.code)

    outcome = do(TAKE_BACK, SEAT, seats[:1], reason="The hall is smaller")

    wait.refresh_from_db()
    assert wait.state == "offered"
    assert "The hall is smaller" in Message.objects.get(kind="seat_ended").text
    with pytest.raises(DomainError, match="somebody else"):
        doing.undo(outcome.done_deed.pk, by=make.organizer())


def test_seat_taken_back_is_given_back_while_nobody_waits(talk):
    seat = sign_up(make_seats.guest(talk).pk, talk.code)

    outcome = do(TAKE_BACK, SEAT, [seat])
    settle_waits()
    doing.undo(outcome.done_deed.pk, by=make.organizer())

    seat.refresh_from_db()
    assert seat.status == "confirmed"
    assert not Message.objects.filter(kind="seat_ended", state="queued").exists()


def test_list_of_a_session_has_names_and_is_exported(organizer, talk):
    seat = sign_up(make_seats.guest(talk).pk, talk.code)
    make_seats.seat(make_seats.released())
    query = f"session__id__exact={talk.pk}"

    page = organizer.get(reverse("admin:attendees_seat_changelist") + "?" + query)
    assert list(page.context["cl"].result_list) == [seat]
    url = reverse("admin:attendees_seat_export") + "?" + query
    organizer.post(url, {"format": "xlsx", "language": "en"})
    job = Job.objects.latest("pk")
    run(job.pk)

    job.refresh_from_db()
    with job.result.open("rb") as file:
        heading, *rows = read_rows(file, None).rows
    assert len(rows) == 1
    assert rows[0][heading.index("Badge")] == seat.registration.badge
    assert rows[0][heading.index("Session")] == str(talk)


def test_pages_of_the_deeds_show_what_would_happen(organizer, talk):
    seat = sign_up(make_seats.guest(talk).pk, talk.code)

    page = organizer.get(reverse("admin:attendees_seat_take_back"), {"ids": seat.pk})

    assert "Your seat was taken back" in page.content.decode()


# Buses ------------------------------------------------------------------------------------


@pytest.fixture
def visit():
    return make_seats.visit()


def test_delegation_is_put_on_a_bus_as_a_whole_as_far_as_it_goes(visit):
    delegation = make.delegation(edition=visit.edition)
    seats = [
        make_seats.seat(visit, make_seats.guest(visit, delegation=delegation)) for _n in range(3)
    ]
    bus = make_seats.bus(visit, seats=2)

    outcome = do(PUT_ON_BUS, SEAT, seats, bus=bus)

    assert (outcome.done, bus.taken.count()) == (2, 2)
    assert [reason for _name, reason in outcome.refused] == [f"Bus {bus.name} has no seat left."]
    doing.undo(outcome.done_deed.pk, by=make.organizer())
    assert bus.taken.count() == 0


def test_riders_are_not_put_back_on_a_bus_that_is_full_by_now(visit):
    first, second = make_seats.bus(visit, seats=1), make_seats.bus(visit, seats=1)
    one, other = make_seats.seat(visit), make_seats.seat(visit)
    do(PUT_ON_BUS, SEAT, [one], bus=first)
    moved = do(PUT_ON_BUS, SEAT, [one], bus=second)
    do(PUT_ON_BUS, SEAT, [other], bus=first)

    with pytest.raises(DomainError, match="somebody else"):
        doing.undo(moved.done_deed.pk, by=make.organizer())


def test_buses_are_filled_on_a_page_that_shows_it_first(organizer, visit):
    bus = make_seats.bus(visit, seats=2)
    for _n in range(3):
        make_seats.seat(visit)
    url = f"{reverse('admin:events_bus_fill')}?visit={visit.pk}"

    page = organizer.get(url).content.decode()

    assert "1 fits on no bus" in page
    assert bus.taken.count() == 0
    organizer.post(url)
    assert bus.taken.count() == 2


def test_reader_cannot_fill_buses(client, visit):
    client.force_login(make.office(Role.READ_ONLY))

    assert client.post(f"{reverse('admin:events_bus_fill')}?visit={visit.pk}").status_code == 403


def test_bus_keeps_seats_for_who_rides_on_it(organizer, visit):
    bus = make_seats.bus(visit, seats=3)
    for _n in range(3):
        make_seats.seat(visit, bus=bus)

    page = organizer.post(
        reverse("admin:events_bus_change", args=[bus.pk]),
        {"session": visit.pk, "name": bus.name, "plate": bus.plate, "seats": 2},
    )

    assert "3 ride on this bus already" in page.content.decode()
    bus.refresh_from_db()
    assert bus.seats == 3
