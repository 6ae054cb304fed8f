"""The worker's side over a real SMTP connection: every end a message can come to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hrconf.mailing import delivery, lines
from hrconf.mailing.models import Line, Message
from hrconf.mailing.signals import message_settled
from tests import make

pytestmark = pytest.mark.django_db
State = Message.State


def deliver(message: Message) -> Message:
    delivery.deliver_due()
    message.refresh_from_db()
    return message


def states(message: Message) -> list[str]:
    return [entry["state"] for entry in message.history]


@pytest.fixture
def settled():
    """The ends that listeners were told of."""
    told = []

    def listen(message, **kwargs):
        told.append((message.pk, message.state))

    message_settled.connect(listen)
    yield told
    message_settled.disconnect(listen)


def test_sent_message_has_the_servers_words_and_its_history(smtp, settled):
    message = deliver(make.message())

    assert (message.state, message.answer, message.error) == (State.SENT, "250 taken", "")
    assert states(message) == ["sending", "sent"]
    assert smtp.taken == [(message.header_id, message.to_address)]
    assert settled == [(message.pk, State.SENT)]


def test_many_messages_go_over_one_connection(smtp):
    for _n in range(5):
        make.message()

    assert delivery.deliver_due() == 5

    assert (len(smtp.taken), smtp.connections) == (5, 1)


def test_connection_is_renewed_after_so_many_messages(smtp, settings):
    settings.MAIL_PER_CONNECTION = 2
    for _n in range(5):
        make.message()

    delivery.deliver_due()

    assert (len(smtp.taken), smtp.connections) == (5, 3)


def test_urgent_message_goes_first(smtp):
    make.message()
    code = make.message(is_urgent=True)

    delivery.deliver_due()

    assert smtp.taken[0][0] == code.header_id


def test_message_for_later_waits(smtp):
    message = deliver(make.message(send_after=timezone.now() + timedelta(hours=1)))

    assert message.state == State.QUEUED
    assert smtp.taken == []


def test_refusal_for_ever_is_shown_in_the_servers_words(smtp, settled):
    message = make.message()
    smtp.always[message.to_address] = "550 5.1.1 no such mailbox"

    deliver(message)

    assert (message.state, message.error) == (State.REFUSED, "550 5.1.1 no such mailbox")
    assert settled == [(message.pk, State.REFUSED)]


def test_refusal_of_one_leaves_the_connection_to_the_next(smtp):
    refused, fine = make.message(), make.message()
    smtp.always[refused.to_address] = "550 no"

    delivery.deliver_due()

    assert smtp.taken == [(fine.header_id, fine.to_address)]
    assert smtp.connections == 1


def test_refusal_for_now_waits_longer_each_time(smtp, settings):
    settings.MAIL_BACKOFF_SECONDS = 100
    message = make.message()
    smtp.always[message.to_address] = "451 try later"
    pauses = []

    for _n in range(3):
        before = timezone.now()
        Message.objects.update(send_after=before)
        deliver(message)
        pauses.append((message.send_after - before) / timedelta(seconds=100))

    assert message.state == State.QUEUED
    assert message.error == "451 try later"
    assert 0.8 <= pauses[0] <= 1.25 < 1.6 <= pauses[1] <= 2.5 < 3.2 <= pauses[2] <= 5


def test_refusal_for_now_is_given_up_after_the_last_attempt(smtp, settings, settled):
    settings.MAIL_MAX_ATTEMPTS = 2
    settings.MAIL_BACKOFF_SECONDS = 0
    message = make.message()
    smtp.always[message.to_address] = "451 try later"

    deliver(message)

    assert (message.state, message.attempts) == (State.FAILED, 2)
    assert settled == [(message.pk, State.FAILED)]


def test_refusal_for_now_is_sent_once_the_server_is_willing(smtp, settings):
    settings.MAIL_BACKOFF_SECONDS = 0
    message = make.message()
    smtp.answer_to_recipient[message.to_address] = ["451 later", "421 busy"]

    deliver(message)
    Line.objects.update(try_after=timezone.now())
    deliver(message)

    assert message.state == State.SENT
    assert smtp.copies() == {(message.header_id, message.to_address): 1}


def test_connection_lost_before_the_text_is_tried_again(smtp, settings):
    settings.MAIL_BACKOFF_SECONDS = 0
    smtp.drop_before_data = 1

    message = deliver(make.message())

    assert (message.state, message.attempts, message.repeats) == (State.SENT, 2, 0)
    assert len(smtp.taken) == 1


def test_silence_after_the_text_is_repeated_once_under_the_same_message_id(smtp, settings):
    settings.MAIL_BACKOFF_SECONDS = 0
    smtp.drop_after_data = 1

    message = deliver(make.message())

    assert (message.state, message.repeats) == (State.SENT, 1)
    assert smtp.copies() == {(message.header_id, message.to_address): 2}


def test_silence_twice_is_left_to_a_person(smtp, settings, settled):
    settings.MAIL_BACKOFF_SECONDS = 0
    smtp.drop_after_data = 2

    message = deliver(make.message())

    assert message.state == State.UNCERTAIN
    assert len(smtp.taken) == 2
    assert settled == [(message.pk, State.UNCERTAIN)]


def test_slow_server_is_waited_for(smtp, settings):
    settings.EMAIL_TIMEOUT = 1
    settings.MAIL_FINAL_TIMEOUT = 10
    smtp.seconds_per_message = 2

    message = deliver(make.message())

    assert message.state == State.SENT
    assert len(smtp.taken) == 1


def test_unreachable_server_costs_no_message_an_attempt(smtp, settings):
    settings.MAIL_TRANSPORT = {**settings.MAIL_TRANSPORT, "EMAIL_PORT": 1}
    first, second = make.message(), make.message()

    assert delivery.deliver_due() == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts, second.state) == (State.QUEUED, 0, State.QUEUED)
    assert "refused" in first.error
    assert lines.down() is not None


def test_unreachable_server_is_left_alone_for_a_while_and_then_tried(smtp, settings):
    port = settings.MAIL_TRANSPORT["EMAIL_PORT"]
    settings.MAIL_TRANSPORT = {**settings.MAIL_TRANSPORT, "EMAIL_PORT": 1}
    message = deliver(make.message())
    settings.MAIL_TRANSPORT = {**settings.MAIL_TRANSPORT, "EMAIL_PORT": port}

    assert delivery.deliver_due() == 0
    Line.objects.update(try_after=timezone.now())

    assert deliver(message).state == State.SENT
    assert lines.down() is None


def test_server_that_takes_nothing_from_us_refuses_no_message(smtp):
    smtp.answer_to_sender = ["550 sender not allowed"]

    message = deliver(make.message())

    assert (message.state, message.attempts) == (State.QUEUED, 0)
    assert lines.down().error == "550 sender not allowed"


def test_message_that_cannot_be_written_is_given_up(smtp):
    message = deliver(make.message(headers={"X-Bad": "a\nb"}))

    assert message.state == State.FAILED
    assert smtp.taken == []


def test_real_people_are_mailed_only_where_it_is_allowed(smtp, settings):
    message = deliver(make.message(to_address="someone@guests.cn"))
    assert message.state == State.HELD
    assert smtp.taken == []

    settings.MAIL_TO_REAL_PEOPLE = True
    Message.objects.update(state=State.QUEUED)

    assert deliver(message).state == State.SENT


def test_message_that_waited_for_a_day_is_held(smtp):
    message = deliver(make.message(send_after=timezone.now() - timedelta(hours=25)))

    assert message.state == State.HELD
    assert smtp.taken == []


def test_secret_text_is_not_kept_once_sent(smtp):
    message = deliver(make.message(is_secret=True, text="Code 123456", html="<p>123456</p>"))

    assert (message.text, message.html) == ("", "")
    assert "123456" in smtp.mails()[0].get_body(("plain",)).get_content()


def test_listener_that_fails_changes_nothing_about_the_message(smtp, caplog):
    def fail(**kwargs):
        raise RuntimeError("@".join(["guest", "guests.example"]))  # the log quotes this line

    message_settled.connect(fail)
    try:
        message = deliver(make.message())
    finally:
        message_settled.disconnect(fail)

    assert message.state == State.SENT
    assert "A listener failed" in caplog.text
    assert "guest@guests.example" not in caplog.text


def test_claim_is_one_workers_only():
    message = make.message()

    assert Message.objects.claim(message.pk)
    assert not Message.objects.claim(message.pk)


def test_hand_over_stops_when_the_claim_was_taken_away(smtp):
    message = make.message()
    Message.objects.claim(message.pk)
    message.refresh_from_db()
    Message.objects.update(state=State.QUEUED)

    with delivery.Courier() as courier:
        courier.take(message)

    message.refresh_from_db()
    assert message.state == State.QUEUED
    assert smtp.taken == []


def test_success_counts_even_when_the_claim_was_taken_away():
    message = make.message()
    Message.objects.claim(message.pk)
    message.refresh_from_db()
    Message.objects.update(state=State.QUEUED)

    delivery.mark_sent(message, "250 taken")

    message.refresh_from_db()
    assert message.state == State.SENT
