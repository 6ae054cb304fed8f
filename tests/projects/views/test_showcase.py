"""The directory of projects, a project's page, and the holder's own page."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import ShowcasePage
from projects.services.showcase import page_token
from tests import make
from tests.projects import make_showcase

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make.edition(slug="2117")


def shown(client, edition, query: str = "", language: str = "en") -> list[str]:
    text = client.get(f"/{language}/{edition.slug}/projects/{query}").content.decode()
    return re.findall(r'<h3><a href="[^"]*"[^>]*>([^<]*)</a>', text)


def three(edition) -> None:
    biology, machines = make.sector(name_en="Biomedicine"), make.sector(name_en="Machines")
    part = make.sector(parent=biology, slug="devices")
    for fields in [
        {"title_en": "Bone screw", "title_zh_hans": "骨钉", "sector": part, "country": "DE"},
        {"title_en": "Gene map", "title_zh_hans": "基因图谱", "sector": biology, "country": "CN"},
        {"title_en": "Robot arm", "title_zh_hans": "机械臂", "sector": machines, "country": "CN"},
    ]:
        make_showcase.page(edition=edition, is_approved=True, stage="pilot", **fields)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Bone screw", "Gene map", "Robot arm"]),
        ("?country=CN", ["Gene map", "Robot arm"]),
        ("?country=CN&country=DE&stage=pilot", ["Bone screw", "Gene map", "Robot arm"]),
        ("?country=XX&stage=nonsense&page=99", ["Bone screw", "Gene map", "Robot arm"]),
        ("?q=robot", ["Robot arm"]),
        ("?q=jixiebi", ["Robot arm"]),
        ("?q=xie+bi", ["Robot arm"]),
        ("?q=机械", ["Robot arm"]),
        ("?q=gene&country=DE", []),
        ("?q=%00%27%3C", ["Bone screw", "Gene map", "Robot arm"]),
    ],
)
def test_directory_finds_by_facets_and_words_in_both_languages(client, edition, query, titles):
    three(edition)

    assert shown(client, edition, query) == titles


def test_facets_count_what_they_would_leave(client, edition):
    three(edition)

    context = client.get(f"/en/{edition.slug}/projects/?country=CN").context

    counts = {f.name: {o.label: o.count for o in f.options} for f in context["facets"]}
    assert counts["sector"] == {"Biomedicine": 1, "Machines": 1}
    assert counts["country"] == {"China": 2, "Germany": 1}
    assert counts["stage"] == {"Pilot": 2}


def test_facet_of_a_sector_holds_its_sub_sectors(client, edition):
    three(edition)
    sector = next(
        one
        for facet in client.get(f"/en/{edition.slug}/projects/").context["facets"]
        for one in facet.options
        if one.label == "Biomedicine"
    )

    assert shown(client, edition, sector.url) == ["Bone screw", "Gene map"]


def test_directory_is_the_same_for_everyone_and_sets_no_cookie(client, edition, settings):
    three(edition)
    url = f"/en/{edition.slug}/projects/"
    client.force_login(make.organizer())
    known = client.get(url)
    client.logout()

    response = client.get(url)
    again = client.get(url, headers={"if-none-match": response["ETag"]})

    assert response.content == known.content
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert again.status_code == 304


@pytest.mark.parametrize("pages", [1, 40])
def test_directory_costs_the_same_queries_however_many(client, edition, pages):
    sector = make.sector()
    for _page in range(pages):
        make_showcase.page(edition=edition, is_approved=True, sector=sector)
    with CaptureQueriesContext(connection) as first:
        client.get(f"/en/{edition.slug}/projects/")
    with CaptureQueriesContext(connection) as later:
        client.get(f"/en/{edition.slug}/projects/?q=project")

    # The edition, its token and the sectors; the first time also pages and sectors.
    assert (len(first), len(later)) == (6, 4)


def test_changed_approval_changes_the_page_at_once(client, edition):
    page = make_showcase.page(edition=edition, is_approved=True, title_en="Old")
    before = shown(client, edition)
    client.post(own(page), {"title_en": "New", "approve": "1"})

    assert (before, shown(client, edition)) == (["Old"], ["New"])


def test_page_describes_itself_to_search_engines_and_escapes(client, edition):
    title = "</script><b>Lidar"
    page = make_showcase.page(edition=edition, is_approved=True, title_en=title)

    text = client.get(f"/en/{edition.slug}/projects/{page.project.reference}/").content.decode()

    data = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.S)[1]
    assert json.loads(data)["name"] == title
    assert "<b>Lidar" not in text


def test_page_that_nobody_approved_is_not_there(client, edition):
    page = make_showcase.page(edition=edition)

    response = client.get(f"/en/{edition.slug}/projects/{page.project.reference}/")

    assert response.status_code == 404


# The holder's own page ---------------------------------------------------------------------


def own(page: ShowcasePage, language: str = "en") -> str:
    return f"/{language}/{page.edition.slug}/my-project/{page_token(page)}/"


def test_opening_the_link_changes_nothing_and_is_nobody_elses_business(client, edition):
    page = make_showcase.page(edition=edition, title_en="Lidar")

    response = client.get(own(page))

    page.refresh_from_db()
    assert page.state == "waiting"
    assert 'value="Lidar"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_holder_approves_a_changed_text(client, edition):
    page = make_showcase.page(edition=edition)

    response = client.post(own(page), {"title_zh_hans": "激光雷达", "website": "lidar.example"})

    page.refresh_from_db()
    assert response.status_code == 302
    assert (page.state, page.version) == ("approved", 1)
    assert page.approved["title_zh_hans"] == "激光雷达"
    assert page.approved["website"] == "https://lidar.example"
    assert shown(client, edition, language="zh-hans") == ["激光雷达"]


def test_wrong_input_is_said_beside_the_field_and_stays(client, edition):
    page = make_showcase.page(edition=edition)
    given = {"title_en": "", "summary_en": "Kept words", "website": "javascript:alert(1)"}

    response = client.post(own(page), given)

    text = response.content.decode()
    assert response.status_code == 422
    assert "Give the title in at least one language." in text
    assert "Enter a valid URL." in text
    assert "Kept words" in text


def test_holder_takes_the_page_off(client, edition):
    page = make_showcase.page(edition=edition, is_approved=True)

    client.post(own(page), {"off": "1"})

    page.refresh_from_db()
    assert page.state == "off"
    assert shown(client, edition) == []
