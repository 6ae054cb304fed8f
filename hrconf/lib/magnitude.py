"""Large numbers as people say them: 2.93 billion yuan, 29.3亿元."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, pgettext

# The step from which a unit is used, by language. Smaller numbers are written out.
UNITS: dict[str, list[tuple[int, str]]] = {
    "en": [(10**9, "billion"), (10**6, "million")],
    "zh": [(10**8, "亿"), (10**4, "万")],
}
SIGNIFICANT = 4


@dataclass(frozen=True)
class Amount:
    """A number for display: `number` big, `unit` beside it, `exact` for who must know."""

    number: str
    unit: str
    exact: str

    def __str__(self) -> str:
        gap = "" if self.unit and self.unit[0] > "\u2e80" else " "
        return f"{self.number}{gap}{self.unit}".strip()


def amount(value: int | Decimal, currency: str = "") -> Amount:
    """Say a value in the active language; an amount of money is shortened, a count is not."""
    if not currency:
        counted = grouped(value)
        return Amount(counted, "", counted)
    value = Decimal(value)
    exact = f"{currency} {grouped(value, 2)}"
    for step, word in UNITS["zh" if (get_language() or "").startswith("zh") else "en"]:
        if abs(value) >= step:
            unit = _joined(word, currency_name(currency))
            return Amount(grouped(_rounded(value / step)), unit, exact)
    return Amount(grouped(value, 2), currency_name(currency), exact)


def currency_name(code: str) -> str:
    """What a currency is called after a number."""
    names = {
        "CNY": pgettext("currency", "yuan"),
        "USD": pgettext("currency", "US dollars"),
        "EUR": pgettext("currency", "euros"),
    }
    return names.get(code, code)


def grouped(value: int | Decimal, places: int | None = None) -> str:
    """A number with commas every three digits: so in English, and in Chinese accounts."""
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return text.replace("-", "\N{MINUS SIGN}")


def _rounded(value: Decimal) -> Decimal:
    """Four significant digits at most, without trailing noughts."""
    places = max(0, SIGNIFICANT - 1 - value.adjusted())
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded.normalize() if rounded % 1 else rounded.quantize(Decimal(1))


def _joined(word: str, currency: str) -> str:
    return f"{word}{currency}" if word in "亿万" else f"{word} {currency}"
