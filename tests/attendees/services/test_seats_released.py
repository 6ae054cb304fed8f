"""What a release does to seats, and how their holders are told."""

from datetime import timedelta

import pytest
from time_machine import travel

from attendees.models import Seat, Wait
from attendees.services.signing_up import give_back, sign_up
from attendees.services.waiting import settle_waits
from events.models import Session
from events.services.notices import tell_release
from events.services.sessions import cancel_session, confirm_session, place_session
from hrconf.mailing.models import Message
from tests import make
from tests.attendees import make_seats

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z", tick=False):
        yield


@pytest.fixture
def talk() -> Session:
    return make_seats.released(places=2)


def release_and_tell(talk) -> list[Message]:
    make_seats.release(talk.edition, groups=["seat_holders"])
    tell_release(talk.edition.releases.latest("number").pk)
    return list(Message.objects.filter(kind="schedule_changed").order_by("pk"))


def test_cancelled_session_ends_its_seats_and_tells_their_holders(talk):
    seats = [sign_up(make_seats.guest(talk).pk, talk.code) for _n in range(2)]
    wait = sign_up(make_seats.guest(talk).pk, talk.code)
    cancel_session(talk.pk, by=make.user())

    told = release_and_tell(talk)

    assert {seat.status for seat in Seat.objects.all()} == {"called_off"}
    people = [one.registration.person_id for one in [*seats, wait]]
    assert {message.recipient for message in told} == {f"person:{pk}" for pk in people}
    assert all("Cancelled" in message.text for message in told)
    assert settle_waits() == 0


def test_session_that_takes_place_after_all_has_its_seats_again(talk):
    first = sign_up(make_seats.guest(talk).pk, talk.code)
    second = sign_up(make_seats.guest(talk).pk, talk.code)
    wait = sign_up(make_seats.guest(talk).pk, talk.code)
    cancel_session(talk.pk, by=make.user())
    make_seats.release(talk.edition)
    Session.objects.filter(pk=talk.pk).update(capacity=1)
    confirm_session(talk.pk, by=make.user())

    make_seats.release(talk.edition)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("confirmed", "cancelled")
    waiting = set(Wait.objects.waiting().values_list("registration", flat=True))
    assert waiting == {wait.registration_id, second.registration_id}


def test_seat_given_back_before_is_not_told_nor_revived(talk):
    guest = make_seats.guest(talk)
    sign_up(guest.pk, talk.code)
    give_back(guest.pk, talk.code)
    cancel_session(talk.pk, by=make.user())

    told = release_and_tell(talk)

    assert told == []


def test_move_into_a_clash_tells_the_holder_of_both(talk):
    other = make_seats.bookable(talk.edition, make.OPENING + timedelta(hours=3), capacity=5)
    make_seats.release(talk.edition)
    both, one = make_seats.guest(talk), make_seats.guest(talk)
    for code in [talk.code, other.code]:
        sign_up(both.pk, code)
    sign_up(one.pk, talk.code)
    moved_to = make.OPENING + timedelta(hours=3, minutes=30)
    place_session(talk.pk, starts_at=moved_to, room=talk.booking.room)

    told = {message.recipient: message.text for message in release_and_tell(talk)}

    text = told[f"person:{both.person_id}"]
    assert "You now have seats in two things at the same time" in text
    assert "12:00–13:00" in text.split("same time")[1]
    assert "12:30–13:30" in text.split("same time")[1]
    assert "same time" not in told[f"person:{one.person_id}"]


def test_first_release_ends_no_seats():
    edition = make.edition()
    make.session(edition=edition, starts_at=make.OPENING)
    draft = make.session(edition=edition, status="draft", needs_seat=True)
    seat = make_seats.seat(draft)

    make_seats.release(edition)

    seat.refresh_from_db()
    assert seat.status == "confirmed"
