"""Reminders before a call closes: to who has begun an application and not sent it."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from attendees.services.letters import letter_to
from attendees.services.previews import mail_trouble
from attendees.services.zones import awake
from hrconf.mailing.compose import Letter
from hrconf.mailing.models import Message
from hrconf.mailing.services import queue_letters
from projects.models import Application, Call, Project
from projects.services.applying import applications, own_link
from projects.services.calls import closing

KIND = "application_reminder"
CHUNK = 200  # rows locked, letters written and committed at a time
QUIET = (time(21), time(9))  # nobody is mailed in these hours of their own day


def remind_applicants(now: datetime | None = None) -> int:
    """Remind whoever is to be reminded now; return how many. Twice adds nothing."""
    now = now or timezone.now()
    calls = Call.objects.exclude(remind_days=[]).select_related("edition")
    return sum(_remind_of(call, now) for call in calls)


def _remind_of(call: Call, now: datetime) -> int:
    """The nearest reminder alone: who was not told for a week is not told twice at once."""
    return sum(
        _remind(due_applications(call, days, now), call, days, now)
        for days in sorted(set(call.remind_days))
    )


def due_applications(call: Call, days: int, now: datetime) -> QuerySet[Application]:
    """Begun, not sent, between this reminder and the next one; begun before this one was due."""
    nearer = max((one for one in call.remind_days if one < days), default=0)
    span = (now + timedelta(days=nearer), now + timedelta(days=days))
    return (
        applications()
        .filter(call=call, submitted_at=None)
        .exclude(project__status__in=[Project.Status.WITHDRAWN, Project.Status.DECLINED])
        .annotate(closes=closing())
        .filter(closes__gt=span[0], closes__lte=span[1])
        .filter(created_at__lte=F("closes") - timedelta(days=days))
    )


def _remind(rows: QuerySet[Application], call: Call, days: int, now: datetime) -> int:
    day = awake(now, *QUIET, call.edition.tz, person="project__holder")
    sent, last = 0, 0
    while True:
        with transaction.atomic():
            held = rows.filter(day, ~Q(project__holder__email=""), pk__gt=last).order_by("pk")
            held = held.select_for_update(of=("self",), no_key=True, skip_locked=True)
            chunk = list(held[:CHUNK])
            sent += len(queue_letters(KIND, _letters(chunk, days)))
        if not chunk:
            return sent
        last = chunk[-1].pk


def _letters(chunk: list[Application], days: int) -> list[Letter]:
    """The letters that are not written yet."""
    told = {_occasion(one, days): one for one in chunk if not _trouble(one)}
    known = Message.objects.filter(kind=KIND, occasion__in=list(told))
    for occasion in known.values_list("occasion", flat=True):
        told.pop(occasion)
    return [_letter(one, occasion) for occasion, one in told.items()]


def _trouble(application: Application) -> str:
    holder = application.project.holder
    return mail_trouble(holder) if holder else "no_holder"


def _occasion(application: Application, days: int) -> str:
    """Names the deadline: one that moves is told anew."""
    return f"application:{application.pk}:closes:{_closes(application):%Y-%m-%dT%H:%M}:{days}"


def _closes(application: Application) -> datetime:
    return application.closes  # type: ignore[attr-defined, no-any-return]


def _letter(application: Application, occasion: str) -> Letter:
    to = application.project.holder or application.applicant
    context = {
        "project": application.project,
        "own_link": own_link(application, to.preferred_language),
        "closes_at": _closes(application),
    }
    return letter_to(to, application.edition, occasion=occasion, context=context)
