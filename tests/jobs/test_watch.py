"""When a worker counts as deaf."""

import pytest

from hrconf.jobs.watch import Hearing

LIMIT, LONGEST = 60, 960


@pytest.fixture
def hearing() -> Hearing:
    """The ears of a worker that was started at second 0."""
    return Hearing(LIMIT, LONGEST, looked_at=0)


def judge(hearing: Hearing, until: int, *, every: int = 5, waiting=3, is_busy=False) -> list[int]:
    """Look every few seconds; return the seconds at which it counts as deaf."""
    looks = range(int(hearing.looked_at) + every, until + 1, every)
    return [now for now in looks if hearing.is_deaf(now, waiting=waiting, is_busy=is_busy)]


def test_worker_that_takes_nothing_while_messages_wait_is_deaf_after_the_limit(hearing):
    assert judge(hearing, 70) == [60, 65, 70]


def test_worker_with_an_empty_queue_is_never_deaf(hearing):
    assert judge(hearing, 1000, waiting=0) == []


def test_broker_that_does_not_answer_counts_as_silence(hearing):
    assert judge(hearing, 60, waiting=None) == [60]


def test_each_message_begins_the_count_anew(hearing):
    assert judge(hearing, 55) == []
    hearing.took(56)

    assert judge(hearing, 115) == []
    assert judge(hearing, 120) == [120]


def test_full_hands_are_an_excuse_as_long_as_a_task_may_take(hearing):
    hearing.took(1)

    assert judge(hearing, LONGEST, is_busy=True) == []
    assert judge(hearing, 1100, is_busy=True)[0] == 1020


def test_machine_that_slept_is_asked_twice(hearing):
    """After an hour of sleep the messages that wait say nothing yet."""
    assert not hearing.is_deaf(3600, waiting=3, is_busy=False)
    hearing.took(3601)

    assert judge(hearing, 3655) == []
