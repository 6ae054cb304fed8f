"""Nobody takes a seat in one place while they are expected in another without being told."""

from datetime import timedelta

import pytest
from time_machine import travel

from attendees.models import Seat
from attendees.services.letters import registration_link
from attendees.services.seats import give_seat
from attendees.services.signing_up import sign_up, sign_ups
from hrconf.lib.errors import DomainError
from projects.models import Meeting
from tests import make
from tests.attendees import make_seats

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _before():
    with travel("2017-10-01T02:00Z", tick=False):
        yield


@pytest.fixture
def talk():
    return make_seats.released(places=5)


def agreed_meeting(guest, starts_at=make.OPENING + HALF_AN_HOUR, **fields) -> Meeting:
    """The guest meets the holder of a project, an hour long."""
    made = make.booking(starts_at=starts_at, room=make.room())
    fields = {"status": Meeting.Status.CONFIRMED, "counterpart": guest, **fields}
    return make.meeting(edition=guest.edition, booking=made, **fields)


def speaks(guest, item) -> None:
    part = make.appearance(session=item)
    guest.person.speakers.add(part.speaker)


def test_seat_during_an_agreed_meeting_is_asked_about(talk):
    guest = make_seats.guest(talk)
    meeting = agreed_meeting(guest)

    with pytest.raises(DomainError, match=meeting.project.title) as refusal:
        sign_up(guest.pk, talk.code)

    assert refusal.value.code == "clash"
    assert isinstance(sign_up(guest.pk, talk.code, clash="keep"), Seat)


def test_holder_of_the_project_is_asked_too(talk):
    guest = make_seats.guest(talk)
    meeting = agreed_meeting(make_seats.guest(talk), project=make.project(holder=guest.person))

    with pytest.raises(DomainError, match=str(meeting.counterpart.person)):
        sign_up(guest.pk, talk.code)


@pytest.mark.parametrize("status", ["requested", "declined", "cancelled"])
def test_meeting_that_is_not_agreed_stands_in_nobodys_way(talk, status):
    guest = make_seats.guest(talk)
    agreed_meeting(guest, status=status)

    assert isinstance(sign_up(guest.pk, talk.code), Seat)


def test_meeting_right_after_is_no_clash(talk):
    guest = make_seats.guest(talk)
    agreed_meeting(guest, starts_at=make.OPENING + 2 * HALF_AN_HOUR)

    assert isinstance(sign_up(guest.pk, talk.code), Seat)


def test_seat_during_ones_own_talk_is_asked_about():
    edition = make.edition()
    own = make.session(edition=edition, starts_at=make.OPENING, room=make.room())
    other = make_seats.bookable(edition, make.OPENING + HALF_AN_HOUR, capacity=2)
    guest = make.registration(edition=edition)
    speaks(guest, own)
    make_seats.release(edition)

    with pytest.raises(DomainError, match=str(own)):
        sign_up(guest.pk, other.code)
    assert [duty.code for duty in sign_ups(guest, other.code)[0].duties] == [own.code]


def test_who_speaks_in_a_talk_may_sit_in_it():
    edition = make.edition()
    own = make_seats.bookable(edition, capacity=2)
    guest = make.registration(edition=edition)
    speaks(guest, own)
    make_seats.release(edition)

    assert isinstance(sign_up(guest.pk, own.code), Seat)


def test_page_tells_both_times_and_takes_the_answer(client, talk):
    guest = make_seats.guest(talk)
    meeting = agreed_meeting(guest)
    path = "/" + registration_link(guest, "en").split("/", 3)[3] + f"seats/{talk.code}/"

    page = client.get(path).content.decode()
    assert meeting.project.title in page
    assert (">09:00<" in page, ">09:30<" in page) == (True, True)
    assert 'value="swap"' not in page
    client.post(path, {"sign_up": "keep"})

    assert guest.seats.confirmed().count() == 1


def test_office_that_asks_first_leaves_out_who_is_expected_elsewhere(talk):
    guest = make_seats.guest(talk)
    agreed_meeting(guest)

    with pytest.raises(DomainError):
        give_seat(guest, talk)
