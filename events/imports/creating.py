"""An edition made of what a schedule file says of its conference."""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from events.imports.files import ScheduleIn, refusal, words
from events.imports.register import slug_of, translated
from events.models import Edition, Series


@transaction.atomic
def create_edition(schedule: ScheduleIn, slug: str) -> Edition:
    """An edition of the file's title, days, zone and city, public from its first release on.

    Its series is found or made by the name without the year, so that FOSDEM 2016
    and FOSDEM 2020 are of one.
    """
    begins_at = day_begins_at(schedule)
    days = days_of(schedule, begins_at)
    starts_on = min(filter(None, [schedule.starts_on, *days]), default=None)
    ends_on = max(filter(None, [schedule.ends_on, *days]), default=None)
    if starts_on is None or ends_on is None:
        raise refusal(_("The file names no day: an edition cannot be made of it."))
    name = schedule.title or schedule.acronym or slug
    edition = Edition(
        slug=slug,
        year=starts_on.year,
        time_zone=schedule.zone.key,
        starts_on=starts_on,
        ends_on=ends_on,
        day_begins_at=begins_at,
        is_public=True,
        **translated("name", words(name)),
        **translated("city", words(schedule.city)),
    )
    edition.series = series_of(name, slug, edition.year)
    try:
        edition.full_clean(exclude=["city", "city_en", "city_zh_hans", "name_en", "name_zh_hans"])
    except ValidationError as error:
        raise refusal(" ".join(error.messages)) from error
    edition.save()
    return edition


def series_of(name: str, slug: str, year: int) -> Series:
    plain = re.sub(r"[\s-]*\b(19|20)\d\d\b[\s-]*", " ", name).strip() or name
    wanted = slug_of(plain)[:50] or slug
    series, _is_new = Series.objects.get_or_create(
        slug=wanted, defaults={"first_year": year, **translated("name", words(plain))}
    )
    return series


def days_of(schedule: ScheduleIn, begins_at: int) -> set[date]:
    """The days on which something is, whatever day the file lists it under."""
    starts = (session.start for session in schedule.sessions if session.start)
    local = (start.astimezone(schedule.zone).replace(tzinfo=None) for start in starts)
    return {(start - timedelta(hours=begins_at)).date() for start in local}


def day_begins_at(schedule: ScheduleIn) -> int:
    """The hour that parts the file's days best: after its nights, before its mornings."""
    late: list[int] = []
    early: list[int] = []
    for session in schedule.sessions:
        if session.start and session.day:
            local = session.start.astimezone(schedule.zone)
            if local.date() == session.day + timedelta(days=1):
                late.append(local.hour)
            elif local.date() == session.day:
                early.append(local.hour)
    if not late:
        return 0

    def misplaced(hour: int) -> int:
        return sum(one >= hour for one in late) + sum(one < hour for one in early)

    return min(range(13), key=lambda hour: (misplaced(hour), abs(hour - 4)))
