import html

import pytest

from agreements.models import Agreement
from hrconf.accounts.roles import Role
from tests import make
from tests.agreements.register import CNY, USD, register

pytestmark = pytest.mark.django_db
LIST = "/en/2017/agreements/"


@pytest.fixture
def rows():
    make.agreement()  # of another edition: it could leak in, and must not
    return register()


@pytest.fixture
def staff(client):
    client.force_login(make.staff())
    return client


def listed(response) -> list[str]:
    return [agreement.reference for agreement in response.context["agreements"]]


def test_list_shows_the_edition_and_totals_of_what_is_counted(staff, rows):
    response = staff.get(LIST)

    assert listed(response) == ["HZ-1", "HZ-2", "HZ-3", "HZ-4", "HZ-5"]
    counted = response.context["tally"].counted
    assert (counted.number, counted.cny, counted.usd) == (3, CNY, USD)
    page = html.unescape(response.content.decode())
    assert f"CNY {CNY:,.2f}" in page
    assert f"USD {USD:,.2f}" in page
    left_out = [(group.status, group.lines) for group in response.context["uncounted"]]
    assert left_out == [
        ("ready", [("CNY", 1, rows.ready.amount)]),
        ("cancelled", [("USD", 1, rows.cancelled.amount)]),
    ]


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ("q=hz-2", ["HZ-2"]),
        ("q=robots", ["HZ-1"]),
        ("q=厨房", ["HZ-1"]),
        ("q=acme", ["HZ-1"]),
        ("q=kitchens+acme", ["HZ-1"]),
        ("q=%25", []),
        ("party=艾克美", ["HZ-1"]),
        ("party=binjiang committee", ["HZ-1", "HZ-2"]),
        ("sector=it", ["HZ-1", "HZ-2"]),
        ("sector=chips", ["HZ-2"]),
        ("district=bj", ["HZ-1", "HZ-2"]),
        ("park=wuliangye", ["HZ-1", "HZ-2"]),
        ("country=DE", ["HZ-2"]),
        ("status=counted", ["HZ-1", "HZ-2", "HZ-3"]),
        ("status=open", ["HZ-4"]),
        ("status=cancelled", ["HZ-5"]),
        ("currency=USD", ["HZ-2", "HZ-5"]),
        ("signed_from=2017-11-09", ["HZ-2"]),
        ("signed_to=2017-11-08", ["HZ-1", "HZ-3", "HZ-5"]),
        ("signed_from=2017-11-08&signed_to=2017-11-08&status=counted", ["HZ-1", "HZ-3"]),
        ("amount_min=700万", ["HZ-1", "HZ-3", "HZ-5"]),
        ("amount_max=6,627,700", ["HZ-2", "HZ-4"]),
        ("amount_min=7683800.38&amount_max=7683800.38", ["HZ-3"]),
        ("sort=-cny&status=counted", ["HZ-1", "HZ-3", "HZ-2"]),
        ("sort=signed&status=counted", ["HZ-1", "HZ-3", "HZ-2"]),
        ("sort=-signed", ["HZ-2", "HZ-1", "HZ-3", "HZ-5", "HZ-4"]),
        ("sort=status", ["HZ-4", "HZ-1", "HZ-3", "HZ-2", "HZ-5"]),
        ("sort=title", ["HZ-2", "HZ-5", "HZ-4", "HZ-1", "HZ-3"]),
    ],
)
def test_filters_and_sorting_live_in_the_address(staff, rows, query, references):
    rows_found = listed(staff.get(f"{LIST}?{query}"))

    assert rows_found == references


@pytest.mark.parametrize("query", ["sector=it", "status=open", "q=vaccines", "currency=USD"])
def test_totals_follow_the_filters(staff, rows, query):
    response = staff.get(f"{LIST}?{query}")

    counted = Agreement.objects.signed().filter(reference__in=listed(response))
    total = response.context["tally"].counted
    assert total.number == counted.count()
    assert total.cny == sum(agreement.amount_cny for agreement in counted)
    assert total.usd == sum(agreement.amount_usd for agreement in counted)


@pytest.mark.parametrize(
    ("query", "field", "kept"),
    [
        ("sector=nonsense", "sector", "nonsense"),
        ("status=;drop", "status", ";drop"),
        ("amount_min=abc", "amount_min", "abc"),
        ("amount_max=-5", "amount_max", "-5"),
        ("amount_min=99999999999999999999", "amount_min", "99999999999999999999"),
        ("amount_min=10&amount_max=5", "amount_max", "5"),
        ("signed_from=2017-13-40", "signed_from", "2017-13-40"),
        ("signed_from=2017-11-09&signed_to=2017-11-08", "signed_to", "2017-11-08"),
        ("country=XX", "country", "XX"),
        ("q=a%00b", "q", "a"),
    ],
)
def test_a_bad_filter_is_marked_and_lists_nothing(staff, rows, query, field, kept):
    response = staff.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert set(response.context["filter"].errors) == {field}
    assert listed(response) == []
    page = html.unescape(response.content.decode())
    assert kept in page
    assert "Nothing is listed while a filter is not valid." in page


def test_a_bad_sort_is_told(staff, rows):
    response = staff.get(f"{LIST}?sort=amount_usd;--")

    assert "cannot be sorted by that" in response.content.decode()
    assert listed(response) == []


@pytest.mark.parametrize("query", ["page=2", "page=0", "page=x", "page=%00", "page=9" + "9" * 30])
def test_a_page_that_is_not_there_is_not_found(staff, rows, query):
    assert staff.get(f"{LIST}?{query}").status_code == 404


def test_user_text_is_escaped(staff, rows):
    Agreement.objects.filter(pk=rows.yuan.pk).update(title_en="<script>alert(1)</script>")

    page = staff.get(LIST).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_list_is_in_the_language_of_the_address(staff, rows):
    page = staff.get("/zh-hans/2017/agreements/").content.decode()

    assert "厨房机器人" in page
    assert "艾克美机器人" in page
    assert "中国台湾" in page


def test_a_stranger_signs_in_first(client, rows):
    response = client.get(LIST)

    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={LIST}")


def read(response):
    """The response, its file read to the end, which also closes it."""
    if response.streaming:
        b"".join(response)
    return response


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.STAFF, 200),
        (Role.ORGANIZER, 200),
        (Role.READ_ONLY, 200),
        (Role.DESK, 403),
        (Role.JUROR_MANAGER, 403),
        (Role.PRESS, 403),
    ],
)
@pytest.mark.parametrize(
    "page", ["", "HZ-1/", "HZ-404/", "report/", "report/?format=csv", "?sector=nonsense"]
)
def test_only_who_may_see_agreements_sees_any_of_it(client, rows, role, status, page):
    client.force_login(make.office(role))
    expected = 404 if page == "HZ-404/" and status == 200 else status

    assert read(client.get(LIST + page)).status_code == expected


def test_nothing_of_it_is_kept_by_a_cache(staff, rows):
    for page in ["", "HZ-1/", "report/", "report/?format=csv"]:
        assert read(staff.get(LIST + page))["Cache-Control"] == "private, no-store"


def test_an_unknown_edition_is_not_found(staff, rows):
    assert staff.get("/en/1999/agreements/").status_code == 404


def test_an_edition_that_is_not_public_is_there_for_the_staff(staff, rows):
    rows.edition.is_public = False
    rows.edition.save()

    assert staff.get(LIST).status_code == 200


def fill(number: int) -> None:
    edition = make.edition(slug="2017")
    for _row in range(number):
        district = make.district()
        make.agreement(
            edition=edition,
            sector=make.sector(parent=make.sector()),
            district=district,
            park=make.park(district=district),
            country="US",
            parties=[make.party(), make.party()],
        )


@pytest.mark.parametrize("number", [1, 20])
def test_list_costs_twelve_queries_however_many_agreements(
    staff, django_assert_num_queries, number
):
    fill(number)

    # session, user, permissions of the user and of the roles, edition; origins and
    # currencies, sectors, districts, parks; totals; rows, sides
    with django_assert_num_queries(12):
        response = staff.get(LIST)

    assert len(response.context["agreements"]) == number
