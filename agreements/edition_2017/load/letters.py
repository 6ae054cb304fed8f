"""Invitations and registrations with times that follow from each other."""

from datetime import datetime, timedelta
from random import Random

from agreements.edition_2017 import attendance
from agreements.edition_2017.load.context import Context, between, local, moment
from attendees.models import Invitation, Registration
from attendees.models.registrations import BADGE_LETTERS

REGISTRATION_OPENS, REGISTRATION_CLOSES = moment(8, 28), moment(11, 5, 18)
LAST_ANSWER, LAST_DECISION = moment(10, 20, 18), moment(11, 6, 18)
ANSWERED = {"accepted", "declined", "tentative"}
OPENED = ANSWERED | {"opened"}
REMINDED = {"sent", "opened", "expired"}
OWNERS = ("organizer", "organizer-zh")


def invitation(context: Context, rng: Random, status: str) -> Invitation:
    """An invitation as it stands after its round, its reminder and its answer."""
    row = Invitation(
        edition=context.edition,
        status=status,
        owner=context.users[rng.choice(OWNERS)],
        answer_by=attendance.ANSWER_BY,
        may_send_deputy=rng.random() < 0.1,
        created_at=between(moment(8, 21), moment(9, 1), rng),
    )
    if status in {"draft", "withdrawn"}:
        return row
    row.queued_at = local(attendance.ROUNDS[rng.random() < 0.35])
    row.sendings = 1
    if status != "bounced":
        row.sent_at = row.queued_at + timedelta(seconds=rng.randint(20, 2400))
    if status in OPENED:
        row.opened_at = row.sent_at + timedelta(minutes=rng.randint(20, 9000))
    if status in ANSWERED:
        row.answered_at = between(row.opened_at, max(row.opened_at, LAST_ANSWER), rng)
    if status == "tentative":
        row.decide_by = attendance.ANSWER_BY + timedelta(days=7)
    if status == "expired":
        row.expired_at = moment(10, 16, 0)
    if status == "declined":
        row.answer_note = regret(rng)
    if status in REMINDED:
        row.reminders, row.reminded_at = 1, row.sent_at + timedelta(days=10)
    return row


def registration(
    context: Context, rng: Random, status: str, since: datetime | None = None
) -> Registration:
    """A place at the edition: begun, sent in, decided, as far as its status goes."""
    begun = since or between(REGISTRATION_OPENS, moment(11, 2), rng)
    row = Registration(
        edition=context.edition,
        status=status,
        badge="".join(rng.choices(BADGE_LETTERS, k=8)),
        companions=int(rng.random() < 0.06),
        created_at=begun,
    )
    if status == "incomplete":
        return row
    row.submitted_at = min(begun + timedelta(minutes=rng.randint(5, 5000)), REGISTRATION_CLOSES)
    if status not in {"pending", "waitlisted"}:
        decided = row.submitted_at + timedelta(minutes=rng.randint(30, 4000))
        row.decided_at = max(row.submitted_at, min(decided, LAST_DECISION))
        row.decided_by = context.users[rng.choice(OWNERS)]
    return row


def regret(rng: Random) -> str:
    """What the guest wrote, in the language they write, or nothing."""
    words = rng.choice(attendance.REGRETS)
    return rng.choice([words.en, words.zh, ""])
