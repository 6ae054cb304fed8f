"""Times of other programs: lengths, zones, and days that end after midnight."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

DAY_CHANGE = 6  # an hour at which nobody doubts that it is morning
LONGEST = 30 * 24 * 60  # minutes
WINDOWS = {"China Standard Time": "Asia/Shanghai", "W. Europe Standard Time": "Europe/Berlin"}
ISO_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE)


def minutes_of(text: str | None, *, has_days: bool = False) -> int | None:
    """ "0:25", "01:30:00", "25", "PT1H30M" in minutes; None where it says nothing.

    Three numbers are hours, minutes and seconds, or with `has_days` days, hours
    and minutes, as pretalx and we write what lasts over a day.
    """
    text = (text or "").strip()
    if found := ISO_DURATION.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return _sensible(((days * 24 + hours) * 60 + minutes) + seconds // 60)
    if not re.fullmatch(r"\d+(:\d+){0,2}", text):
        return None
    parts = [int(part) for part in text.split(":")]
    if len(parts) == 3 and has_days:
        return _sensible((parts[0] * 24 + parts[1]) * 60 + parts[2])
    return _sensible(parts[0] * 60 + parts[1] if len(parts) > 1 else parts[0])


def _sensible(minutes: int) -> int | None:
    return minutes if 1 <= minutes <= LONGEST else None


def moment_of(text: str | None) -> datetime | None:
    """An instant in ISO 8601, aware only where it names its offset."""
    try:
        return datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None


def day_of(text: str | None) -> date | None:
    moment = moment_of(text)
    return moment.date() if moment else None


def clock_of(text: str | None) -> time | None:
    """ "9:05" or "09:05:00"; hours past 24 are of the next day and have no clock."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", (text or "").strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def on_day(day: date, clock: time, change: time | None, zone: ZoneInfo) -> datetime:
    """The instant of a clock time that is listed under a day.

    What is before the change of days is past midnight: of the calendar's next day.
    """
    border = min(change or time(DAY_CHANGE), time(DAY_CHANGE)) if change else time(4)
    actual = day + timedelta(days=1) if clock < border else day
    return datetime.combine(actual, clock, tzinfo=zone)


def zone_named(name: str | None) -> ZoneInfo | None:
    """A zone by its IANA name, or by one that Outlook gives it."""
    name = WINDOWS.get((name or "").strip(), (name or "").strip())
    return ZoneInfo(name) if name in available_timezones() else None


@lru_cache(maxsize=64)
def zone_of_city(city: str) -> ZoneInfo | None:
    """The zone that is named after a city, such as Brussels; None if there is none or several."""
    wanted = city.strip().casefold().replace(" ", "_")
    found = [name for name in available_timezones() if name.rpartition("/")[2].casefold() == wanted]
    return ZoneInfo(found[0]) if wanted and len(found) == 1 and "/" in found[0] else None


def zone_of_offsets(moments: Iterable[datetime]) -> ZoneInfo | None:
    """A zone for times that only name their offset from UTC: ours if it fits, else a bare one."""
    aware = [moment for moment in moments if moment.utcoffset() is not None]
    offsets = {moment.utcoffset() for moment in aware}
    if len(offsets) != 1:
        return None
    [offset] = offsets
    ours = ZoneInfo(settings.TIME_ZONE)
    if all(moment.astimezone(ours).utcoffset() == offset for moment in aware):
        return ours
    hours, rest = divmod(int(offset.total_seconds()), 3600) if offset else (0, 0)
    return None if rest else ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else "UTC")
