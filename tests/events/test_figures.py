"""The registry of figures: growth, recorded totals, years before."""

from decimal import Decimal

import pytest

from events.figures import Comparison, Figure, figures_of, past_figure, year_before
from events.models import RecordedTotal
from tests import make

Metric = RecordedTotal.Metric
pytestmark = pytest.mark.django_db


def recorded(edition, metric, first_year, last_year, value, **fields):
    return RecordedTotal.objects.create(
        series=edition.series,
        metric=metric,
        first_year=first_year,
        last_year=last_year,
        value=value,
        source="Press report",
        **fields,
    )


def test_growth_is_per_cent_over_the_year_before():
    before = Comparison(2016, 187, is_recorded=True)

    figure = Figure(key="k", label="", value=206, definition="", before=before)

    assert figure.growth == Decimal("10.2")


def test_growth_is_unknown_without_a_year_before():
    assert Figure(key="k", label="", value=206, definition="").growth is None
    nothing = Comparison(2016, 0, is_recorded=True)
    assert Figure(key="k", label="", value=206, definition="", before=nothing).growth is None


def test_past_figure_adds_recorded_years_of_its_own_series_only():
    edition = make.edition(year=2017)
    recorded(edition, Metric.PROFESSIONALS, 2009, 2015, 3000)
    recorded(edition, Metric.PROFESSIONALS, 2016, 2016, 723)
    recorded(edition, Metric.PROFESSIONALS, 2017, 2017, 9999)  # not past
    recorded(make.edition(), Metric.PROFESSIONALS, 2016, 2016, 5000)

    past = figures_of(edition)["past_professionals"]

    assert past.value == 3723
    assert past.is_recorded
    assert [(row.label, row.value) for row in past.breakdowns[0].rows] == [
        ("2009–2015", 3000),
        ("2016", 723),
    ]


def test_past_figure_counts_later_editions_from_their_rows():
    edition = make.edition(year=2018)
    earlier = make.edition(year=2017, series=edition.series)
    recorded(edition, Metric.PROJECTS_SIGNED, 2009, 2016, 937)
    make.agreement(edition=earlier)

    past = past_figure(edition, Metric.PROJECTS_SIGNED, key="k", label="", definition="")

    assert past.value == 938


def test_year_before_prefers_what_was_recorded():
    edition = make.edition(year=2017)
    recorded(edition, Metric.PROJECTS_SIGNED, 2016, 2016, 187)

    assert year_before(edition, Metric.PROJECTS_SIGNED).value == 187
    assert year_before(edition, Metric.VOLUME_CNY) is None
