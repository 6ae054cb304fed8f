"""What is recorded of the editions before the system, and where it comes from.

The report of 9 November 2017 gives sums over 2009-2016 only; how they divide by
year is an estimate and marked so. No year alone is given for 2016's professionals,
so that no growth is computed from a guess.
"""

from dataclasses import dataclass
from decimal import Decimal

REPORT = "Press report of 9 November 2017 (ezhejiang.gov.cn)"
SPLIT = f"{REPORT}: the sum of 2009-2016; the division by year is estimated"
GROWTH = "Press reports of November 2017: 2017 was up {growth} on 2016; computed back from that"


@dataclass(frozen=True, slots=True)
class Total:
    """A recorded total; `metric` is a value of RecordedTotal.Metric."""

    metric: str
    first_year: int
    last_year: int
    value: Decimal
    source: str
    is_estimate: bool = False
    is_lower_bound: bool = False


def _split(metric: str, years: list[tuple[int, int, int]]) -> tuple[Total, ...]:
    return tuple(
        Total(metric, first, last, Decimal(value), SPLIT, is_estimate=True)
        for first, last, value in years
    )


PROFESSIONALS = [
    (2009, 2009, 312),
    (2010, 2010, 418),
    (2011, 2011, 486),
    (2012, 2012, 503),
    (2013, 2013, 527),
    (2014, 2014, 498),
    (2015, 2016, 979),
]
PROJECTS = [
    (2009, 2009, 38),
    (2010, 2010, 64),
    (2011, 2011, 87),
    (2012, 2012, 103),
    (2013, 2013, 128),
    (2014, 2014, 152),
    (2015, 2015, 178),
]

TOTALS: tuple[Total, ...] = (
    *_split("professionals", PROFESSIONALS),
    *_split("projects_signed", PROJECTS),
    Total(
        "projects_signed",
        2016,
        2016,
        Decimal(187),
        GROWTH.format(growth="10 %"),
        is_estimate=True,
    ),
    Total(
        "associations",
        2009,
        2016,
        Decimal(101),
        f"{REPORT}: over 100, so at least 101",
        is_lower_bound=True,
    ),
    Total(
        "volume_cny",
        2016,
        2016,
        Decimal("2030500000.00"),
        GROWTH.format(growth="44.3 %"),
        is_estimate=True,
    ),
)
