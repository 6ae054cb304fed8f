"""Days, zones and languages as a careful programme writes them, in both languages."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from events import languages

FIRST = date(2017, 11, 8)


@pytest.mark.parametrize(
    ("last", "english", "chinese"),
    [
        (date(2017, 11, 8), "8 November 2017", "2017年11月8日"),
        (date(2017, 11, 10), "8–10 November 2017", "2017年11月8日至10日"),
        (date(2017, 12, 1), "8 November – 1 December 2017", "2017年11月8日至12月1日"),
        (date(2018, 1, 2), "8 November 2017 – 2 January 2018", "2017年11月8日至2018年1月2日"),
    ],
)
def test_day_range_says_what_the_days_share_once(last, english, chinese):
    with override("en"):
        assert languages.day_range(FIRST, last) == english
    with override("zh-hans"):
        assert languages.day_range(FIRST, last) == chinese


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("zh-hans", "Chinese", "中文"),
        ("en", "English", "英语"),
        ("ja", "Japanese", "日语"),
        ("no such code", "no such code", "no such code"),
        ("", "", ""),
    ],
)
def test_language_is_named_as_it_is_spoken(code, english, chinese):
    with override("en"):
        assert languages.language_name(code) == english
    with override("zh-hans"):
        assert languages.language_name(code) == chinese


def test_zone_is_named_with_its_offset():
    noon = datetime(2017, 11, 8, 12)

    with override("en"):
        zone = languages.zone_name(noon.replace(tzinfo=ZoneInfo("Asia/Shanghai")))
    assert zone == "China Standard Time, UTC+8"
    newfoundland = timezone(timedelta(hours=-3, minutes=-30))
    assert languages.utc_offset(noon.replace(tzinfo=newfoundland)) == "UTC-3:30"
    assert languages.utc_offset(noon.replace(tzinfo=UTC)) == "UTC+0"


def test_days_are_written_in_the_reader_s_language():
    with override("en"):
        english = [languages.date_alone(FIRST), languages.weekday(FIRST), languages.full_day(FIRST)]
    with override("zh-hans"):
        chinese = [languages.date_alone(FIRST), languages.weekday(FIRST), languages.full_day(FIRST)]

    assert english == ["8 Nov", "Wed", "Wednesday, 8 November 2017"]
    assert chinese == ["11月8日", "周三", "2017年11月8日 星期三"]
