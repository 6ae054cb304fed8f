"""Every list of the office costs the same queries at one row and at twenty."""

import pytest
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrconf.office.admin import OfficeAdmin
from tests import make
from tests.office.rows import OURS, ROWS

pytestmark = pytest.mark.django_db
LISTED = sorted(
    model._meta.label_lower for model in admin.site._registry if model._meta.label_lower in ROWS
)
SEARCHED = sorted(
    model._meta.label_lower
    for model, office in admin.site._registry.items()
    if model._meta.label_lower in ROWS and office.search_fields
)


def queries_of(client, url: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(url)
    assert response.status_code == 200, response
    return [query["sql"] for query in seen.captured_queries]


@pytest.fixture
def office(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


def address(label: str, page: str, *args) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


def test_every_model_of_our_storeys_has_a_row_to_try():
    registered = {
        model._meta.label_lower for model in admin.site._registry if model._meta.app_label in OURS
    }

    assert registered - set(ROWS) == set()


@pytest.mark.parametrize("label", LISTED)
def test_list_costs_the_same_at_one_row_and_at_twenty(office, label):
    ROWS[label]()
    queries_of(office, address(label, "changelist"))  # what is cached once stays out
    at_one = queries_of(office, address(label, "changelist"))
    for _row in range(19):
        ROWS[label]()

    at_twenty = queries_of(office, address(label, "changelist"))

    assert len(at_twenty) == len(at_one), at_twenty


@pytest.mark.parametrize("label", SEARCHED)
def test_autocomplete_and_search_cost_the_same_at_any_length(office, label):
    list_url = address(label, "changelist") + "?q=e"
    ROWS[label]()
    queries_of(office, list_url)
    at_one = queries_of(office, list_url)
    for _row in range(19):
        ROWS[label]()

    assert len(queries_of(office, list_url)) == len(at_one)


@pytest.mark.parametrize("label", LISTED)
def test_change_page_costs_the_same_among_twenty_rows(office, label):
    row = ROWS[label]()
    url = address(label, "change", row.pk)
    queries_of(office, url)
    at_one = queries_of(office, url)
    for _row in range(19):
        ROWS[label]()

    at_twenty = queries_of(office, url)

    assert len(at_twenty) == len(at_one), at_twenty


@pytest.mark.parametrize("label", LISTED)
def test_add_page_costs_the_same_among_twenty_rows(office, label):
    url = address(label, "add")
    if office.get(url).status_code == 403:
        pytest.skip("Services write these rows.")
    ROWS[label]()
    at_one = queries_of(office, url)
    for _row in range(19):
        ROWS[label]()

    assert len(queries_of(office, url)) == len(at_one)


def test_show_all_never_loads_a_long_list(office, monkeypatch):
    """Three rows fit on a page and four may be shown at once: of five, three are."""
    monkeypatch.setattr(OfficeAdmin, "list_per_page", 3)
    monkeypatch.setattr(OfficeAdmin, "list_max_show_all", 4)
    for _row in range(5):
        ROWS["attendees.person"]()

    page = office.get(address("attendees.person", "changelist"), {"all": ""})

    assert len(page.context["cl"].result_list) == 3
    assert b"Show all" not in page.content


def test_empty_list_says_whether_anything_was_looked_for(office):
    url = address("attendees.person", "changelist")

    assert "Nothing is here yet" in office.get(url).content.decode()
    ROWS["attendees.person"]()
    looked_for = office.get(url, {"q": "nobody-of-this-name"}).content.decode()
    assert "No row fits the search and the filters together." in looked_for
    assert "Reset filters" in looked_for


def test_numbers_stand_under_the_list_with_their_thousands(office, monkeypatch):
    monkeypatch.setattr(ChangeList, "get_results", with_count(ChangeList.get_results, 3777))
    ROWS["attendees.person"]()

    page = office.get(address("attendees.person", "changelist")).content.decode()

    assert "3,777 people" in page


def with_count(get_results, count: int):
    """The rows of a list, which claims to have more."""

    def counted(self, request) -> None:
        get_results(self, request)
        self.result_count = count

    return counted
