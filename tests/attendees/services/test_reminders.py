"""Reminders: due by the clock of the edition, never twice, never after the fact."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from attendees.models import Invitation, Registration, Reminder, ReminderRule, Seat
from attendees.services import due
from attendees.services.due import send_due_reminders
from attendees.services.reminders import (
    preview_invitation_reminders,
    remind_invitations,
    remind_registrations,
)
from hrconf.lib.errors import DomainError
from hrconf.mailing.models import Batch, Message
from tests import make
from tests.attendees import make_campaigns

pytestmark = pytest.mark.django_db
Kind = ReminderRule.Kind
Status = Invitation.Status
SENT_AT = datetime(2017, 10, 2, 2, tzinfo=UTC)  # 10:00 in Hangzhou
DUE = SENT_AT + timedelta(days=7)
REPEATED = [Kind.INVITATION_UNANSWERED, Kind.REGISTRATION_INCOMPLETE]
EVE = datetime(2017, 11, 7, 2, tzinfo=UTC)
NOTHING = dict.fromkeys(Kind.values, 0)


def rule(edition, kind=Kind.INVITATION_UNANSWERED, **fields) -> ReminderRule:
    fields.setdefault("days", 1 if kind == Kind.PROGRAMME_TOMORROW else 7)
    fields.setdefault("active_since", datetime(2017, 1, 1, tzinfo=UTC))
    return ReminderRule.objects.create(edition=edition, kind=kind, **fields)


@pytest.fixture(autouse=True)
def _guests_of_china(monkeypatch):
    """People whose day is that of Hangzhou, unless a test says otherwise."""
    person = make.person
    monkeypatch.setattr(make, "person", lambda **fields: person(**{"country": "CN", **fields}))


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


def test_each_reader_has_their_own_night():
    """At 14:00 UTC it is night in Hangzhou, day in Britain and early in part of Canada."""
    edition = make.edition()
    rule(edition)
    invited(edition)
    for country in ["GB", "CA"]:
        invited(edition, person=make.person(country=country))

    assert sent(datetime(2017, 10, 12, 14, tzinfo=UTC)) == 1
    assert Message.objects.get().recipient == f"person:{Invitation.objects.all()[1].person_id}"


def test_who_has_no_known_country_has_the_night_of_the_conference():
    toronto = make.edition(time_zone="America/Toronto")
    rule(toronto)
    invited(toronto, person=make.person(country=""))

    assert sent(datetime(2017, 10, 12, 12, tzinfo=UTC)) == 0
    assert sent(datetime(2017, 10, 12, 14, tzinfo=UTC)) == 1


def test_quiet_hours_are_those_of_the_rule():
    edition = make.edition()
    rule(edition, quiet_from="00:00", quiet_until="00:00")
    invited(edition)

    assert sent(datetime(2017, 10, 12, 18, tzinfo=UTC)) == 1


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
    rule(edition, Kind.PROGRAMME_TOMORROW, at_most=3)
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
        for kind in [*REPEATED, Kind.PROGRAMME_TOMORROW]:
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
    monkeypatch.setattr(due, "CHUNK", 2)
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


# Dates to count down to -------------------------------------------------------------------


def test_deadline_is_reminded_of_so_many_days_before_and_once():
    edition = make.edition()
    rule(edition, Kind.INVITATION_DEADLINE, days=3)
    invited(edition, answer_by=date(2017, 10, 20))

    days = [sent(datetime(2017, 10, day, 2, tzinfo=UTC)) for day in [16, 17, 18, 20, 21]]

    assert days == [0, 1, 0, 0, 0]


def test_deadline_that_moves_takes_its_reminder_along():
    edition = make.edition()
    rule(edition, Kind.INVITATION_DEADLINE, days=3)
    invitation = invited(edition, answer_by=date(2017, 10, 20))
    sent(datetime(2017, 10, 17, 2, tzinfo=UTC))
    Invitation.objects.filter(pk=invitation.pk).update(answer_by=date(2017, 10, 30))

    days = [sent(datetime(2017, 10, day, 2, tzinfo=UTC)) for day in [20, 27, 28]]

    assert days == [0, 1, 0]


def test_who_was_invited_after_the_day_of_the_reminder_or_reminded_yesterday_is_left_alone():
    edition = make.edition()
    rule(edition, Kind.INVITATION_DEADLINE, days=3)
    fields = {"answer_by": date(2017, 10, 20)}
    invited(edition, sent_at=datetime(2017, 10, 18, 2, tzinfo=UTC), **fields)
    invited(edition, reminded_at=datetime(2017, 10, 18, 1, tzinfo=UTC), reminders=1, **fields)

    days = [sent(datetime(2017, 10, 18, hour, tzinfo=UTC)) for hour in [2, 12]]

    assert days == [0, 0]
    assert sent(datetime(2017, 10, 19, 2, tzinfo=UTC)) == 1


def test_conference_is_reminded_of_before_its_first_day_to_who_was_confirmed_by_then():
    edition = make.edition()
    rule(edition, Kind.EDITION_STARTS, days=7)
    make.registration(edition=edition, created_at=SENT_AT)
    make.registration(edition=edition, created_at=SENT_AT, status="pending")
    make.registration(edition=edition, created_at=EVE)

    days = [sent(datetime(2017, 10, 31, 2, tzinfo=UTC) + timedelta(days=n)) for n in range(9)]

    assert days == [0, 1, 0, 0, 0, 0, 0, 0, 0]


def seated(edition, registration, days: int, **fields) -> Seat:
    """A seat in a session at nine of a day of the conference."""
    starts_at = datetime(2017, 11, 8, 1, tzinfo=UTC) + timedelta(days=days)
    session = make.session(edition=edition, status="confirmed", starts_at=starts_at)
    fields = {"created_at": SENT_AT, **fields}
    return Seat.objects.create(session=session, registration=registration, **fields)


def test_session_is_reminded_of_to_who_has_a_seat_in_it():
    edition = make.edition()
    rule(edition, Kind.OWN_SESSION, days=2, at_most=5)
    registration = make.registration(edition=edition)
    seat = seated(edition, registration, 0)
    seated(edition, registration, 1)
    seated(edition, registration, 1, status="cancelled")
    seated(edition, registration, 1, created_at=EVE)  # taken so late, it is fresh in mind

    days = [sent(datetime(2017, 11, day, 2, tzinfo=UTC)) for day in [5, 6, 7, 8]]

    assert days == [0, 1, 1, 0]
    text = Message.objects.order_by("pk").first().text
    assert seat.session.title in text
    assert "09:00–10:00" in text


def test_nobody_gets_more_of_a_rule_than_it_says():
    edition = make.edition()
    rule(edition, Kind.OWN_SESSION, days=2, at_most=2)
    registration = make.registration(edition=edition)
    for _n in range(3):
        seated(edition, registration, 0)

    assert [sent(datetime(2017, 11, 6, hour, tzinfo=UTC)) for hour in [2, 3]] == [2, 0]


def test_each_kind_of_rule_counts_its_own_mails_to_each_person():
    edition = make.edition()
    two = [rule(edition, days=days, at_most=1) for days in [5, 7]]
    rule(edition, Kind.REGISTRATION_INCOMPLETE, at_most=1)
    rule(edition, Kind.PROGRAMME_TOMORROW, at_most=1)
    guest = invited(edition)
    Invitation.objects.update(reminders=4)  # by hand, long ago: the rules do not count them
    make.registration(edition=edition, status="incomplete", created_at=SENT_AT)
    make.registration(edition=edition, created_at=SENT_AT)

    for day in range(50):
        sent(SENT_AT + timedelta(days=day))

    counted = Reminder.objects.values_list("rule__kind").annotate(Count("pk")).order_by()
    assert dict(counted) == {
        Kind.INVITATION_UNANSWERED: 2,
        Kind.REGISTRATION_INCOMPLETE: 1,
        Kind.PROGRAMME_TOMORROW: 1,
    }
    assert {row.person for one in two for row in one.reminders.all()} == {guest.person}
    assert Message.objects.count() == 4


@pytest.mark.parametrize("has_desk", [True, False])
def test_who_came_is_thanked_after_the_last_day_and_once(has_desk):
    edition = make.edition(contact_email="office@example.org")
    rule(edition, Kind.EDITION_ENDED, days=2)
    came = make.registration(edition=edition, arrived_at=EVE if has_desk else None)
    make.registration(edition=edition, status="pending")
    if has_desk:
        make.registration(edition=edition)

    days = [sent(datetime(2017, 11, day, 2, tzinfo=UTC)) for day in range(8, 24)]

    first = (edition.ends_on + timedelta(days=2)).day - 8
    assert (sum(days), days[first]) == (1, 1)
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("reminder_thanks", f"person:{came.person_id}")
    assert message.reply_to == "office@example.org"
    assert f"/{edition.slug}/figures/" in message.text


def test_thanks_come_late_where_workers_stood_still_but_not_weeks_later():
    edition = make.edition()
    rule(edition, Kind.EDITION_ENDED, days=2)
    make.registration(edition=edition)
    on = datetime.combine(edition.ends_on, time(2), UTC)

    assert sent(on + timedelta(days=10)) == 0
    assert sent(on + timedelta(days=9)) == 1


# Whom, since when -------------------------------------------------------------------------


def test_rule_of_an_audience_reminds_nobody_else():
    edition = make.edition()
    audience = make_campaigns.audience(edition=edition, filters={"country": ["GB"]})
    rule(edition, audience=audience)
    invited(edition)
    british = invited(edition, person=make.person(country="GB"))

    assert sent(datetime(2017, 10, 12, 14, tzinfo=UTC)) == 1
    assert Message.objects.get().recipient == f"person:{british.person_id}"


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (Kind.INVITATION_UNANSWERED, 7),
        (Kind.INVITATION_DEADLINE, 14),
        (Kind.REGISTRATION_INCOMPLETE, 7),
        (Kind.EDITION_STARTS, 30),
        (Kind.OWN_SESSION, 30),
    ],
)
def test_rule_of_today_reminds_nobody_of_dates_already_past(kind, days):
    now = datetime(2017, 10, 12, 2, tzinfo=UTC)
    edition = make.edition()
    invited(edition, answer_by=date(2017, 10, 20))
    make.registration(edition=edition, status="incomplete", created_at=SENT_AT)
    early = datetime(2017, 10, 1, tzinfo=UTC)
    seated(edition, make.registration(edition=edition, created_at=early), 0, created_at=early)
    made = rule(edition, kind, days=days, active_since=now)

    assert sent(now) == 0
    ReminderRule.objects.filter(pk=made.pk).update(active_since=datetime(2017, 9, 1, tzinfo=UTC))
    assert sent(now) == 1


def test_what_a_rule_reminded_of_is_a_row_that_cannot_be_twice():
    invitation = invited()
    sent(DUE)

    reminder = Reminder.objects.get()
    assert (reminder.person_id, reminder.sent_at) == (invitation.person_id, DUE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(
            rule=reminder.rule, person=reminder.person, occasion=reminder.occasion
        )


def test_outlook_says_who_is_next_and_when():
    invitation = invited()
    made = ReminderRule.objects.get()

    ahead = due.outlook(made, SENT_AT + timedelta(days=2))

    assert ahead.at == DUE
    assert [person.pk for person in ahead.preview.going] == [invitation.person_id]
    sent(DUE)
    sent(DUE + timedelta(days=7))
    assert due.outlook(made, DUE + timedelta(days=8)) is None
    assert Message.objects.count() == 2
