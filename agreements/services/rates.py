"""Which recorded exchange rates hold on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.models import ExchangeRate
from hrconf.lib.errors import DomainError

# Rates are not published at weekends, nor in the longest holidays of the year.
MAX_AGE = timedelta(days=10)
YUAN, DOLLAR = "CNY", "USD"


class RateMissing(DomainError):
    """No rate is recorded that an amount could be converted at."""


@dataclass(frozen=True)
class DayRates:
    """What one unit of a currency, and one dollar, was worth in yuan on a day."""

    on: date
    rate: Decimal
    usd_rate: Decimal


def rates_for(currency: str, day: date) -> DayRates:
    """The rates of the last day, up to `day`, on which all that are needed were published.

    Both come from one day, so that the amounts in yuan and dollars belong together.
    Raises RateMissing, naming the currency, when that is more than MAX_AGE ago.
    """
    needed = {currency, DOLLAR} - {YUAN}
    published = _published(needed, day)
    for on in sorted(published, reverse=True):
        found = {YUAN: Decimal(1), **published[on]}
        if needed <= found.keys():
            return DayRates(on, found[currency], found[DOLLAR])
    raise _missing(needed, published, day)


def _published(needed: set[str], day: date) -> dict[date, dict[str, Decimal]]:
    rows = ExchangeRate.objects.filter(currency__in=needed, on__range=(day - MAX_AGE, day))
    by_day: dict[date, dict[str, Decimal]] = {}
    for row in rows.order_by():
        by_day.setdefault(row.on, {})[row.currency] = row.rate
    return by_day


def _missing(needed: set[str], published: dict, day: date) -> RateMissing:
    """Name what is missing on the day itself, and how far back we looked."""
    had = {currency for rates in published.values() for currency in rates}
    names = ", ".join(sorted(needed - had) or sorted(needed))
    message = _(
        "No exchange rate of %(names)s in yuan is recorded for %(day)s or the %(age)s days "
        "before. Enter it with its source, then sign."
    )
    params = {"names": names, "day": date_format(day), "age": MAX_AGE.days}
    return RateMissing(message, code="rate", params=params)
