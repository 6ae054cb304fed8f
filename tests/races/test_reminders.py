"""Reminders asked for by many at once: each person is reminded once."""

import time
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from attendees.models import Reminder, ReminderRule
from attendees.services import due
from attendees.services.due import send_due_reminders
from hrconf.mailing.models import Message
from tests import make
from tests.races.racing import lockless, race

CLIENTS, GUESTS = 12, 15
NOW = datetime(2017, 10, 12, 2, tzinfo=UTC)
Kind = ReminderRule.Kind
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_woken(monkeypatch):
    monkeypatch.setattr("hrconf.lib.wake.wake", lambda *args: True)


@pytest.fixture(params=[Kind.INVITATION_UNANSWERED, Kind.INVITATION_DEADLINE])
def rule(request):
    edition = make.edition()
    days = 7 if request.param == Kind.INVITATION_UNANSWERED else 10
    made = ReminderRule.objects.create(
        edition=edition,
        kind=request.param,
        days=days,
        active_since=datetime(2017, 9, 1, tzinfo=UTC),
    )
    for _n in range(GUESTS):
        make.invitation(
            edition=edition,
            status="sent",
            sent_at=datetime(2017, 10, 2, tzinfo=UTC),
            answer_by=date(2017, 10, 20),
            person=make.person(country="CN"),
        )
    return made


def all_at_once() -> list[object]:
    return race([lambda: sum(send_due_reminders(NOW).values())] * CLIENTS)


def test_each_person_is_reminded_once_however_many_ask(rule, monkeypatch):
    monkeypatch.setattr(due, "CHUNK", 4)

    assert sum(all_at_once()) == GUESTS

    assert Message.objects.values("recipient").distinct().count() == GUESTS
    assert (Message.objects.count(), Reminder.objects.count()) == (GUESTS, GUESTS)
    assert set(rule.edition.invitations.values_list("reminders", flat=True)) <= {0, 1}


def test_without_the_lock_only_the_row_that_is_unique_keeps_it_from_happening_twice(
    rule, monkeypatch
):
    fresh = due._fresh

    def slowly(*args):
        found = fresh(*args)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(due, "_fresh", slowly)
    monkeypatch.setattr(QuerySet, "select_for_update", lockless)

    results = all_at_once()

    assert any(isinstance(one, IntegrityError) for one in results)
    assert Reminder.objects.count() == GUESTS
