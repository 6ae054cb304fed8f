"""What time it is for an invitation: days are counted where the conference is held."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from attendees.models import Invitation
from events.models import Edition

Status = Invitation.Status
# In the demo a guest of the past answers as if it were so long before the first day.
DEMO_DAYS = timedelta(days=30)


def is_past(edition: Edition, now: datetime | None = None) -> bool:
    """Whether the edition's last day is past, on its own clock."""
    return (now or timezone.now()).astimezone(edition.tz).date() > edition.ends_on


def is_over(edition: Edition) -> bool:
    """The same for who answers: the demo's conference of the past stays answerable."""
    return is_past(edition) and not settings.DEMO


def today_at(edition: Edition) -> date:
    """The day it is where the edition is held."""
    if settings.DEMO and is_past(edition):
        return edition.starts_on - DEMO_DAYS
    return timezone.now().astimezone(edition.tz).date()


def is_late(invitation: Invitation) -> bool:
    """Whether the day to answer by is past."""
    return invitation.answer_by is not None and today_at(invitation.edition) > invitation.answer_by


def is_missed(invitation: Invitation) -> bool:
    """The same of an edition that is still to come: a letter would ask for the impossible."""
    return is_late(invitation) and not is_past(invitation.edition)


def last_day_to_decide(edition: Edition) -> date:
    """The last day that a tentative guest may name: before the conference begins."""
    eve = edition.starts_on - timedelta(days=1)
    return eve if eve >= today_at(edition) else edition.ends_on
