"""Exchange rates of the conference's days, as published."""

from datetime import date
from decimal import Decimal

PARITY = "People's Bank of China, central parity published on {day}"
ECB = "European Central Bank, euro reference rates of {day}"
CROSS = ECB + " (CNY per EUR over USD per EUR)"

# day of November 2017, EUR in CNY, USD in CNY by the cross of the two
_ECB = [
    (1, "7.6767", "6.6110"),
    (2, "7.7011", "6.6132"),
    (3, "7.7200", "6.6226"),
    (6, "7.6889", "6.6341"),
    (7, "7.6750", "6.6381"),
    (8, "7.6838", "6.6297"),
    (9, "7.7193", "6.6374"),
    (10, "7.7412", "6.6425"),
]
SIGNING_DAY = date(2017, 11, 8)


def recorded_rates() -> list[tuple[str, date, Decimal, str]]:
    """Currency, day, CNY per unit, source. The signing day takes the central parity,
    by which CNY 2.93 billion is USD 442.1 million as reported; other days the cross."""
    rates = []
    for number, eur, usd in _ECB:
        day = date(2017, 11, number)
        rates.append(("EUR", day, Decimal(eur), ECB.format(day=day)))
        if day == SIGNING_DAY:
            rates.append(("USD", day, Decimal("6.6277"), PARITY.format(day=day)))
        else:
            rates.append(("USD", day, Decimal(usd), CROSS.format(day=day)))
    return rates
