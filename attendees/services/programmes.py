"""Tomorrow's programme: one mail to each confirmed person on the eve of a day."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from attendees.audiences import people_of
from attendees.models import Registration, Reminder, ReminderRule, Seat
from attendees.services.letters import letter_to, registration_link
from attendees.services.previews import mail_trouble
from attendees.services.zones import is_quiet
from events.models import Edition, Session
from hrconf.lib.links import link
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Batch, Message
from hrconf.mailing.services import queue_letters

KIND = "reminder_programme"
CHUNK = 500
# What everyone is asked to, seat or no seat.
FOR_ALL = [Session.Kind.OPENING, Session.Kind.CEREMONY]


def remind(rule: ReminderRule, now: datetime) -> int:
    """Mail the programme of the day that is `rule.days` off; return how many mails.

    It is for who is there: the quiet hours are those of the conference's clock.
    """
    if is_quiet(now.astimezone(rule.edition.tz).time(), rule.quiet_from, rule.quiet_until):
        return 0
    day, sent, last, batch = day_of(rule, now), 0, 0, None
    while True:
        with transaction.atomic():
            chunk = list(_locked(due(rule, now).filter(pk__gt=last))[:CHUNK])
            if not chunk:
                return sent
            batch = batch or new_batch(rule.edition, day)
            sent += tell(chunk, rule.edition, day, batch)
            write_down(rule, chunk, day, now)
        last = chunk[-1].pk


def day_of(rule: ReminderRule, now: datetime) -> date:
    """The day of which the rule tells now, on the conference's calendar."""
    return now.astimezone(rule.edition.tz).date() + timedelta(days=rule.days)


def due(rule: ReminderRule, now: datetime) -> QuerySet[Registration]:
    """Who is told now of the programme of that day."""
    day, edition = day_of(rule, now), rule.edition
    if not edition.starts_on <= day <= edition.ends_on:
        return Registration.objects.none()
    if not rule.at_most:
        return Registration.objects.none()
    had = Reminder.objects.filter(rule=rule, person=OuterRef("person")).order_by("pk")
    rows = untold(edition, day).exclude(Exists(had[rule.at_most - 1 :]))
    if rule.audience:
        rows = rows.filter(person__in=people_of(rule.audience).order_by())
    return rows


def write_down(
    rule: ReminderRule, registrations: list[Registration], day: date, now: datetime
) -> None:
    """Keep whom the rule told of the day: it tells each at most so many times."""
    Reminder.objects.bulk_create(
        [
            Reminder(rule=rule, person=one.person, occasion=f"programme:{day}", sent_at=now)
            for one in registrations
            if not mail_trouble(one.person)
        ],
        ignore_conflicts=True,
    )


def _locked(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    return rows.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")


def untold(edition: Edition, day: date) -> QuerySet[Registration]:
    """Confirmed people who have not been told of the day."""
    told = Message.objects.filter(
        kind=KIND,
        occasion=occasion_of(edition, day),
        recipient=Concat(Value("person:"), Cast(OuterRef("person_id"), CharField())),
    )
    return (
        edition.registrations.confirmed()
        .filter(~Exists(told))
        .exclude(person__email="")
        .select_related("person", "edition", "category")
    )


def tell(registrations: list[Registration], edition: Edition, day: date, batch: Batch) -> int:
    """Write the mails of some registrations: a constant number of queries."""
    sessions = sessions_of(edition, day)
    seats = seats_of(registrations, sessions)
    common = [pk for pk, session in sessions.items() if session.kind in FOR_ALL]
    letters = []
    for registration in registrations:
        if not mail_trouble(registration.person):
            mine = [s for pk, s in sessions.items() if pk in common or pk in seats[registration.pk]]
            letters.append(letter_for(registration, day, mine))
    return len(queue_letters(KIND, letters, batch=batch))


def sessions_of(edition: Edition, day: date) -> dict[int, Session]:
    """The confirmed sessions that start on a day of the edition's calendar, in order."""
    start = datetime.combine(day, time.min, tzinfo=edition.tz)
    sessions = edition.sessions.filter(
        Q(booking__during__startswith__gte=start),
        Q(booking__during__startswith__lt=start + timedelta(days=1)),
        status=Session.Status.CONFIRMED,
    )
    return {session.pk: session for session in sessions.with_times().in_order()}


def seats_of(
    registrations: list[Registration], sessions: dict[int, Session]
) -> dict[int, set[int]]:
    """The sessions in which each registration has a seat, by their keys."""
    seats = Seat.objects.filter(
        registration__in=registrations, session__in=sessions, status=Seat.Status.CONFIRMED
    )
    found: dict[int, set[int]] = defaultdict(set)
    for registration_id, session_id in seats.values_list("registration_id", "session_id"):
        found[registration_id].add(session_id)
    return found


def letter_for(registration: Registration, day: date, sessions: list[Session]) -> Letter:
    """The letter on the eve: where the person is expected, and when."""
    language = registration.person.preferred_language
    edition = registration.edition
    return letter_to(
        registration.person,
        edition,
        occasion=occasion_of(edition, day),
        context={
            "registration": registration,
            "day": day,
            "sessions": [with_local_time(session, edition) for session in sessions],
            "registration_link": registration_link(registration, language),
            "schedule_link": link("events:schedule", language=language, edition=edition.slug),
        },
    )


def with_local_time(session: Session, edition: Edition) -> dict[str, object]:
    """A session as the letter lists it, on the clock of the edition."""
    during = session.booking.during
    return {
        "session": session,
        "starts": f"{during.lower.astimezone(edition.tz):%H:%M}",
        "ends": f"{during.upper.astimezone(edition.tz):%H:%M}",
        "room": session.booking.room,
    }


def occasion_of(edition: Edition, day: date) -> str:
    return f"programme:{edition.pk}:{day.isoformat()}"


def new_batch(edition: Edition, day: date) -> Batch:
    title = _("Programme of %(day)s") % {"day": day.isoformat()}
    return Batch.objects.create(kind=KIND, title=title)
