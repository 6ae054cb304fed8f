"""One's own seats: the list, the page of one session, the way there from the programme."""

from datetime import timedelta

import pytest
from time_machine import travel

from attendees.models import Seat, Wait
from attendees.services import seat_links
from attendees.services.letters import registration_link
from attendees.services.signing_up import give_back, sign_up
from events.models import Session
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


def path_to(registration, talk=None, language="en") -> str:
    link = "/" + registration_link(registration, language).split("/", 3)[3] + "seats/"
    return f"{link}{talk.code}/" if talk else link


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_list_tells_what_one_has_and_what_is_left(client, talk):
    guest = make_seats.guest(talk)
    other = make_seats.bookable(talk.edition, make.OPENING + timedelta(hours=4), capacity=3)
    make_seats.release(talk.edition)
    sign_up(guest.pk, talk.code)

    page = text(client.get(path_to(guest)))

    own, others = page.split("What you can sign up for")
    assert (str(talk) in own, "Your seat" in own) == (True, True)
    assert (str(other) in others, "3 seats left" in others) == (True, True)
    assert "您的席位" in text(client.get(path_to(guest, language="zh-hans")))


def test_personal_pages_are_kept_by_nobody_and_set_no_cookie(client, talk):
    guest = make_seats.guest(talk)

    for path in [path_to(guest), path_to(guest, talk)]:
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert response.cookies == {}
    assert not Seat.objects.exists()


def test_seat_is_taken_and_given_back(client, talk):
    guest = make_seats.guest(talk)
    path = path_to(guest, talk)

    taken = client.post(path, {"sign_up": "ask"}, follow=True)
    assert "The seat is yours" in text(taken)
    assert Seat.objects.confirmed().get().registration == guest

    back = client.post(path, {"give_back": "1"}, follow=True)
    assert "somebody else can come" in text(back)
    assert not Seat.objects.confirmed().exists()


def test_full_session_shows_the_line(client, talk):
    for _n in range(2):
        make_seats.seat(talk)
    sign_up(make_seats.guest(talk).pk, talk.code)
    guest = make_seats.guest(talk)

    assert "Full, 1 waits" in text(client.get(path_to(guest, talk)))
    page = text(client.post(path_to(guest, talk), {"sign_up": "keep"}, follow=True))

    assert "Number 2 in line" in page
    assert "Number 2 in line" in text(client.get(path_to(guest)))


def test_offer_is_taken_on_the_page(client, talk):
    holders = [make_seats.seat(talk).registration for _n in range(2)]
    guest = make_seats.guest(talk)
    sign_up(guest.pk, talk.code)
    give_back(holders[0].pk, talk.code)

    assert "A seat is kept for you until" in text(client.get(path_to(guest, talk)))
    client.post(path_to(guest, talk), {"take": "ask"})

    assert guest.seats.confirmed().exists()
    assert Wait.objects.get().state == "taken"


def test_clash_shows_both_times_and_asks(client, talk):
    late = make_seats.bookable(talk.edition, make.OPENING + timedelta(minutes=30), capacity=2)
    make_seats.release(talk.edition)
    guest = make_seats.guest(talk)
    sign_up(guest.pk, talk.code)

    page = client.get(path_to(guest, late)).content.decode()
    refused = client.post(path_to(guest, late), {"sign_up": "ask"})

    for shown in ["09:00", "10:00", "09:30", "10:30", "Keep both", "give the other back"]:
        assert shown in page
    assert (refused.status_code, guest.seats.confirmed().count()) == (422, 1)
    client.post(path_to(guest, late), {"sign_up": "swap"})
    assert guest.seats.confirmed().get().session == late


def test_button_that_is_none_of_ours_does_nothing(client, talk):
    guest = make_seats.guest(talk)

    response = client.post(path_to(guest, talk), {"sign_up": "<script>", "other": "1"})

    assert response.status_code == 302
    assert Seat.objects.count() == 1  # an answer that is none counts as none


@pytest.mark.parametrize("code", ["nothing", "session-0"])
def test_code_of_no_session_is_404(client, talk, code):
    guest = make_seats.guest(talk)

    assert client.get(f"{path_to(guest)}{code}/").status_code == 404


def test_session_of_another_edition_is_404(client, talk):
    elsewhere = make_seats.released()

    assert client.get(path_to(make_seats.guest(talk), elsewhere)).status_code == 404


# The way there ----------------------------------------------------------------------------


def door(talk) -> str:
    return f"/en/{talk.edition.slug}/seats/{talk.code}/"


def test_public_page_leads_to_the_sign_up_and_stays_the_same_for_everyone(client, talk):
    path = f"/en/{talk.edition.slug}/sessions/{talk.code}/"
    before = client.get(path).content

    assert door(talk) in before.decode()
    sign_up(make_seats.guest(talk).pk, talk.code)
    assert client.get(path).content == before


def test_link_is_mailed_to_who_has_a_place_and_once(client, talk):
    guest = make_seats.guest(talk)

    for _n in range(2):
        response = client.post(door(talk), {"email": guest.person.email.upper()}, follow=True)

    assert "on its way" in text(response)
    message = Message.objects.get(kind="seat_link")
    assert path_to(guest, talk, guest.person.preferred_language) in message.text


@pytest.mark.parametrize("status", ["pending", "cancelled"])
def test_stranger_is_answered_the_same_and_mailed_nothing(client, talk, status):
    known = make_seats.guest(talk)
    unfit = make_seats.guest(talk, status=status)

    pages = {
        client.post(door(talk), {"email": address}, follow=True).content
        for address in [known.person.email, unfit.person.email, "nobody@guests.example"]
    }

    assert len(pages) == 1
    assert Message.objects.filter(kind="seat_link").count() == 1


def test_letter_is_written_for_a_stranger_too_so_that_the_answer_takes_as_long(
    client, talk, monkeypatch
):
    written = []
    monkeypatch.setattr(seat_links, "compose", lambda kind, letter: written.append(kind))

    client.post(door(talk), {"email": "nobody@guests.example"})

    assert written == ["seat_link"]
    assert not Message.objects.exists()


def test_wrong_address_is_said_beside_the_field(client, talk):
    response = client.post(door(talk), {"email": "no address"})

    assert response.status_code == 422
    assert 'value="no address"' in response.content.decode()


def test_who_has_signed_in_goes_on_at_once(client, talk):
    user = make.user()
    guest = make_seats.guest(talk, person=make.person(user=user))
    client.force_login(user)

    response = client.get(door(talk))

    assert response["Location"].endswith(path_to(guest, talk))


def test_there_is_no_door_to_what_needs_no_seat(client, talk):
    talk.needs_seat = False
    talk.save()
    make_seats.release(talk.edition)

    assert client.get(door(talk)).status_code == 404
