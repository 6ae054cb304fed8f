"""Queueing and judging: a message is a row of its cause's transaction, once per occasion."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hrconf.lib.errors import DomainError
from hrconf.mailing import services
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Attachment, Message
from hrconf.mailing.services import queue_letters, queue_message
from tests import make

pytestmark = pytest.mark.django_db
State = Message.State


def letter(n: int = 1, **fields) -> Letter:
    defaults = {
        "recipient": f"person:{n}",
        "occasion": "registration:1",
        "to_address": f"guest{n}@guests.example",
        "to_name": f"Guest {n}",
        "language": "en",
        "context": {"edition": make.edition()},
    }
    return Letter(**{**defaults, **fields})


def queue(**fields) -> Message | None:
    return next(iter(queue_letters("registration_declined", [letter(**fields)])), None)


def test_queue_message_writes_a_letter_in_the_readers_language():
    edition = make.edition(name_zh_hans="杭州人才大会")

    message = queue_message(
        "registration_declined",
        recipient="person:1",
        occasion="registration:1",
        to_address="zhang@guests.example",
        to_name="张三",
        language="zh-hans",
        context={"edition": edition},
    )

    message.refresh_from_db()
    assert message.state == State.QUEUED
    assert "杭州人才大会" in message.subject
    assert "张三" in message.text
    assert 'lang="zh-Hans"' in message.html


def test_queue_message_for_the_same_occasion_adds_nothing():
    assert queue() is not None
    assert queue() is None
    assert Message.objects.count() == 1


def test_queue_message_is_undone_with_its_cause():
    def cause_that_fails():
        with transaction.atomic():
            queue()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cause_that_fails()

    assert Message.objects.count() == 0


def test_queue_letters_costs_the_same_for_twenty_as_for_one():
    counts = []
    for size in [1, 20]:
        letters = [letter(n, occasion=f"batch:{size}") for n in range(size)]
        with CaptureQueriesContext(connection) as queries:
            queue_letters("registration_declined", letters)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_queue_letters_keeps_the_files_of_new_messages_only():
    files = [("plan.pdf", "application/pdf", b"%PDF")]
    queue(attachments=files)
    queue(attachments=files)

    assert [bytes(file.content) for file in Attachment.objects.all()] == [b"%PDF"]


@pytest.mark.parametrize("field", ["to_name", "to_address"])
def test_line_break_in_a_header_is_refused(field):
    with pytest.raises(DomainError) as refusal:
        queue(**{field: "a@guests.example\nBcc: all@guests.example"})

    assert refusal.value.code == "line_break_in_header"


def test_bad_address_is_refused():
    with pytest.raises(DomainError) as refusal:
        queue(to_address="nobody")

    assert refusal.value.code == "bad_address"


def test_name_that_looks_like_a_link_is_none_in_the_letter():
    message = queue(to_name="www.prize.cn https://prize.cn <b>now</b>")

    assert "www.prize.cn" not in message.text + message.html
    assert "https://prize" not in message.text + message.html
    assert "<b>now" not in message.html


@pytest.mark.django_db(transaction=True)
def test_queue_message_wakes_the_worker_only_after_the_commit(monkeypatch):
    woken = []
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda task, *args: woken.append(task.name))

    with transaction.atomic():
        queue()
        assert woken == []

    assert woken == ["hrconf.mailing.tasks.empty_outbox"]


DEEDS = [
    (
        services.retry_message,
        {State.REFUSED, State.FAILED, State.BOUNCED, State.CANCELLED},
        State.QUEUED,
    ),
    (services.release_message, {State.HELD}, State.QUEUED),
    (services.cancel_message, {State.HELD, State.QUEUED, State.UNCERTAIN}, State.CANCELLED),
    (services.mark_sent, {State.UNCERTAIN}, State.SENT),
    (services.send_again, {State.UNCERTAIN}, State.QUEUED),
]


@pytest.mark.parametrize(("deed", "allowed", "becomes"), DEEDS)
@pytest.mark.parametrize("state", State)
def test_deed_is_done_from_its_states_and_from_no_other(deed, allowed, becomes, state):
    now = timezone.now()
    sent_at = now if state in {State.SENT, State.BOUNCED} else None
    message = make.message(state=state, sent_at=sent_at, claimed_at=now, attempts=6, repeats=1)
    by = make.organizer()

    if state in allowed:
        deed(message.pk, by=by)
        message.refresh_from_db()
        assert message.state == becomes
        assert message.history[-1]["by"] == str(by.pk)
    else:
        with pytest.raises(DomainError):
            deed(message.pk, by=by)
        message.refresh_from_db()
        assert message.state == state


def test_retried_message_has_all_its_attempts_again():
    message = make.message(state=State.FAILED, attempts=6, error="451 later")

    services.retry_message(message.pk, by=make.organizer())

    message.refresh_from_db()
    assert (message.attempts, message.error) == (0, "")
    assert Message.objects.claim(message.pk)
