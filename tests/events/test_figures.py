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


@pytest.mark.parametrize(
    ("language", "definition"), [("en", "People checked in"), ("zh-hans", "在开幕式签到")]
)
def test_figures_page_shows_each_number_with_its_definition(client, language, definition):
    edition = make.edition()
    recorded(edition, Metric.PROFESSIONALS, 2009, 2016, 3723)

    response = client.get(f"/{language}/{edition.slug}/figures/")

    assert response.status_code == 200
    page = response.content.decode()
    assert definition in page
    assert "3,723" in page
    assert "Press report" in page
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_figures_of_an_edition_that_is_not_public_are_not_found(client):
    hidden = make.edition(is_public=False)

    assert client.get(f"/en/{hidden.slug}/figures/").status_code == 404
    assert client.get(f"/en/{hidden.slug}/figures.json").status_code == 404
