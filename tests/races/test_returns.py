"""Returned mail that several workers take in at once is counted to the last."""

import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from hrconf.mailing.models import Bounce, Message, Suppression
from hrconf.mailing.returns import recording
from hrconf.mailing.returns.reports import Report
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 3


def take_in(number: int) -> None:
    report = Report(sort=Bounce.Sort.SOFT, status="4.2.2", about=((uuid.UUID(int=number), ""),))
    try:
        recording.record(report, "file", f"{number:064}")
    finally:
        connection.close()


def all_at_once(settings) -> bool:
    """Whether the address is stopped after as many returns as stop one."""
    settings.MAIL_SOFT_BOUNCES = AT_ONCE
    now = timezone.now()
    for number in range(AT_ONCE):
        make.message(
            message_id=uuid.UUID(int=number),
            to_address="guest@guests.example",
            state=Message.State.SENT,
            sent_at=now,
        )
    threads = [threading.Thread(target=take_in, args=[number]) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Bounce.objects.count() == AT_ONCE
    return Suppression.objects.exists()


def meet_before_counting(monkeypatch, lock) -> None:
    """Let each worker count only when all have written their row."""
    barrier = threading.Barrier(AT_ONCE)

    def wait(address: str) -> None:
        barrier.wait(10)
        lock(address)

    monkeypatch.setattr(recording, "lock_address", wait)


def test_returns_taken_in_at_once_are_counted_to_the_last(settings, monkeypatch):
    meet_before_counting(monkeypatch, recording.lock_address)

    assert all_at_once(settings)


def test_without_the_lock_the_count_would_fall_short(settings, monkeypatch):
    counted = threading.Barrier(AT_ONCE)
    soft_since = Bounce.objects.soft_since

    def count(*args) -> int:
        found = soft_since(*args)
        counted.wait(10)  # nobody commits before all have counted
        return found

    meet_before_counting(monkeypatch, lambda address: None)
    monkeypatch.setattr(Bounce.objects, "soft_since", count)

    assert not all_at_once(settings)
