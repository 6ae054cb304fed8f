"""What time it is for people far away: nobody is mailed in the night of their own day.

The rule: a person's day is that of their country or region. Where a country has
several zones, it must be day in each of them; where that never happens, and for
people of no known country, the conference's clock counts. China keeps one time.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from django.db.models import Q

# Islands and deserts whose clock is not the one by which their country is mailed.
ONE_TIME = {
    "CN": ["Asia/Shanghai"],
    "ES": ["Europe/Madrid"],
    "AU": [
        "Australia/Perth",
        "Australia/Adelaide",
        "Australia/Sydney",
    ],
}
HALF_HOURS = [timedelta(minutes=30 * n) for n in range(48)]


@cache
def zones_of_countries() -> Mapping[str, list[ZoneInfo]]:
    """The zones of each country and region (CLDR, by way of babel)."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(available_timezones() & get_global("zone_territories").keys()):
        found[get_global("zone_territories")[name]].append(name)
    return {code: [ZoneInfo(one) for one in names] for code, names in {**found, **ONE_TIME}.items()}


def is_quiet(clock: time, start: time, end: time) -> bool:
    """Whether a time of day is between two others, perhaps across midnight."""
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def quiet_countries(now: datetime, start: time, end: time, home: ZoneInfo) -> set[str]:
    """The countries and regions where somewhere it is a quiet hour now."""
    at_home = _offsets([home], now)
    quiet = set()
    for code, zones in zones_of_countries().items():
        offsets = _offsets(zones, now)
        if not any(_all_awake(offsets, now + later, start, end) for later in HALF_HOURS):
            offsets = at_home
        if not _all_awake(offsets, now, start, end):
            quiet.add(code)
    return quiet


def awake(now: datetime, start: time, end: time, home: ZoneInfo, *, person: str) -> Q:
    """The rows whose person (a path such as "person") may be mailed now."""
    quiet = quiet_countries(now, start, end, home)
    known = set(zones_of_countries())
    if _all_awake(_offsets([home], now), now, start, end):
        return ~Q(**{f"{person}__country__in": sorted(quiet)})
    return Q(**{f"{person}__country__in": sorted(known - quiet)})


def _offsets(zones: list[ZoneInfo], now: datetime) -> set[timedelta]:
    return {now.astimezone(zone).utcoffset() or timedelta() for zone in zones}


def _all_awake(offsets: set[timedelta], now: datetime, start: time, end: time) -> bool:
    clocks = [now.astimezone(timezone(offset)).time() for offset in offsets]
    return not any(is_quiet(clock, start, end) for clock in clocks)
