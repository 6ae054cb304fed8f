"""Reminders: due by the clock of the edition, never twice, never after the fact."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from attendees.models import Invitation, Registration, ReminderRule, Seat
from attendees.services import reminders
from attendees.services.reminders import (
    preview_invitation_reminders,
    remind_invitations,
    remind_registrations,
    send_due_reminders,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Batch, Message
from tests import make

pytestmark = pytest.mark.django_db
Kind = ReminderRule.Kind
Status = Invitation.Status
SENT_AT = datetime(2017, 10, 2, 2, tzinfo=UTC)  # 10:00 in Hangzhou
DUE = SENT_AT + timedelta(days=7)
EVE = datetime(2017, 11, 7, 2, tzinfo=UTC)
NOTHING = dict.fromkeys(Kind.values, 0)


def rule(edition, kind=Kind.INVITATION_UNANSWERED, **fields) -> ReminderRule:
    fields.setdefault("days", 1 if kind == Kind.PROGRAMME_TOMORROW else 7)
    return ReminderRule.objects.create(edition=edition, kind=kind, **fields)


def invited(edition=None, **fields) -> Invitation:
    """A guest who was sent an invitation, in an edition that reminds after a week."""
    if edition is None:
        edition = make.edition()
        rule(edition)
    fields = {"status": Status.SENT, "sent_at": SENT_AT, **fields}
    return make.invitation(edition=edition, **fields)


def sent(now: datetime) -> int:
    return sum(send_due_reminders(now).values())


def test_unanswered_invitation_is_reminded_after_the_days_of_the_rule():
    invitation = invited()

    assert sent(DUE - timedelta(minutes=1)) == 0
    assert sent(DUE) == 1

    message = Message.objects.get()
    invitation.refresh_from_db()
    assert (message.kind, message.recipient) == (
        "reminder_invitation",
        f"person:{invitation.person_id}",
    )
    assert (invitation.reminders, invitation.reminded_at) == (1, DUE)


def test_beat_that_asks_twice_reminds_once():
    invited()

    assert [sent(DUE), sent(DUE)] == [1, 0]


def test_next_reminder_counts_from_the_last_even_after_a_long_pause():
    invited()
    late = DUE + timedelta(days=8)

    assert [sent(late), sent(late + timedelta(days=6)), sent(late + timedelta(days=7))] == [1, 0, 1]


def test_reminders_end_at_the_most_that_the_rule_allows():
    edition = make.edition()
    rule(edition, at_most=2)
    invited(edition)

    assert [sent(DUE + timedelta(days=7 * n)) for n in range(4)] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    "status",
    ["draft", "queued", "bounced", "accepted", "declined", "expired", "withdrawn"],
)
def test_who_has_answered_or_was_not_asked_is_not_reminded(status):
    invited(status=status, queued_at=SENT_AT)

    assert sent(DUE) == 0


def test_past_deadline_is_not_reminded():
    invited(answer_by=date(2017, 10, 8))

    assert sent(DUE) == 0


def test_deadline_of_today_is_reminded():
    invited(answer_by=date(2017, 10, 9))

    assert sent(DUE) == 1


def test_guest_without_address_is_passed_over():
    invited(person=make.person(email=""))

    assert sent(DUE) == 0


def test_inactive_rule_reminds_nobody():
    invited()
    ReminderRule.objects.update(is_active=False)

    assert sent(DUE) == 0


@pytest.mark.parametrize(("hour", "mails"), [(0, 0), (1, 1), (12, 1), (13, 0)])
def test_nobody_is_reminded_at_night_of_the_edition(hour, mails):
    """01:00 UTC is nine in the morning in Hangzhou, 13:00 UTC nine in the evening."""
    invited()

    assert sent(datetime(2017, 10, 12, hour, tzinfo=UTC)) == mails


def test_edition_that_began_or_is_over_reminds_of_no_invitation():
    invited()

    assert sent(datetime(2017, 11, 8, 2, tzinfo=UTC)) == 0
    assert sent(datetime(2018, 3, 1, 2, tzinfo=UTC)) == 0


def test_each_edition_has_its_own_clock():
    """At 14:00 UTC it is night in Hangzhou and morning in Toronto."""
    toronto = make.edition(time_zone="America/Toronto")
    rule(toronto)
    invited()
    invited(toronto)

    assert sent(datetime(2017, 10, 12, 14, tzinfo=UTC)) == 1


def test_incomplete_registration_is_reminded_until_the_edition_is_over():
    edition = make.edition()
    rule(edition, Kind.REGISTRATION_INCOMPLETE, at_most=10)
    make.registration(edition=edition, status="incomplete", created_at=SENT_AT)
    make.registration(edition=edition, status="pending", created_at=SENT_AT)

    assert sent(DUE) == 1
    assert sent(datetime(2017, 11, 10, 2, tzinfo=UTC)) == 1
    assert sent(datetime(2017, 12, 10, 2, tzinfo=UTC)) == 0
    assert set(Message.objects.values_list("kind", flat=True)) == {"reminder_registration"}


def test_programme_goes_to_the_confirmed_on_the_eve_of_each_day():
    edition = make.edition()
    rule(edition, Kind.PROGRAMME_TOMORROW)
    for status in ["confirmed", "pending"]:
        make.registration(edition=edition, status=status)

    days = [sent(EVE + timedelta(days=n, hours=h)) for n in range(-1, 4) for h in [0, 3]]

    assert days == [0, 0, 1, 0, 1, 0, 1, 0, 0, 0]


def test_programme_lists_ones_own_seats_and_what_is_for_all():
    edition = make.edition()
    rule(edition, Kind.PROGRAMME_TOMORROW)
    opening = make.opening(edition=edition, title_en="Opening", status="confirmed")
    mine, other, cancelled = (
        make.session(
            edition=edition,
            title_en=title,
            status="confirmed",
            starts_at=opening.booking.during.lower,
        )
        for title in ["My forum", "Other forum", "Given up"]
    )
    registration = make.registration(edition=edition)
    Seat.objects.create(session=mine, registration=registration)
    Seat.objects.create(session=cancelled, registration=registration, status="cancelled")

    sent(EVE)

    text = Message.objects.get().text
    assert [title in text for title in ["Opening", "My forum", "Other forum", "Given up"]] == [
        True,
        True,
        False,
        False,
    ]
    assert "09:00–10:00" in text
    assert other.title not in text


def test_programme_tells_the_time_of_the_edition():
    edition = make.edition(time_zone="America/Toronto")
    rule(edition, Kind.PROGRAMME_TOMORROW)
    make.opening(
        edition=edition, status="confirmed", starts_at=datetime(2017, 11, 8, 14, tzinfo=UTC)
    )
    make.registration(edition=edition)

    sent(datetime(2017, 11, 7, 15, tzinfo=UTC))

    assert "09:00–10:00" in Message.objects.get().text


def test_due_reminders_cost_the_same_for_twenty_as_for_one():
    counts = []
    for size in [1, 20]:
        edition = make.edition()
        ReminderRule.objects.all().delete()
        for kind in Kind:
            rule(edition, kind)
        for _n in range(size):
            invited(edition)
            make.registration(edition=edition, created_at=EVE)
            make.registration(edition=edition, status="incomplete", created_at=SENT_AT)
        with CaptureQueriesContext(connection) as queries:
            assert sent(EVE) == 3 * size
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_many_are_reminded_in_chunks_and_nobody_twice(monkeypatch):
    monkeypatch.setattr(reminders, "CHUNK", 2)
    edition = make.edition()
    rule(edition)
    for _n in range(5):
        invited(edition)

    assert [sent(DUE), sent(DUE)] == [5, 0]
    assert Message.objects.values("recipient").distinct().count() == 5


def test_command_does_once_what_beat_does_and_says_how_many(capsys):
    invited()

    with travel(DUE):
        call_command("send_due_reminders")

    assert "Invitation unanswered: 1" in capsys.readouterr().out


@travel(DUE)
def test_remind_by_hand_reminds_and_reports():
    edition = make.edition()
    waiting, answered = invited(edition), invited(edition, status=Status.ACCEPTED)

    batch = remind_invitations([waiting.pk, answered.pk], by=make.organizer())

    assert batch.report == {"mails": 1, "left_out": {"answered": 1}}
    assert Message.objects.get().batch == batch


@travel(DUE)
def test_remind_by_hand_twice_reminds_once():
    invitation, by = invited(), make.organizer()
    remind_invitations([invitation.pk], by=by)

    assert preview_invitation_reminders([invitation.pk]).reasons == {"reminded": 1}
    with pytest.raises(DomainError) as refusal:
        remind_invitations([invitation.pk], by=by)

    assert refusal.value.code == "nobody_to_mail"
    assert (Message.objects.count(), Batch.objects.count()) == (1, 1)


@travel(DUE)
def test_reminder_by_hand_counts_for_beat():
    invitation = invited()
    remind_invitations([invitation.pk], by=make.organizer())

    assert sent(DUE) == 0


@travel(DUE)
def test_registration_is_reminded_by_hand():
    registration = make.registration(status=Registration.Status.INCOMPLETE)

    remind_registrations([registration.pk], by=make.organizer())

    assert "/registration/" in Message.objects.get().text
