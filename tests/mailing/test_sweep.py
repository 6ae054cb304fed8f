"""The sweep: what a dead worker left is freed, and nothing that a living one holds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hrconf.mailing import delivery
from hrconf.mailing.checks import worker_may_wait_as_long_as_the_server
from hrconf.mailing.models import Message
from tests import make

pytestmark = pytest.mark.django_db
State = Message.State
AGES = timedelta(days=1)


def sending(*, handed: bool, age: timedelta, **fields) -> Message:
    at = timezone.now() - age
    return make.message(
        state=State.SENDING, claimed_at=at, handed_at=at if handed else None, attempts=1, **fields
    )


@pytest.fixture(autouse=True)
def woken(monkeypatch):
    """The tasks that the sweep would wake."""
    calls = []
    monkeypatch.setattr(delivery, "wake", lambda task: calls.append(task.name))
    return calls


def test_sweep_frees_a_claim_that_never_reached_the_server(woken):
    message = sending(handed=False, age=AGES)

    assert delivery.sweep()["freed"] == 1

    message.refresh_from_db()
    assert (message.state, message.repeats) == (State.QUEUED, 0)
    assert woken == ["hrconf.mailing.tasks.empty_outbox"]


def test_sweep_repeats_what_the_server_may_have_and_counts_it():
    message = sending(handed=True, age=AGES)

    assert delivery.sweep()["repeated"] == 1

    message.refresh_from_db()
    assert (message.state, message.repeats) == (State.QUEUED, 1)


def test_sweep_leaves_a_second_repeat_to_a_person():
    message = sending(handed=True, age=AGES, repeats=1)

    assert delivery.sweep()["uncertain"] == 1

    message.refresh_from_db()
    assert message.state == State.UNCERTAIN


def test_sweep_gives_up_what_kills_every_worker(settings):
    settings.MAIL_MAX_ATTEMPTS = 1
    message = sending(handed=False, age=AGES)

    assert delivery.sweep()["failed"] == 1

    message.refresh_from_db()
    assert message.state == State.FAILED


@pytest.mark.parametrize("handed", [False, True])
def test_sweep_leaves_a_fresh_claim_alone(handed):
    message = sending(handed=handed, age=timedelta(seconds=30))

    delivery.sweep()

    message.refresh_from_db()
    assert message.state == State.SENDING


def test_sweep_waits_for_a_slow_server_as_long_as_its_worker_does(settings):
    slow = timedelta(seconds=settings.MAIL_FINAL_TIMEOUT)
    message = sending(handed=True, age=slow)

    delivery.sweep()

    message.refresh_from_db()
    assert message.state == State.SENDING


def test_sweep_wakes_nobody_when_nothing_is_due(woken):
    make.message(state=State.CANCELLED)

    delivery.sweep()

    assert woken == []


def test_check_finds_a_worker_that_may_not_wait_as_long_as_the_server(settings):
    assert worker_may_wait_as_long_as_the_server() == []

    settings.MAIL_FINAL_TIMEOUT = settings.CELERY_TASK_SOFT_TIME_LIMIT

    assert [found.id for found in worker_may_wait_as_long_as_the_server()] == [
        "hrconf.mailing.E001"
    ]
