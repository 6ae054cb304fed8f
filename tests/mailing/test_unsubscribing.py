"""Unsubscribing by a link: one click without cookie or login, and only on purpose."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from django.test import Client

from hrconf.mailing import delivery, kinds, suppressions
from hrconf.mailing.compose import Letter, compose
from hrconf.mailing.mime import as_mime
from hrconf.mailing.models import Message, Suppression
from hrconf.mailing.services import queue_letters
from tests import make

pytestmark = pytest.mark.django_db
State = Message.State
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
OPTIONAL, PERSONAL, NEEDED = "reminder_invitation", "invitation", "registration_confirmed"


@pytest.fixture(autouse=True)
def base_url(settings):
    settings.BASE_URL = "https://conference.example"


@pytest.fixture
def stranger():
    """A mail program: no cookie, and csrf checks that would bite."""
    return Client(enforce_csrf_checks=True)


def headers_of(message):
    return message_from_bytes(as_mime(message).as_bytes(), policy=default)


def path_of(message: Message) -> str:
    header = headers_of(message)["List-Unsubscribe"]
    found = re.fullmatch(r"<https://conference\.example(/\S+)>", header)
    assert found, header
    return found[1]


def letter(address: str, **fields) -> Letter:
    invitation = make.invitation(status="sent")
    defaults = {
        "recipient": f"person:{invitation.person_id}",
        "occasion": f"invitation:{invitation.pk}:reminder:1",
        "to_address": address,
        "to_name": "张三",
        "language": "en",
        "context": {
            "edition": invitation.edition,
            "invitation": invitation,
            "answer_link": "https://conference.example/en/",
        },
    }
    return Letter(**{**defaults, **fields})


@pytest.mark.parametrize("kind", [OPTIONAL, PERSONAL])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_letters_that_one_can_do_without_carry_the_headers_of_rfc_8058(kind, language):
    message = make.message(kind=kind, language=language)

    mail = headers_of(message)

    assert path_of(message).startswith(f"/{language}/mail/unsubscribe/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("kind", [NEEDED, "account", "registration_declined"])
def test_letters_that_are_needed_offer_no_unsubscribing(kind):
    mail = headers_of(make.message(kind=kind))

    assert mail["List-Unsubscribe"] is mail["List-Unsubscribe-Post"] is None


def test_letter_shows_the_link_that_its_header_carries():
    message = compose(OPTIONAL, letter("guest@guests.example"))

    assert path_of(make.message(kind=OPTIONAL, message_id=message.message_id)) in message.text
    assert path_of(Message.objects.get()) in message.html


def test_one_click_without_cookie_stops_optional_mail_once(stranger):
    message = make.message(kind=OPTIONAL, to_address="Guest@Guests.example")

    for _n in range(2):
        response = stranger.post(path_of(message), ONE_CLICK)
        assert response.status_code == 200
        assert not response.cookies

    stop = Suppression.objects.get()
    assert (stop.address, stop.reason, stop.message) == (
        "guest@guests.example",
        "unsubscribed",
        message,
    )


def test_one_click_works_as_a_form_with_parts_too(stranger):
    message = make.message(kind=OPTIONAL)
    body = (
        b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--'
    )

    stranger.post(path_of(message), body, content_type="multipart/form-data; boundary=x")

    assert suppressions.is_suppressed(message.to_address, optional=True) == "unsubscribed"


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_the_link_changes_nothing(stranger, method):
    response = getattr(stranger, method)(path_of(make.message(kind=OPTIONAL)))

    assert response.status_code == 200
    assert not Suppression.objects.exists()
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("data", [{}, {"List-Unsubscribe": "Maybe"}, {"x": "\x00"}])
def test_a_post_that_says_nothing_changes_nothing(stranger, data):
    response = stranger.post(path_of(make.message(kind=OPTIONAL)), data)

    assert response.status_code == 422
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("token", ["x", "1", "1.abc", "1" * 400, "%00", "9999.9999:a", "..%2f"])
def test_a_link_that_we_never_made_is_answered_kindly(stranger, token):
    response = stranger.post(f"/en/mail/unsubscribe/{token}/", ONE_CLICK)

    assert response.status_code == 404
    assert not Suppression.objects.exists()


def test_page_tells_in_both_languages_what_goes_on_and_masks_the_address(client):
    message = make.message(kind=OPTIONAL, to_address="wang@guests.example", language="zh-hans")

    shown = client.get(path_of(message)).content.decode()
    english = client.get(path_of(message).replace("/zh-hans/", "/en/")).content.decode()

    assert "退订" in shown
    assert "w•••@guests.example" in shown
    assert "wang@" not in shown + english
    assert "Your confirmation and ticket" in english


def test_reader_may_subscribe_again_and_the_office_sees_both(stranger):
    message = make.message(kind=OPTIONAL)
    stranger.post(path_of(message), ONE_CLICK)

    shown = stranger.post(path_of(message), {"subscribe": "1"}).content.decode()

    assert "You are subscribed again" in shown
    assert suppressions.is_suppressed(message.to_address, optional=True) is None
    stop = Suppression.objects.get()
    assert stop.lifted_at is not None
    assert stop.lift_reason == "The reader subscribed again."


def test_subscribing_again_does_not_revive_a_dead_address(stranger):
    message = make.message(kind=OPTIONAL)
    suppressions.stop(message.to_address, Suppression.Reason.HARD_BOUNCE)

    shown = stranger.post(path_of(message), {"subscribe": "1"}).content.decode()

    assert "came back to us" in shown
    assert suppressions.is_suppressed(message.to_address, optional=True) == "hard_bounce"


def test_later_optional_mail_is_written_down_as_cancelled_and_not_counted():
    suppressions.stop("guest@guests.example", Suppression.Reason.UNSUBSCRIBED)

    written = queue_letters(OPTIONAL, [letter("GUEST@guests.example"), letter("b@guests.example")])

    assert [message.to_address for message in written] == ["b@guests.example"]
    left = Message.objects.get(to_address="GUEST@guests.example")
    assert (left.state, left.error) == (State.CANCELLED, "The reader has unsubscribed.")
    assert left.history[0]["state"] == "cancelled"


def test_optional_mail_that_waited_is_cancelled_when_it_would_leave_and_needed_mail_goes(
    smtp, stranger
):
    address = "guest@guests.example"
    waiting = make.message(kind=OPTIONAL, to_address=address.upper())
    needed = make.message(kind=NEEDED, to_address=address)
    invited = make.message(kind=PERSONAL, to_address=address)
    other = make.message(kind=OPTIONAL)
    stranger.post(path_of(waiting), ONE_CLICK)

    delivery.deliver_due()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.why) == (State.CANCELLED, "The reader has unsubscribed.")
    assert waiting.history[-1]["note"] == "The reader has unsubscribed."
    assert {mid for mid, _to in smtp.taken} == {m.header_id for m in (needed, invited, other)}


def test_a_dead_address_gets_no_mail_at_all(smtp):
    message = make.message(kind="account")
    suppressions.stop(message.to_address, Suppression.Reason.HARD_BOUNCE)

    delivery.deliver_due()

    message.refresh_from_db()
    assert message.state == State.CANCELLED
    assert smtp.taken == []


@pytest.mark.parametrize("size", [1, 50])
def test_many_addresses_cost_one_query(django_assert_num_queries, size):
    dead = [f"Guest{n}@Guests.example" for n in range(size)]
    for address in dead:
        suppressions.stop(address, Suppression.Reason.UNSUBSCRIBED)
    suppressions.stop(dead[0], Suppression.Reason.REFUSED)

    with django_assert_num_queries(1):
        found = suppressions.suppressed([*dead, "other@guests.example"], optional=True)

    assert set(found) == set(dead)
    assert found[dead[0]] == "refused"
    assert suppressions.suppressed(dead, optional=False) == {dead[0]: "refused"}


def test_an_unnamed_kind_is_needed():
    assert not kinds.is_optional("nobody-named-it")
    assert not kinds.may_unsubscribe("nobody-named-it")


def test_address_of_an_international_domain_is_stopped_however_it_is_written():
    suppressions.stop("Wang@杭州.example", Suppression.Reason.UNSUBSCRIBED)

    assert suppressions.is_suppressed("wang@xn--hzvu15c.example", optional=True) or (
        Suppression.objects.get().address.startswith("wang@xn--")
    )
    assert suppressions.is_suppressed(" WANG@杭州.example ", optional=True) == "unsubscribed"
