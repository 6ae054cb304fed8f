"""Days as letters write them, and text that no mail program makes a link of."""

from datetime import date

import pytest
from django.utils import translation

from hrconf.mailing.templatetags.mail import days_in_words, unlinked, weekday_in_words

OCTOBER, NOVEMBER = date(2017, 10, 30), date(2017, 11, 10)


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        (date(2017, 11, 8), NOVEMBER, "8–10 November 2017", "2017年11月8日至10日"),
        (NOVEMBER, NOVEMBER, "10 November 2017", "2017年11月10日"),
        (OCTOBER, NOVEMBER, "30 October – 10 November 2017", "2017年10月30日至11月10日"),
        (
            date(2017, 12, 30),
            date(2018, 1, 2),
            "30 December 2017 – 2 January 2018",
            "2017年12月30日至2018年1月2日",
        ),
    ],
)
def test_days_in_words_are_those_of_the_language(first, last, english, chinese):
    with translation.override("en"):
        assert days_in_words(first, last) == english
    with translation.override("zh-hans"):
        assert days_in_words(first, last) == chinese


def test_weekday_is_named():
    with translation.override("en"):
        assert weekday_in_words(NOVEMBER) == "Friday, 10 November 2017"
    with translation.override("zh-hans"):
        assert weekday_in_words(NOVEMBER) == "2017年11月10日星期五"


@pytest.mark.parametrize("text", ["www.prize.cn", "https://prize.cn/", "me@prize.cn", "prize.cn"])
def test_unlinked_breaks_what_looks_like_a_link(text):
    broken = unlinked(text)

    assert text not in broken
    assert broken.replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["李华", "Dr. J. Smith", "A. B.", "Lab: one"])
def test_unlinked_leaves_names_alone(text):
    assert unlinked(text) == text
