"""Money: rounded on display only, written as each language writes it, and read back."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from babel.numbers import (
    format_decimal,
    get_currency_name,
    get_currency_precision,
    is_currency,
)
from django.utils.translation import gettext_lazy as _

from hrconf.lib.errors import DomainError

MAX_DIGITS = 16  # before the decimal point: what our columns hold
NBSP = "\u00a0"
ENGLISH_STEPS = [(Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion")]
ENGLISH_STEPS += [(Decimal(10) ** 6, "million")]
CHINESE_STEPS = [(Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")]
# What may stand behind a number, and what it is worth.
WORDS = {
    "": Decimal(1),
    "元": Decimal(1),
    "thousand": Decimal(1000),
    "k": Decimal(1000),
    "万": Decimal(10) ** 4,
    "萬": Decimal(10) ** 4,
    "million": Decimal(10) ** 6,
    "m": Decimal(10) ** 6,
    "亿": Decimal(10) ** 8,
    "億": Decimal(10) ** 8,
    "billion": Decimal(10) ** 9,
    "bn": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "万亿": Decimal(10) ** 12,
}
NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")


class NotMoney(DomainError):
    """The text is no amount of money."""


def minor_digits(currency: str) -> int:
    """How many decimals the currency's smallest unit has: 2 for CNY, 0 for JPY."""
    return get_currency_precision(currency)


def rounded(amount: Decimal, currency: str = "CNY") -> Decimal:
    """The amount to the currency's smallest unit, a half going up (away from nought)."""
    return amount.quantize(Decimal(1).scaleb(-minor_digits(currency)), ROUND_HALF_UP)


def format_amount(amount: Decimal, currency: str, language: str) -> str:
    """The whole amount: “CNY 10,000,000.00” in English, “10,000,000.00元” in Chinese."""
    exact = rounded(amount, currency)
    number = format_decimal(
        exact, format=_pattern(minor_digits(currency)), locale="en", decimal_quantization=False
    )
    return _with_unit(number, currency, language)


def short_amount(amount: Decimal, currency: str, language: str, digits: int = 4) -> str:
    """The amount as the press writes it: “CNY 2.93 billion”, “29.3亿元”.

    `digits` are the significant ones kept of millions or 万; noughts at the end are
    not shown. Smaller amounts stay whole.
    """
    steps = CHINESE_STEPS if is_chinese(language) else ENGLISH_STEPS
    is_short = abs(amount) < steps[-1][0]
    kept = Decimal(0) if is_short else _significant(amount, digits)
    for worth, word in steps:
        if abs(kept) >= worth:
            number = _plain(_significant(amount / worth, digits))
            joined = f"{number}{word}" if is_chinese(language) else f"{number}{NBSP}{word}"
            return _with_unit(joined, currency, language)
    return _with_unit(_plain(rounded(amount, currency)), currency, language)


def currency_label(currency: str, language: str) -> str:
    """The currency's name for a list of choices: “USD · US Dollar”, “USD · 美元”."""
    if not is_currency(currency):
        return currency
    locale = "zh_Hans" if is_chinese(language) else "en"
    return f"{currency} · {get_currency_name(currency, locale=locale)}"


def is_chinese(language: str) -> bool:
    return language.lower().startswith("zh")


def parse_amount(text: str) -> Decimal:
    """An amount that someone typed: “1,234.50”, “1000万”, “2.93 billion”, “￥１２３”.

    It is not negative and has no more than two decimals and 16 digits before them.
    Grouping in threes or none; anything else is refused, never guessed.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = re.sub(r"^(cny|rmb|¥|人民币)\s*", "", plain)
    found = NUMBER.match(plain)
    worth = WORDS.get(re.sub(r"\s|元$", "", plain[found.end() :])) if found else None
    if found is None or worth is None:
        raise NotMoney(_("“%(text)s” is no amount of money."), params={"text": text[:40]})
    return _fitting(Decimal(found.group().replace(",", "")), worth, text)


def _fitting(number: Decimal, worth: Decimal, text: str) -> Decimal:
    """The product, when a column of ours can hold it exactly."""
    try:
        amount = (number * worth).quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = None
    if amount is None or amount != number * worth or amount.adjusted() >= MAX_DIGITS:
        message = _("“%(text)s” has too many digits.")
        raise NotMoney(message, params={"text": text[:40]})
    return amount


def _significant(amount: Decimal, digits: int) -> Decimal:
    if not amount:
        return Decimal(0)
    last = amount.adjusted() - digits + 1
    return amount.quantize(Decimal(1).scaleb(last), ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    """The number with groups of three and without noughts at the end."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _with_unit(number: str, currency: str, language: str) -> str:
    if not is_chinese(language):
        return f"{currency}{NBSP}{number}"
    return f"{number}{_chinese_unit(currency)}"


def _chinese_unit(currency: str) -> str:
    if currency == "CNY":
        return "元"
    name = get_currency_name(currency, locale="zh_Hans") if is_currency(currency) else currency
    return name if name != currency else f"{NBSP}{currency}"
