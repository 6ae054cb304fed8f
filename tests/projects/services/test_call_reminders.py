"""Reminders before a call closes: whoever has begun and not sent, once for each day that is set."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from time_machine import travel

from attendees.models import Person
from hrconf.mailing.models import Message
from projects.models import Application
from projects.services.applications import submit, withdraw
from projects.services.call_reminders import remind_applicants
from tests.projects import make_call

pytestmark = pytest.mark.django_db
NOON = "2117-09-01T04:00Z"  # noon in Hangzhou


@pytest.fixture
def now():
    with travel(NOON, tick=False):
        yield timezone.now()


def begun(now, *, closes: timedelta, begun_ago: timedelta = timedelta(days=20), **fields):
    call = make_call.call(opens_at=now - timedelta(days=60), closes_at=now + closes, **fields)
    row = make_call.ready(make_call.kind(call))
    Application.objects.filter(pk=row.pk).update(created_at=now - begun_ago)
    return row


def reminders() -> int:
    return Message.objects.filter(kind="application_reminder").count()


def test_who_has_begun_is_reminded_a_week_before_and_a_day_before_once_each(now):
    begun(now, closes=timedelta(days=10))

    told = [remind_applicants(now + timedelta(days=day)) for day in [0, 2, 4, 4, 5, 9, 9.5, 11]]

    assert told == [0, 0, 1, 0, 0, 1, 0, 0]
    assert reminders() == 2


def test_reminder_says_until_when_with_the_link(now):
    row = begun(now, closes=timedelta(days=1))

    remind_applicants(now)

    text = Message.objects.get(kind="application_reminder").text
    assert "until 2 Sep 2117, 12:00 (China Standard Time, UTC+8)" in text
    assert f"/{row.edition.slug}/call/application/" in text


def test_who_was_not_told_for_a_week_is_told_once_only(now):
    begun(now, closes=timedelta(hours=20))

    assert remind_applicants(now) == 1


def test_what_is_sent_or_withdrawn_or_begun_lately_reminds_nobody(now):
    submit(begun(now, closes=timedelta(days=3)).pk)
    withdraw(begun(now, closes=timedelta(days=3)).pk)
    begun(now, closes=timedelta(days=3), begun_ago=timedelta(days=1))
    begun(now, closes=timedelta(days=3), remind_days=[])

    assert remind_applicants(now) == 0


def test_kind_that_closes_later_is_reminded_later(now):
    row = begun(now, closes=timedelta(days=3))
    row.kind.closes_at = now + timedelta(days=30)
    row.kind.save()

    assert remind_applicants(now) == 0


def test_deadline_that_moves_is_told_anew(now):
    row = begun(now, closes=timedelta(days=3))
    remind_applicants(now)
    row.call.closes_at += timedelta(days=14)
    row.call.save()

    assert remind_applicants(now + timedelta(days=14)) == 1


def test_nobody_is_reminded_in_their_night(now):
    row = begun(now, closes=timedelta(days=3))
    Person.objects.filter(pk=row.project.holder_id).update(country="US")

    assert remind_applicants(now) == 0
    assert remind_applicants(now + timedelta(hours=15)) == 1


@pytest.mark.parametrize("days", [[0], [61], [1, 2, 3, 4, 5, 6]])
def test_reminders_out_of_range_are_refused(now, days):
    call = make_call.call()
    call.remind_days = days

    with pytest.raises(ValidationError):
        call.full_clean()


def test_many_cost_no_more_queries_than_few(now, django_assert_max_num_queries):
    first = begun(now, closes=timedelta(days=3))
    for _one in range(7):
        row = make_call.ready(first.kind)
        Application.objects.filter(pk=row.pk).update(created_at=now - timedelta(days=20))

    with django_assert_max_num_queries(20):
        assert remind_applicants(now) == 8
