"""Waking the worker: after the commit, never in the way, and quiet after a failure."""

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from hrconf.lib import wake as waking
from hrconf.lib.wake import wake, wake_on_commit


class Task:
    """A task whose broker may be down."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.calls = error, []

    def apply_async(self, args, **options) -> None:
        self.calls.append(args)
        if self.error:
            raise self.error


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that stands still until a test moves it."""
    now = [1000.0]
    monkeypatch.setattr(waking, "_quiet_until", 0.0)
    monkeypatch.setattr(waking.time, "monotonic", lambda: now[0])
    return now


def test_wake_hands_the_task_to_the_broker():
    task = Task()

    assert wake(task, 7)
    assert task.calls == [(7,)]


@pytest.mark.parametrize(
    "error", [OperationalError("down"), ConnectionRefusedError(), TimeoutError()]
)
def test_broker_that_is_down_is_no_error(error):
    assert not wake(Task(error))


def test_broker_that_is_down_is_left_alone_for_a_while(clock):
    broken = Task(TimeoutError())
    wake(broken)

    assert not wake(broken)
    assert len(broken.calls) == 1
    clock[0] += waking.PAUSE_SECONDS
    wake(broken)
    assert len(broken.calls) == 2


@pytest.mark.django_db(transaction=True)
def test_wake_on_commit_waits_for_the_commit():
    task = Task()

    with transaction.atomic():
        wake_on_commit(task, 7)
        assert task.calls == []

    assert task.calls == [(7,)]


@pytest.mark.django_db(transaction=True)
def test_wake_on_commit_is_forgotten_with_a_rollback():
    task = Task()

    def cause_that_fails():
        with transaction.atomic():
            wake_on_commit(task, 7)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cause_that_fails()

    assert task.calls == []


def test_broker_of_this_project_gives_up_quickly_and_quietly(settings):
    """The real client against a closed port: no retries, no exception."""
    from hrconf.celery import app
    from hrconf.mailing.tasks import empty_outbox

    with app.connection_for_write("redis://127.0.0.1:1/0") as connection:

        class Elsewhere:
            def apply_async(self, args, **options):
                return empty_outbox.apply_async(args=args, connection=connection, **options)

        assert not wake(Elsewhere())
