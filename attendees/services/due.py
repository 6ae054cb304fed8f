"""What the rules ask for: computed when beat asks, never after the fact, never twice.

A rule finds the rows it concerns (invitations, registrations, seats), locks them,
writes down of what it reminded whom, and queues the letters, all in one transaction.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils import timezone

from attendees.audiences import people_of
from attendees.models import Invitation, Person, Registration, Reminder, ReminderRule, Seat
from attendees.services import programmes
from attendees.services.previews import Preview, mail_trouble
from attendees.services.recipients import sort_people
from attendees.services.reminder_letters import edition_letter, session_letter, thanks_letter
from attendees.services.reminders import (
    INVITATIONS,
    REGISTRATIONS,
    SHORTEST_GAP,
    deadline_letter,
    invitation_letter,
    new_batch,
    registration_letter,
)
from attendees.services.zones import awake, quiet_countries
from hrconf.mailing.compose import Letter
from hrconf.mailing.kinds import is_optional
from hrconf.mailing.services import queue_letters

Kind = ReminderRule.Kind
CHUNK = 500  # rows locked, letters written and committed at a time
LATE_THANKS = timedelta(days=7)  # how late thanks may still come, if workers stood still
DAYS_AHEAD = 60  # how far the office looks for the next reminders


@dataclass(frozen=True)
class Concern:
    """What a kind of rule is about: the rows that are due, whose they are, and the letter."""

    mail: str
    rows: Callable[[ReminderRule, datetime], QuerySet[Any]]  # each row with its `occasion`
    letter: Callable[[Any], Letter]
    holder: str = ""  # the path from a row to what has a person and is locked
    repeats: bool = False  # the row keeps when it was reminded of last, and how often

    @property
    def person(self) -> str:
        return f"{self.holder}__person" if self.holder else "person"

    def person_of(self, row: Any) -> Person:
        return (getattr(row, self.holder) if self.holder else row).person


# Sending --------------------------------------------------------------------------------


def send_due_reminders(now: datetime | None = None) -> dict[str, int]:
    """Send what the rules of all editions ask for now; return mails by kind.

    A second call adds nothing: what was sent is in the rows.
    """
    counts = dict.fromkeys(Kind.values, 0)
    for rule, count in run_rules(now or timezone.now()):
        counts[rule.kind] += count
    return counts


def run_rules(now: datetime) -> list[tuple[ReminderRule, int]]:
    """Each rule in force with how many mails it sends now."""
    rules = ReminderRule.objects.filter(is_active=True).select_related("edition", "audience")
    return [(rule, send_for(rule, now)) for rule in rules if not _is_over(rule, now)]


def _is_over(rule: ReminderRule, now: datetime) -> bool:
    last = rule.edition.ends_on
    if rule.kind == Kind.EDITION_ENDED:
        last += timedelta(days=rule.days) + LATE_THANKS
    return today_of(rule, now) > last


def today_of(rule: ReminderRule, now: datetime) -> date:
    """The day it is where the conference is held."""
    return now.astimezone(rule.edition.tz).date()


def send_for(rule: ReminderRule, now: datetime) -> int:
    """Send what one rule asks for now; return how many mails."""
    if rule.kind == Kind.PROGRAMME_TOMORROW:
        return programmes.remind(rule, now)
    concern, sent, last = CONCERNS[Kind(rule.kind)], 0, 0
    waking = awake_rows(rule, now, concern)
    while True:
        with transaction.atomic():
            rows = due_rows(rule, now).filter(waking, pk__gt=last)
            chunk = list(_locked(rows, concern).order_by("pk")[:CHUNK])
            if not chunk:
                return sent
            sent += _remind(rule, concern, chunk, now)
        last = chunk[-1].pk


def awake_rows(rule: ReminderRule, now: datetime, concern: Concern) -> Q:
    """Whose day it is."""
    hours = (rule.quiet_from, rule.quiet_until, rule.edition.tz)
    return awake(now, *hours, person=concern.person)


def _locked(rows: QuerySet[Any], concern: Concern) -> QuerySet[Any]:
    """Rows that nobody else has in hand; two calls at once share the work."""
    of = concern.holder or "self"
    return rows.select_for_update(of=(of,), no_key=True, skip_locked=True)


def due_rows(rule: ReminderRule, now: datetime) -> QuerySet[Any]:
    """The rows that the rule reminds now, wherever their people are."""
    concern = CONCERNS[Kind(rule.kind)]
    rows = concern.rows(rule, now).exclude(**{f"{concern.person}__email": ""})
    if rule.audience:
        rows = rows.filter(**{f"{concern.person}__in": people_of(rule.audience).order_by()})
    return rows


def _remind(rule: ReminderRule, concern: Concern, chunk: list[Any], now: datetime) -> int:
    """Write down of what the rule reminds whom, and queue the letters."""
    rows = [row for row in _fresh(rule, concern, chunk) if not mail_trouble(concern.person_of(row))]
    if not rows:
        return 0
    Reminder.objects.bulk_create(
        Reminder(rule=rule, person=concern.person_of(row), occasion=row.occasion, sent_at=now)
        for row in rows
    )
    batch = new_batch(concern.mail, len(rows), None)
    messages = queue_letters(concern.mail, [concern.letter(row) for row in rows], batch=batch)
    _count(concern, rows, now)
    return len(messages)


def _fresh(rule: ReminderRule, concern: Concern, chunk: list[Any]) -> list[Any]:
    """Of locked rows those not reminded of yet, at most so many for each person.

    Asked after locking: another call may have committed while the rows were read.
    """
    people = [concern.person_of(row).pk for row in chunk]
    known = Reminder.objects.filter(rule=rule, person__in=people).values_list("person", "occasion")
    had, seen = Counter(person for person, _occasion in known), set(known)
    fresh = []
    for row in chunk:
        person, occasion = concern.person_of(row).pk, row.occasion
        if (person, occasion) in seen or had[person] >= rule.at_most:
            continue
        had[person] += 1
        fresh.append(row)
    return fresh


def _count(concern: Concern, rows: list[Any], now: datetime) -> None:
    """Invitations and registrations know when they were reminded of last, and how often."""
    same = rows[0]._meta.model.objects.filter(pk__in=[row.pk for row in rows])
    if concern.repeats:
        same.update(reminders=F("reminders") + 1, reminded_at=now)
    elif concern.mail == INVITATIONS.mail:
        same.update(reminded_at=now)


# What is due ----------------------------------------------------------------------------


def _repeated(rows: QuerySet[Any], rule: ReminderRule, now: datetime, since: str) -> QuerySet[Any]:
    """So many days after an instant or the last reminder, and not before the rule was there."""
    wait = timedelta(days=rule.days)
    rows = (
        rows.filter(edition=rule.edition)
        .annotate(counted_from=Coalesce("reminded_at", since))
        .filter(counted_from__lte=now - wait, counted_from__gte=rule.active_since - wait)
    )
    return _untold(rule, rows, _text(Value(f"{rule.kind}:"), "pk", Value(":"), F("reminders") + 1))


def _unanswered(rule: ReminderRule, now: datetime) -> QuerySet[Invitation]:
    """Unanswered, the deadline not past, the edition not begun.

    Who asked for time is left alone until the day they named.
    """
    today = today_of(rule, now)
    tentative = Q(status=Invitation.Status.TENTATIVE)
    in_time = ~tentative & (Q(answer_by__isnull=True) | Q(answer_by__gte=today))
    in_time |= tentative & Q(decide_by__lte=today)
    waiting = INVITATIONS.rows().unanswered().filter(in_time, edition__starts_on__gt=today)
    return _repeated(waiting, rule, now, "sent_at")


def _incomplete(rule: ReminderRule, now: datetime) -> QuerySet[Registration]:
    """Begun and not sent."""
    incomplete = REGISTRATIONS.rows().filter(status=Registration.Status.INCOMPLETE)
    return _repeated(incomplete, rule, now, "created_at")


def _near_deadline(rule: ReminderRule, now: datetime) -> QuerySet[Invitation]:
    """Unanswered with the day to answer by so many days off, or fewer; invited before that."""
    today, zone = today_of(rule, now), rule.edition.tz
    earlier = F("answer_by") - Value(timedelta(days=rule.days))
    due_on = Cast(ExpressionWrapper(earlier, output_field=DateTimeField()), DateField())
    lately = Q(reminded_at__gt=now - SHORTEST_GAP)
    rows = (
        INVITATIONS.rows()
        .unanswered()
        .filter(edition=rule.edition, answer_by__gte=today, edition__starts_on__gt=today)
        .exclude(Q(status=Invitation.Status.TENTATIVE) | lately)
        .annotate(due_on=due_on, invited_on=TruncDate("sent_at", tzinfo=zone))
        .filter(due_on__lte=today, due_on__gte=F("invited_on"))
        .filter(due_on__gte=rule.active_since.astimezone(zone).date())
    )
    return _untold(rule, rows, _text(Value("deadline:"), "pk", Value(":"), "answer_by"))


def _edition_starts(rule: ReminderRule, now: datetime) -> QuerySet[Registration]:
    """Confirmed people, so many days before the first day; who came later was told all of it."""
    edition, today = rule.edition, today_of(rule, now)
    due_on = edition.starts_on - timedelta(days=rule.days)
    since = rule.active_since.astimezone(edition.tz).date()
    if not since <= due_on <= today < edition.starts_on:
        return Registration.objects.none()
    rows = REGISTRATIONS.rows().confirmed().filter(edition=edition)
    rows = rows.filter(created_at__lt=midnight(rule, due_on + timedelta(days=1)))
    return _untold(rule, rows, Value(f"starts:{edition.starts_on}"))


def _edition_ended(rule: ReminderRule, now: datetime) -> QuerySet[Registration]:
    """Who came, so many days after the last day; all who were confirmed if nobody checked in."""
    edition, today = rule.edition, today_of(rule, now)
    due_on = edition.ends_on + timedelta(days=rule.days)
    since = rule.active_since.astimezone(edition.tz).date()
    if not since <= due_on <= today <= due_on + LATE_THANKS:
        return Registration.objects.none()
    rows = REGISTRATIONS.rows().confirmed().filter(edition=edition)
    rows = rows.arrived() if rows.arrived().exists() else rows
    return _untold(rule, rows, Value(f"ended:{edition.ends_on}"))


def _own_session(rule: ReminderRule, now: datetime) -> QuerySet[Seat]:
    """Seats in sessions so many days off; a seat taken later than that needs no reminder."""
    days, today = timedelta(days=rule.days), today_of(rule, now)
    since = rule.active_since.astimezone(rule.edition.tz).date()
    starts = "session__booking__during__startswith"
    rows = Seat.objects.filter(
        Q(**{f"{starts}__gt": now, f"{starts}__gte": midnight(rule, since + days)}),
        Q(**{f"{starts}__lt": midnight(rule, today + days + timedelta(days=1))}),
        Q(**{f"{starts}__gte": F("created_at") + days}),
        status=Seat.Status.CONFIRMED,
        session__edition=rule.edition,
        session__status="confirmed",
        registration__status=Registration.Status.CONFIRMED,
    ).select_related(
        "registration__person", "registration__edition", "session__booking__room__venue"
    )
    day = TruncDate(starts, tzinfo=rule.edition.tz)
    occasion = _text(Value("session:"), "session_id", Value(":"), day)
    return _untold(rule, rows, occasion, "registration__person")


def _tomorrow(rule: ReminderRule, now: datetime) -> QuerySet[Registration]:
    """Confirmed people who have not been told of the day that is so many days off."""
    return programmes.due(rule, now)


def _untold(
    rule: ReminderRule, rows: QuerySet[Any], occasion: Any, person: str = "person"
) -> QuerySet[Any]:
    """Without what the rule reminded of, and people whom it reminded as often as it may."""
    if not rule.at_most:
        return rows.none()
    had = Reminder.objects.filter(rule=rule, person=OuterRef(person)).order_by("pk")
    rows = rows.annotate(occasion=occasion)
    return rows.exclude(Exists(had.filter(occasion=OuterRef("occasion")))).exclude(
        Exists(had[rule.at_most - 1 :])
    )


def _text(*parts: Any) -> Concat:
    """Columns and words as one text."""
    return Concat(*(Cast(part, CharField()) for part in parts), output_field=CharField())


def midnight(rule: ReminderRule, day: date) -> datetime:
    """The start of a day on the conference's clock."""
    return datetime.combine(day, time.min, tzinfo=rule.edition.tz)


CONCERNS = {
    Kind.INVITATION_UNANSWERED: Concern(
        INVITATIONS.mail, _unanswered, invitation_letter, repeats=True
    ),
    Kind.REGISTRATION_INCOMPLETE: Concern(
        REGISTRATIONS.mail, _incomplete, registration_letter, repeats=True
    ),
    Kind.INVITATION_DEADLINE: Concern(INVITATIONS.mail, _near_deadline, deadline_letter),
    Kind.EDITION_STARTS: Concern("reminder_edition", _edition_starts, edition_letter),
    Kind.EDITION_ENDED: Concern("reminder_thanks", _edition_ended, thanks_letter),
    Kind.OWN_SESSION: Concern(
        "reminder_session", _own_session, session_letter, holder="registration"
    ),
    Kind.PROGRAMME_TOMORROW: Concern(programmes.KIND, _tomorrow, registration_letter),
}


# What the office is shown ---------------------------------------------------------------


@dataclass
class Outlook:
    """When a rule reminds next, whom, and in whose country it is then a quiet hour."""

    at: datetime
    is_now: bool
    preview: Preview[Person]
    quiet: set[str]


def outlook(rule: ReminderRule, now: datetime) -> Outlook | None:
    """Who would be reminded when the rule runs next; None if nobody in the next weeks."""
    for later in range(DAYS_AHEAD + 1):
        at = now + timedelta(days=later)
        if _is_over(rule, at):
            return None
        if due_rows(rule, at).exists():
            return _outlook_at(rule, at, is_now=not later)
    return None


def _outlook_at(rule: ReminderRule, at: datetime, *, is_now: bool) -> Outlook:
    concern = CONCERNS[Kind(rule.kind)]
    people = [concern.person_of(row) for row in due_rows(rule, at)]
    hours = (rule.quiet_from, rule.quiet_until, rule.edition.tz)
    preview = sort_people(people, optional=is_optional(concern.mail))
    return Outlook(at, is_now, preview, quiet_countries(at, *hours))
