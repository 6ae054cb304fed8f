"""Claims under a crowd of workers: a message is one worker's, and every worker finds work."""

import pytest

from hrconf.mailing import delivery
from hrconf.mailing.models import Message
from hrconf.mailing.models.messages import MessageQuerySet
from hrconf.mailing.services import queue_letters
from tests import make
from tests.mailing.test_services import letter
from tests.races.racing import race

WORKERS = 16

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_woken(monkeypatch):
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)


def claimed_by_all() -> list[int]:
    return [message.pk for message in race([delivery.claim_next] * WORKERS) if message]


def test_workers_claim_different_messages():
    for _n in range(WORKERS):
        make.message()

    claimed = claimed_by_all()

    assert len(claimed) == len(set(claimed)) == WORKERS


def test_one_message_is_claimed_once():
    make.message()

    assert len(claimed_by_all()) == 1


def test_without_the_condition_one_message_is_claimed_by_many(monkeypatch):
    def claim(self, message_id: int) -> bool:
        return (
            self.filter(pk=message_id).update(state="sending", claimed_at="2017-11-08T00:00Z") == 1
        )

    monkeypatch.setattr(MessageQuerySet, "claim", claim)
    message = make.message()

    results = race([lambda: Message.objects.claim(message.pk)] * WORKERS)

    assert results.count(True) > 1


def test_same_letter_written_by_many_is_one_message():
    same = letter()

    race([lambda: queue_letters("registration_declined", [same])] * WORKERS)

    assert Message.objects.count() == 1
