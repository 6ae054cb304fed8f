"""Lists of projects: every row is created, matched, changed or refused, and says why."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendees.models import Person
from projects.importing.parsing import find_country
from projects.importing.writing import import_project_list, plan_project_list
from projects.models import Project, ProjectList
from tests import make
from tests.projects.importing.make_lists import (
    HEADING,
    ROBOT,
    counts,
    imported,
    notes,
    project_list,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def edition():
    make.sector(slug="information", name_en="Information technology", name_zh_hans="信息技术")
    make.sector(slug="manufacturing", name_en="Equipment", name_zh_hans="高端装备制造")
    return make.edition()


def one(edition) -> Project:
    return Project.objects.get(edition=edition)


# What a row becomes -------------------------------------------------------------------


def test_row_becomes_a_project_with_a_reference_of_its_own(edition):
    done = imported(ROBOT, edition=edition, invited_on=date(2017, 9, 1))

    project = one(edition)
    assert counts(done) == (1, 0, 0, 0)
    assert (project.reference, project.title_en) == ("P-0001", "Surgical robot")
    assert (project.organization_en, str(project.country)) == ("Lakeside Robotics", "CA")
    assert (project.website, project.sector.slug) == ("https://lakeside.example", "manufacturing")
    assert (project.status, project.holder) == (Project.Status.APPLIED, None)
    assert project.invited_on == date(2017, 9, 1)


def test_chinese_headings_and_texts_are_filed_under_their_language(edition):
    heading = ["项目名称", "企业名称", "所属行业", "国别", "项目简介", "融资需求", "发展阶段"]
    row = [
        "手术机器人",
        "湖滨机器人有限公司",
        "机器人、医疗",
        "加拿大",
        "一种机器人",
        "500万元",
        "中试",
    ]
    imported(row, heading=heading, edition=edition)

    project = one(edition)
    assert (project.title_zh_hans, project.title_en) == ("手术机器人", None)
    assert project.organization_zh_hans == "湖滨机器人有限公司"
    assert (project.sector.slug, str(project.country)) == ("manufacturing", "CA")
    assert (project.funding_sought, project.currency) == (Decimal("5000000.00"), "CNY")


def test_company_names_a_project_that_has_no_title(edition):
    imported(["Airalo", "x"], heading=["Company", "Logo"], edition=edition)

    assert (one(edition).title_en, one(edition).organization_en) == ("Airalo", "Airalo")


def test_row_without_any_name_is_refused_and_keeps_the_list_out(edition):
    done = imported(ROBOT, ["", "", "robotics", "Canada", ""], edition=edition)

    assert (counts(done), done.status) == ((1, 0, 0, 1), ProjectList.Status.REFUSED)
    assert notes(done)[3] == ["no title and no company"]
    assert not Project.objects.exists()


def test_list_may_go_without_its_refused_rows(edition):
    imported(ROBOT, ["", "", "robotics", "", ""], edition=edition, skips_refused=True)

    assert one(edition).title_en == "Surgical robot"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("San Francisco - California - USA", "US"),
        ("290 Division St, #405, San Francisco, California, USA", "US"),
        ("United Arab Emir", "AE"),
        ("Czech Republic", "CZ"),
        ("中国香港", "HK"),
        ("Korea", "KR"),
        ("Guinea-Bissau", "GW"),
        ("London, CA", None),
        ("United", None),
        ("Unknown", None),
        ("Nowhere", None),
    ],
)
def test_country_is_read_from_dirty_cells(text, code):
    assert find_country(text) == code


def test_what_cannot_be_used_leaves_its_field_empty_and_is_said(edition):
    heading = [*HEADING, "Founded", "Funding sought", "Stage"]
    row = ["Robot", "", "Basket weaving", "Nowhere", "no address", "0", "a lot", "early"]
    done = imported(row, heading=heading, edition=edition)

    project = one(edition)
    assert (str(project.country), project.website, project.funding_sought) == ("", "", None)
    assert project.sector.slug == "other"
    assert notes(done)[2] == [
        "Country or region: not known, left empty",
        "Website: no web address, left empty",
        "Funding sought: no amount, left empty",
        "Stage: none that we know, left empty",
        "Sector: filed under Other",
    ]


def test_sector_chosen_for_the_list_takes_what_is_none_of_ours(edition):
    chosen = make.sector(slug="biomedicine")
    imported(["Robot", "", "Basket weaving", "", ""], edition=edition, sector=chosen)

    assert one(edition).sector == chosen


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$1,200,000", "1200000.00", "USD"),
        ("5,000,000 CNY", "5000000.00", "CNY"),
        ("1.5亿元", "150000000.00", "CNY"),
        ("€2.5m", "2500000.00", "EUR"),
        ("300000", "300000.00", "CNY"),
    ],
)
def test_amounts_are_read_with_their_currency(edition, text, amount, currency):
    imported(["Robot", text], heading=["Title", "Funding sought"], edition=edition)

    assert (one(edition).funding_sought, one(edition).currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "title",
    [
        "=HYPERLINK(1)",
        "<script>",
        "{{ title }}",
        "مشروع الروبوت",
        "ロボット",
        "프로젝트",
        "a" * 300,
    ],
)
def test_titles_of_any_script_stay_as_they_are(edition, title):
    data = json.dumps([{"name": title}], ensure_ascii=False).encode()
    imported(data=data, edition=edition)

    assert title in (one(edition).title_en, one(edition).title_zh_hans)


def test_title_that_is_too_long_is_refused_with_its_column(edition):
    done = imported(["a" * 301, "", "", "", ""], edition=edition)

    assert notes(done)[2][0] == "Title (English): longer than 300 characters"


# The same again -----------------------------------------------------------------------


def test_same_list_twice_changes_nothing_and_writes_nothing(edition):
    imported(ROBOT, edition=edition)
    again = project_list(ROBOT, edition=edition)

    with CaptureQueriesContext(connection) as queries:
        done = import_project_list(again.pk)

    assert counts(done) == (0, 0, 1, 0)
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]
    assert [sql for sql in written if 'projects_project"' in sql] == []


def test_later_list_changes_what_it_says_and_leaves_the_rest(edition):
    imported(ROBOT, edition=edition)
    done = imported(["surgical ROBOT", "2015"], heading=["Title", "Year founded"], edition=edition)

    project = one(edition)
    assert (counts(done), project.founded_year) == ((0, 1, 0, 0), 2015)
    assert (project.title_en, project.organization_en) == ("surgical ROBOT", "Lakeside Robotics")
    assert notes(done)[2] == ["new: Title (English), Founded in"]


def test_reference_finds_a_project_whatever_its_title(edition):
    imported(ROBOT, edition=edition)
    imported(["p-0001", "Robot 2"], heading=["Reference", "Title"], edition=edition)

    assert one(edition).title_en == "Robot 2"


def test_projects_of_one_title_are_told_apart_by_their_websites(edition):
    rows = [["Homebase", "", "", "", "a.example"], ["Homebase", "", "", "", "b.example"]]
    first, again = imported(*rows, edition=edition), imported(*rows, edition=edition)

    assert (counts(first), counts(again)) == ((2, 0, 0, 0), (0, 0, 2, 0))


def test_row_that_fits_two_projects_is_refused(edition):
    imported(*[["Robot", "", "", "", f"{n}.example"] for n in "ab"], edition=edition)
    done = imported(["Robot"], heading=["Title"], edition=edition)

    assert notes(done)[2] == ["several projects of this title: give the reference or the website"]


def test_second_line_about_a_project_is_named_with_what_it_says_otherwise(edition):
    other = [*ROBOT[:3], "France", ROBOT[4]]
    done = imported(ROBOT, ROBOT, other, edition=edition)

    assert counts(done) == (1, 0, 2, 0)
    assert notes(done)[3] == ["the same project as in line 2"]
    assert notes(done)[4] == [
        "the same project as in line 2, which counts; left out: Country or region"
    ]
    assert str(one(edition).country) == "CA"


def test_number_that_a_list_gives_twice_belongs_to_the_first(edition):
    rows = [{"id": "x", "name": name, "website": f"https://{name}.example"} for name in "ab"]
    data = json.dumps(rows).encode()
    first, again = imported(data=data, edition=edition), imported(data=data, edition=edition)

    assert (counts(first), counts(again)) == ((2, 0, 0, 0), (0, 0, 2, 0))
    assert notes(first)[3][0] == "Number in the list: taken by line 2, left empty"


def test_project_of_another_edition_is_another_project(edition):
    imported(ROBOT, edition=make.edition())
    imported(ROBOT, edition=edition)

    assert Project.objects.count() == 2


def test_state_of_a_project_that_is_here_stays(edition):
    make.project(edition=edition, title_en="Robot", status=Project.Status.ACCEPTED)
    imported(["Robot", "declined"], heading=["Title", "Standing"], edition=edition)

    assert one(edition).status == Project.Status.ACCEPTED


# Holders ------------------------------------------------------------------------------


def test_holder_is_somebody_we_know_else_somebody_new(edition):
    known = make.person(name_latin="Zhang Wei", email="zhang@guests.example")
    heading = ["Title", "Holder", "E-mail"]
    rows = [
        ["Robot", "Wei Zhang", "zhang@guests.example"],
        ["Drone", "李娜", "li@guests.example"],
        ["Laser", "李娜", "li@guests.example"],
    ]
    imported(*rows, heading=heading, edition=edition)

    holders = dict(Project.objects.values_list("title_en", "holder__name_native"))
    assert Project.objects.get(title_en="Robot").holder == known
    assert (holders["Drone"], holders["Laser"]) == ("李娜", "李娜")
    assert Person.objects.count() == 2


# At size ------------------------------------------------------------------------------


def test_list_costs_the_same_queries_at_any_length(edition):
    def asked(number: int) -> int:
        rows = [[f"Robot {number} {n}", "", "", "", ""] for n in range(number)]
        with CaptureQueriesContext(connection) as queries:
            plan_project_list(project_list(*rows, edition=edition))
        return len(queries)

    assert asked(2) == asked(200)


def test_five_thousand_rows_go_in_by_batches(edition):
    rows = [[f"Robot {n}", f"Company {n}", "software", "Korea", ""] for n in range(5000)]
    row = project_list(*rows, edition=edition)

    with CaptureQueriesContext(connection) as queries:
        done = import_project_list(row.pk)

    assert counts(done) == (5000, 0, 0, 0)
    assert len(queries) < 60
