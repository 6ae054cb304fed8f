"""Filters for the text of mails."""

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_interval
from django import template
from django.utils.translation import get_language

register = template.Library()

# Between the parts of what a mail program would make a link of, a mark that is
# not seen and that no link survives.
WORD_JOINER = "\u2060"
LINKISH = re.compile(r"(?<=\w)([.@])(?=\w)|(:)(?=//)")


@register.filter(is_safe=True)
def unlinked(text: object) -> str:
    """Text of a user that no mail program turns into a link: names are no addresses."""
    return LINKISH.sub(lambda found: WORD_JOINER + found.group(0) + WORD_JOINER, str(text or ""))


@register.filter
def day_in_words(day: date) -> str:
    """A day as a letter writes it: 8 November 2017, 2017年11月8日."""
    return format_date(day, "long", locale=_locale())


@register.filter
def weekday_in_words(day: date) -> str:
    """The same with the day of the week."""
    return format_date(day, "full", locale=_locale())


@register.simple_tag
def days_in_words(first: date, last: date) -> str:
    """A stretch of days: 8–10 November 2017, 2017年11月8日至10日."""
    return day_in_words(first) if first == last else _interval(first, last, _locale())


@lru_cache(maxsize=256)
def _interval(first: date, last: date, locale: str) -> str:
    """The same few days stand in thousands of letters."""
    if locale.startswith("zh"):
        return format_interval(first, last, "yMMMMd", locale=locale)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{format_date(last, 'long', locale=locale)}"
    start = "d MMMM" if first.year == last.year else "d MMMM y"
    return (
        f"{format_date(first, start, locale=locale)} – {format_date(last, 'long', locale=locale)}"
    )


def _locale() -> str:
    return "zh_Hans_CN" if (get_language() or "").startswith("zh") else "en_GB"
