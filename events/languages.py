"""Names of spoken languages, of days and of time zones in the reader's language."""

from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, get_timezone_name
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# British English and Chinese as an official programme writes them.
LOCALES = {"en": "en_GB", "zh-hans": "zh_Hans_CN"}
DAYS = {"en": "EEE d MMM", "zh-hans": "M月d日 EEE"}
DATES = {"en": "d MMM", "zh-hans": "M月d日"}
LONG_DAYS = {"en": "EEEE d MMMM", "zh-hans": "M月d日 EEEE"}
FULL_DAYS = {"en": "EEEE, d MMMM y", "zh-hans": "y年M月d日 EEEE"}


def reader() -> str:
    language = get_language() or "en"
    return language if language in LOCALES else "en"


def language_name(code: str) -> str:
    """“Chinese” for zh-hans: what is spoken has no script."""
    return _language_name(code, reader())


@lru_cache(maxsize=256)
def _language_name(code: str, language: str) -> str:
    try:
        name = Locale.parse(code, sep="-").get_language_name(LOCALES[language])
    except (UnknownLocaleError, ValueError):
        name = None
    return name or code


def short_day(day: date) -> str:
    return format_date(day, DAYS[reader()], locale=LOCALES[reader()])


def date_alone(day: date) -> str:
    """“8 Nov”, “11月8日”."""
    return format_date(day, DATES[reader()], locale=LOCALES[reader()])


def weekday(day: date) -> str:
    """“Wed”, “周三”."""
    return format_date(day, "EEE", locale=LOCALES[reader()])


def long_day(day: date) -> str:
    return format_date(day, LONG_DAYS[reader()], locale=LOCALES[reader()])


def full_day(day: date) -> str:
    return format_date(day, FULL_DAYS[reader()], locale=LOCALES[reader()])


def day_range(first: date, last: date) -> str:
    """“8–10 November 2017”, “2017年11月8日至10日”."""
    locale = LOCALES[reader()]
    if reader() != "en":
        return format_interval(first, last, "yMMMd", locale=locale)
    end = format_date(last, "d MMMM y", locale=locale)
    if first == last:
        return end
    if first.year != last.year:
        return f"{format_date(first, 'd MMMM y', locale=locale)} – {end}"
    if first.month != last.month:
        return f"{format_date(first, 'd MMMM', locale=locale)} – {end}"
    return f"{first.day}–{end}"


def zone_name(moment: datetime) -> str:
    """“China Standard Time, UTC+8” for an aware moment in the conference's zone."""
    name = get_timezone_name(moment, locale=LOCALES[reader()].split("_")[0])
    return _("%(zone)s, %(offset)s") % {"zone": name, "offset": utc_offset(moment)}


def utc_offset(moment: datetime) -> str:
    """“UTC+8”, “UTC-3:30”."""
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
