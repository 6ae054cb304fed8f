"""Whose day it is: by country, all of its zones, on one's own clock."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from attendees.services.zones import is_quiet, quiet_countries, zones_of_countries

HOME = ZoneInfo("Asia/Shanghai")
NIGHT = time(21), time(9)


def hours_awake(country: str, night=NIGHT) -> list[int]:
    """The hours by UTC in which a country may be mailed."""
    moments = {hour: datetime(2017, 10, 12, hour, tzinfo=UTC) for hour in range(24)}
    return [h for h, at in moments.items() if country not in quiet_countries(at, *night, HOME)]


@pytest.mark.parametrize(
    ("clock", "start", "end", "quiet"),
    [
        (time(3), time(21), time(9), True),
        (time(9), time(21), time(9), False),
        (time(20, 59), time(21), time(9), False),
        (time(21), time(21), time(9), True),
        (time(13), time(12), time(14), True),
        (time(14), time(12), time(14), False),
        (time(3), time(0), time(0), False),
    ],
)
def test_quiet_hours_may_go_across_midnight(clock, start, end, quiet):
    assert is_quiet(clock, start, end) is quiet


@pytest.mark.parametrize(
    ("country", "hours"),
    [
        ("CN", range(1, 13)),  # nine to nine in Hangzhou, and in Urumqi by the same clock
        ("GB", range(8, 20)),  # in summer time
        ("HK", range(1, 13)),
        ("RU", range(7, 9)),  # day in Kaliningrad and in Kamchatka
    ],
)
def test_it_must_be_day_in_each_zone_of_a_country(country, hours):
    assert hours_awake(country) == list(hours)


def test_country_in_which_it_is_never_day_everywhere_follows_the_conference():
    assert hours_awake("RU", (time(19), time(10))) == hours_awake("CN", (time(19), time(10)))


def test_every_country_and_region_has_a_zone():
    assert len(zones_of_countries()) > 240
    assert all(zones_of_countries().values())
