"""Seats in sessions: never over capacity, in turn, in two places only where that is meant."""

from datetime import timedelta

import pytest
from time_machine import travel

from attendees.models import Seat, Wait
from attendees.services.capacity import places_of
from attendees.services.lines import place_in_line
from attendees.services.registrations import cancel_registration
from attendees.services.signing_up import give_back, sign_up, sign_ups
from attendees.services.waiting import form_group, join_group, settle_waits, take_offer
from events.models import Session
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_seats

pytestmark = pytest.mark.django_db
NOW = "2017-10-01T02:00Z"
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def clock():
    with travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def talk() -> Session:
    """A talk of one seat, which is taken."""
    made = make_seats.released(places=1)
    make_seats.seat(made)
    return made


def ask(talk, **fields):
    """Somebody asks for a seat; return what they got."""
    return sign_up(make_seats.guest(talk, **fields).pk, talk.code)


def mails(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("text", flat=True))


def test_free_seat_is_given_at_once_and_confirmed_with_a_calendar_entry():
    talk = make_seats.released(places=2)

    seat = ask(talk)

    assert (type(seat), seat.status) == (Seat, "confirmed")
    message = Message.objects.get(kind="seat_confirmed")
    assert str(talk.title_en) in message.text
    assert f"/seats/{talk.code}/" in message.text
    attached = bytes(message.attachments.get().content)
    assert b"BEGIN:VEVENT" in attached
    assert b"DTSTART;TZID=Asia/Shanghai:20171108T090000" in attached


def test_who_comes_to_a_full_session_stands_in_line(talk):
    waits = [ask(talk) for _n in range(3)]

    assert [place_in_line(wait) for wait in waits] == [1, 2, 3]
    assert Seat.objects.confirmed().count() == 1


def test_signing_up_twice_is_once(talk):
    guest = make_seats.guest(talk)

    first, second = sign_up(guest.pk, talk.code), sign_up(guest.pk, talk.code)

    assert first == second
    assert Wait.objects.count() == 1


def test_room_as_released_limits_what_has_no_number_of_its_own():
    talk = make_seats.released(places=None, room_holds=1)
    talk.booking.room.capacity = 500  # a draft: the public reads the release
    talk.booking.room.save()

    assert isinstance(ask(talk), Seat)
    assert isinstance(ask(talk), Wait)


def test_without_any_number_everybody_gets_a_seat():
    talk = make_seats.released(places=None)

    assert all(isinstance(ask(talk), Seat) for _n in range(3))


def test_seat_given_back_is_offered_to_the_next(talk):
    wait = ask(talk)
    holder = Seat.objects.get().registration

    give_back(holder.pk, talk.code)

    wait.refresh_from_db()
    assert wait.state == "offered"
    assert f"/seats/{talk.code}/" in mails("waiting_offer")[0]
    assert isinstance(ask(talk), Wait)  # the offer holds the seat
    take_offer(wait.pk, language="en")
    assert Seat.objects.confirmed().get().registration == wait.registration


def test_offer_not_taken_goes_to_the_next_and_is_told(talk, clock):
    first, second = ask(talk), ask(talk)
    give_back(Seat.objects.get().registration_id, talk.code)

    clock.shift(timedelta(hours=49))
    settle_waits()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("lapsed", "offered")
    assert len(mails("waiting_lapsed")) == 1
    assert settle_waits() == 0


def test_offer_of_what_begins_soon_holds_half_of_the_time(talk, clock):
    wait = ask(talk)
    clock.move_to(make.OPENING - timedelta(hours=6))

    give_back(Seat.objects.get().registration_id, talk.code)

    wait.refresh_from_db()
    assert wait.offer_until - wait.offered_at == timedelta(hours=3)


def test_nothing_is_offered_once_it_has_begun(talk, clock):
    wait = ask(talk)
    clock.move_to(make.OPENING + timedelta(minutes=1))

    give_back(Seat.objects.get().registration_id, talk.code)

    wait.refresh_from_db()
    assert wait.state == "waiting"


def test_group_goes_in_together():
    talk = make_seats.released(places=2)
    holders = [make_seats.seat(talk).registration for _n in range(2)]
    waits = [ask(talk) for _n in range(2)]
    code = form_group(waits[0].pk, goes_together=True).code
    join_group(waits[1].pk, code)

    give_back(holders[0].pk, talk.code)
    assert not Wait.objects.holding().exists()
    give_back(holders[1].pk, talk.code)

    assert Wait.objects.holding().count() == 2


def test_cancelled_registration_frees_its_seat_and_leaves_its_line(talk):
    wait = ask(talk)
    other = ask(talk)
    cancel_registration(Seat.objects.get().registration_id)
    cancel_registration(wait.registration_id)

    settle_waits()

    other.refresh_from_db()
    assert other.state == "offered"
    assert Wait.objects.get(pk=wait.pk).state == "left"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"needs_seat": False}, "closed"),
        ({"status": "cancelled"}, "closed"),
        ({"seats_open_at": make.OPENING - timedelta(days=1)}, "closed"),
        ({"seats_close_at": make.OPENING - timedelta(days=60)}, "closed"),
    ],
)
def test_no_seat_where_the_sign_up_is_not_open(fields, code):
    edition = make.edition()
    made = make.session(edition=edition, starts_at=make.OPENING, **{"needs_seat": True, **fields})
    make_seats.release(edition)

    with pytest.raises(DomainError) as refusal:
        ask(made)

    assert refusal.value.code == code


def test_no_seat_in_what_has_begun(talk, clock):
    clock.move_to(make.OPENING)

    with pytest.raises(DomainError, match="over"):
        ask(talk)


def test_no_seat_without_a_confirmed_place(talk):
    with pytest.raises(DomainError) as refusal:
        ask(talk, status="pending")

    assert refusal.value.code == "not_confirmed"


# Two places at once -----------------------------------------------------------------------


@pytest.fixture
def pair() -> tuple[Session, Session]:
    """Two talks of a seat each, the second beginning in the middle of the first."""
    edition = make.edition()
    first = make_seats.bookable(edition, capacity=1)
    second = make_seats.bookable(edition, make.OPENING + HALF_AN_HOUR, capacity=1)
    make_seats.release(edition)
    return first, second


def test_two_seats_at_once_are_asked_about(pair):
    guest = make_seats.guest(pair[0])
    sign_up(guest.pk, pair[0].code)

    with pytest.raises(DomainError) as refusal:
        sign_up(guest.pk, pair[1].code)

    assert refusal.value.code == "clash"
    shown = sign_ups(guest, pair[1].code)[0]
    assert [held.item.code for held in shown.clashes] == [pair[0].code]


@pytest.mark.parametrize(("answer", "kept"), [("keep", {0, 1}), ("swap", {1})])
def test_answer_decides_which_seats_are_kept(pair, answer, kept):
    guest = make_seats.guest(pair[0])
    sign_up(guest.pk, pair[0].code)

    sign_up(guest.pk, pair[1].code, clash=answer)

    held = {seat.session_id for seat in guest.seats.confirmed()}
    assert held == {pair[number].pk for number in kept}


def test_swap_gives_nothing_up_for_a_place_in_line(pair):
    guest = make_seats.guest(pair[0])
    sign_up(guest.pk, pair[0].code)
    make_seats.seat(pair[1])

    got = sign_up(guest.pk, pair[1].code, clash="swap")

    assert isinstance(got, Wait)
    assert guest.seats.confirmed().get().session == pair[0]


def test_offered_seat_asks_about_a_clash_too(pair):
    guest = make_seats.guest(pair[0])
    sign_up(guest.pk, pair[0].code)
    holder = make_seats.seat(pair[1]).registration
    wait = sign_up(guest.pk, pair[1].code)
    give_back(holder.pk, pair[1].code)

    with pytest.raises(DomainError, match="at that time"):
        take_offer(wait.pk, language="en")
    take_offer(wait.pk, language="en", clash="keep")

    assert guest.seats.confirmed().count() == 2


def test_back_to_back_is_no_clash(pair):
    edition = pair[0].edition
    after = make_seats.bookable(edition, make.OPENING + timedelta(hours=1), capacity=1)
    make_seats.release(edition)
    guest = make_seats.guest(after)
    sign_up(guest.pk, pair[0].code)

    assert isinstance(sign_up(guest.pk, after.code), Seat)


# At a glance ------------------------------------------------------------------------------


def test_shrunk_session_shows_how_many_are_too_many():
    talk = make_seats.released(places=3)
    for _n in range(3):
        make_seats.seat(talk)
    talk.capacity = 1
    talk.save()

    (row,) = [row for row in places_of(talk.edition) if row.name == str(talk)]

    assert (row.taken, row.places, row.over) == (3, 1, 2)
    assert isinstance(ask(talk), Wait)


def test_list_costs_the_same_however_much_there_is(django_assert_num_queries):
    edition = make.edition()
    for number in range(6):
        make_seats.bookable(edition, make.OPENING + number * timedelta(hours=1), capacity=1)
    make_seats.release(edition)
    guest = make.registration(edition=edition)
    sign_ups(guest)  # parses the release

    # release, sessions, own seats, own talks, own meetings, own waits
    with django_assert_num_queries(6):
        assert len(sign_ups(guest)) == 6
