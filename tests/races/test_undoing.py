"""A place in line is put back while the gap is offered: one of the two, never both."""

import time

import pytest
from django.db.models import QuerySet

from attendees.admin.waits import TAKE_OFF
from attendees.models import Wait
from attendees.services import waiting
from attendees.services.registrations import submit_registration
from hrconf.office import doing
from tests import make
from tests.races.racing import lockless, race

ROUNDS = 3
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def slow_count(monkeypatch):
    """Let time pass between counting the free places and offering one."""
    count = waiting.places_free

    def slowly(*asked):
        free = count(*asked)
        time.sleep(0.3)
        return free

    monkeypatch.setattr(waiting, "places_free", slowly)
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)


def taken_off(monkeypatch):
    """Who had the only offer was taken off; the gap is still to be offered."""
    category = make.category(make.edition(), needs_approval=False, capacity=0)
    for _n in range(2):
        row = make.registration(edition=category.edition, category=category, status="incomplete")
        submit_registration(row.pk)
    category.capacity = 1
    category.save()
    waiting.settle_waits()
    offered = Wait.objects.get(category=category, state="offered")
    by = make.organizer()
    with monkeypatch.context() as quiet:
        quiet.setattr("attendees.services.waitlisting.settle_thing", lambda *thing: 0)
        done = doing.do_deed(TAKE_OFF, "attendees.wait", [offered.pk], by=by, given={"reason": ""})
    return category, done.done_deed, by


def undo_and_offer(monkeypatch) -> int:
    """Both at once; return how many hold the only place."""
    category, done, by = taken_off(monkeypatch)
    race(
        [
            lambda: doing.undo(done.pk, by=by).pk,
            lambda: waiting.settle_thing(category.pk, None, None),
        ]
    )
    return Wait.objects.holding().filter(category=category).count()


def test_place_is_put_back_or_offered_to_the_next():
    with pytest.MonkeyPatch.context() as patch:
        assert [undo_and_offer(patch) for _round in range(ROUNDS)] == [1] * ROUNDS


def test_without_the_locks_two_hold_the_only_place(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    assert 2 in [undo_and_offer(monkeypatch) for _round in range(ROUNDS)]
