import random
from decimal import Decimal

import pytest

from hrconf.lib.money import (
    NotMoney,
    currency_label,
    format_amount,
    minor_digits,
    parse_amount,
    rounded,
    short_amount,
)


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("0.005", "CNY", "0.01"),
        ("0.0049999", "CNY", "0.00"),
        ("1.015", "CNY", "1.02"),
        ("2.5", "JPY", "3"),
        ("3.5", "JPY", "4"),
        ("-0.005", "CNY", "-0.01"),
        ("9999999999999999.995", "CNY", "10000000000000000.00"),
    ],
)
def test_rounding_sends_a_half_up(amount, currency, expected):
    assert str(rounded(Decimal(amount), currency)) == expected


@pytest.mark.parametrize(
    ("amount", "currency", "english", "chinese"),
    [
        ("2930000000", "CNY", "CNY 2.93 billion", "29.3亿元"),
        ("442100000", "USD", "USD 442.1 million", "4.421亿美元"),
        ("442149999.99", "USD", "USD 442.1 million", "4.421亿美元"),
        ("442150000", "USD", "USD 442.2 million", "4.422亿美元"),
        ("999950000", "CNY", "CNY 1 billion", "10亿元"),
        ("999949999", "CNY", "CNY 999.9 million", "9.999亿元"),
        ("99999999.99", "CNY", "CNY 100 million", "1亿元"),
        ("1000000000000", "CNY", "CNY 1 trillion", "1万亿元"),
        ("123456.5", "CNY", "CNY 123,456.5", "12.35万元"),
        ("9999.99", "EUR", "EUR 9,999.99", "9,999.99欧元"),
        ("0", "CNY", "CNY 0", "0元"),
    ],
)
def test_short_amount_reads_as_the_press_writes(amount, currency, english, chinese):
    assert plain(short_amount(Decimal(amount), currency, "en")) == english
    assert short_amount(Decimal(amount), currency, "zh-hans") == chinese


def test_whole_amounts_show_every_fen():
    assert plain(format_amount(Decimal("1234567.5"), "CNY", "en")) == "CNY 1,234,567.50"
    assert format_amount(Decimal("1234567.5"), "CNY", "zh-hans") == "1,234,567.50元"
    assert plain(format_amount(Decimal("1234567.5"), "JPY", "en")) == "JPY 1,234,568"
    largest = Decimal("9999999999999999.99")
    assert plain(format_amount(largest, "USD", "en")) == "USD 9,999,999,999,999,999.99"


def test_unknown_currencies_are_shown_by_their_code():
    assert plain(format_amount(Decimal(5), "XYZ", "en")) == "XYZ 5.00"
    assert plain(format_amount(Decimal(5), "XYZ", "zh-hans")) == "5.00 XYZ"
    assert currency_label("XYZ", "en") == "XYZ"


def test_currencies_have_names_in_both_languages():
    assert currency_label("USD", "en") == "USD · US Dollar"
    assert currency_label("USD", "zh-hans") == "USD · 美元"
    assert (minor_digits("CNY"), minor_digits("JPY")) == (2, 0)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.50"),
        ("1,234,567.89", "1234567.89"),
        ("１，２３４．５", "1234.50"),
        ("￥1000", "1000"),
        ("CNY 1,000", "1000"),
        ("1000万", "10000000"),
        ("1000万元", "10000000"),
        ("29.3亿元", "2930000000"),
        ("1.2 万亿", "1200000000000"),
        ("2.93 billion", "2930000000"),
        ("442.1 million", "442100000"),
        ("0", "0"),
        ("9999999999999999.99", "9999999999999999.99"),
    ],
)
def test_parsing_reads_what_people_type(text, amount):
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "-1",
        "1,23",
        "1.234,50",
        "1.005",
        "1e9",
        "NaN",
        "Infinity",
        "1 2",
        "1..2",
        "0x10",
        "12 lakh",
        "10000000000000000",
        "99999亿亿",
        "1" * 500,
        "9" * 16 + " billion",
        "=1+1",
        "١٢٣\x00",
    ],
)
def test_parsing_refuses_what_is_unclear(text):
    with pytest.raises(NotMoney):
        parse_amount(text)


def test_parsing_reads_back_whatever_is_formatted():
    chance = random.Random(2017)
    for _ in range(2000):
        amount = Decimal(chance.randrange(10 ** chance.randint(1, 18))) / 100
        for language in ("en", "zh-hans"):
            assert parse_amount(format_amount(amount, "CNY", language)) == amount


def test_short_amounts_stay_within_their_rounding():
    chance = random.Random(2009)
    for _ in range(2000):
        amount = Decimal(chance.randrange(10 ** chance.randint(1, 15))) / 100
        for language in ("en", "zh-hans"):
            read = parse_amount(short_amount(amount, "CNY", language))
            assert abs(read - amount) <= amount * Decimal("0.0005")
