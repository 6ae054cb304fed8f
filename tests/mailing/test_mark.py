"""Restored and copied databases mail nobody until a person says so; honest restarts are left alone."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from hrconf.mailing import delivery, mark, services
from hrconf.mailing.models import Installation, Message
from tests import make

pytestmark = pytest.mark.django_db
State = Message.State


def deliver(*messages: Message) -> list[str]:
    delivery.deliver_due()
    for message in messages:
        message.refresh_from_db()
    return [message.state for message in messages]


@pytest.fixture
def marked(smtp):
    """The site has mailed before."""
    assert deliver(make.message()) == [State.SENT]
    smtp.taken.clear()
    return smtp


def copied(**changes) -> None:
    """The note that a copy carries: the numbers of where it came from."""
    row = Installation.objects.get()
    Installation.objects.update(mark={**row.mark, **changes})


def test_fresh_site_marks_itself_and_restarts_change_nothing(marked):
    assert [deliver(make.message()) for _n in range(3)] == [[State.SENT]] * 3
    assert Installation.objects.get().doubted_at is None


@pytest.mark.parametrize("fact", ["table", "database", "cluster", "timeline"])
def test_database_that_was_restored_or_copied_sends_nothing(marked, fact):
    waiting = make.message()
    copied(**{fact: 1234})

    states = deliver(waiting, make.message(), make.message(is_urgent=True, is_secret=True))

    assert states == [State.HELD] * 3
    assert marked.taken == []
    waiting.refresh_from_db()
    assert waiting.why.startswith("This database was copied or restored")
    assert waiting.history[-1]["note"] == mark.DOUBT


def test_copy_at_another_address_sends_nothing(marked, settings):
    settings.BASE_URL = "https://trial.example"

    assert deliver(make.message()) == [State.HELD]
    assert marked.taken == []


def test_copy_that_is_put_back_stays_in_doubt(marked, settings):
    settings.BASE_URL = "https://trial.example"
    deliver(make.message())
    settings.BASE_URL = "https://conference.example"

    assert deliver(make.message()) == [State.HELD]


def test_message_in_the_hands_of_a_worker_of_the_original_is_held_too(marked):
    now = timezone.now() - timedelta(hours=2)
    message = make.message(state=State.SENDING, claimed_at=now, handed_at=now, attempts=1)
    copied(table=1)

    delivery.sweep()

    message.refresh_from_db()
    assert message.state == State.HELD


def test_person_lets_all_go_and_the_site_is_itself_again(marked):
    waiting = make.message(send_after=timezone.now() - timedelta(hours=3))
    for_another_reason = make.message(state=State.HELD, error="Something else")
    copied(table=1)
    deliver(waiting)

    assert mark.let_go(by=make.organizer()) == 1

    assert deliver(waiting, make.message(), for_another_reason) == [
        State.SENT,
        State.SENT,
        State.HELD,
    ]
    assert mark.in_doubt() is None


def test_person_keeps_back_what_went_out_before(marked):
    old = make.message()
    copied(table=1)
    deliver(old)

    assert mark.keep_back(by=make.organizer()) == 1

    assert deliver(old, make.message()) == [State.CANCELLED, State.SENT]


def test_person_lets_one_message_go_while_the_rest_is_held(marked):
    one, rest = make.message(), make.message()
    copied(table=1)
    deliver(one, rest)

    services.release_message(one.pk, by=make.organizer())

    assert deliver(one, rest, make.message()) == [State.SENT, State.HELD, State.HELD]


def test_message_released_before_the_copy_was_made_is_held(marked):
    message = make.message(released_at=timezone.now() - timedelta(hours=1))
    copied(table=1)

    assert deliver(message) == [State.HELD]


@pytest.mark.parametrize(("minutes", "state"), [(29, State.SENT), (31, State.HELD)])
def test_code_that_waited_too_long_is_held(smtp, minutes, state):
    at = timezone.now() - timedelta(minutes=minutes)

    assert deliver(make.message(is_urgent=True, is_secret=True, send_after=at)) == [state]


@pytest.mark.parametrize(("hours", "state"), [(47, State.SENT), (49, State.HELD)])
def test_limit_of_waiting_is_a_setting(smtp, settings, hours, state):
    settings.MAIL_HOLD_AFTER_HOURS = 48

    assert deliver(make.message(send_after=timezone.now() - timedelta(hours=hours))) == [state]


def test_migrations_of_the_table_leave_the_mark_alone():
    before = mark.facts()

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mailing_message ADD COLUMN try_it integer DEFAULT 1")
        cursor.execute("ALTER TABLE mailing_message DROP COLUMN try_it")

    assert mark.facts() == before


END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


@pytest.mark.django_db(transaction=True)
def test_real_copy_of_the_database_has_another_mark():
    own, name = mark.facts(), connection.settings_dict["NAME"]
    connection.close()
    with beside("postgres") as other:
        other.execute(f'DROP DATABASE IF EXISTS "{name}_copy"')
        # What earlier tests left connected to this database of ours would be in the way.
        other.execute(END_SESSIONS, [name])
        other.execute(f'CREATE DATABASE "{name}_copy" TEMPLATE "{name}"')
    try:
        with beside(f"{name}_copy") as copy:
            copy.execute(mark.FACTS)
            database, table, _may_ask = copy.fetchone()
    finally:
        with beside("postgres") as other:
            other.execute(f'DROP DATABASE "{name}_copy"')

    assert (database, table) != (own["database"], own["table"])


@contextmanager
def beside(name: str):
    """A connection of its own to a database of this server, outside transactions."""
    other = connection.copy()
    other.settings_dict = {**connection.settings_dict, "NAME": name}
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.close()
