"""The report of agreements: one set of totals, on screen and in three files."""

from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from agreements.models import Agreement
from tests import make

pytestmark = pytest.mark.django_db
VOLUME = "12,345,678.91"


@pytest.fixture
def edition():
    """Two signed agreements that add up to VOLUME, and one that does not count."""
    made = make.edition()
    make.agreement(edition=made, amount=Decimal("12000000.00"))
    make.agreement(edition=made, amount=Decimal("345678.91"), title_en="=HYPERLINK(1)")
    make.agreement(edition=made, amount=Decimal("5.00"), status=Agreement.Status.READY)
    return made


@pytest.fixture
def staff(client, settings):
    settings.SECOND_FACTOR_ROLES = []
    client.force_login(make.staff())
    return client


def report(client, edition, file_format, language="en"):
    return client.get(
        f"/en/{edition.slug}/agreements/report/",
        {"format": file_format, "report_language": language},
    )


def content(response) -> bytes:
    """The bytes of the file; reading to its end also closes it."""
    return b"".join(response) if response.streaming else response.content


def test_totals_agree_on_screen_and_in_three_files(staff, edition):
    page = staff.get(f"/en/{edition.slug}/agreements/").content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(content(report(staff, edition, "xlsx"))))
    cells = {
        cell
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
        if isinstance(cell, float)
    }
    csv = content(report(staff, edition, "csv")).decode("utf-8-sig")
    pdf = pypdfium2.PdfDocument(content(report(staff, edition, "pdf")))
    text = "".join(pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf)))

    assert VOLUME in page
    assert 12345678.91 in cells
    assert "12345678.91" in csv
    assert VOLUME in text


def test_csv_guards_what_a_spreadsheet_would_run(staff, edition):
    csv = content(report(staff, edition, "csv")).decode("utf-8-sig")

    assert '"\'=HYPERLINK(1)"' in csv


def test_report_speaks_the_language_asked_for(staff, edition):
    csv = content(report(staff, edition, "csv", "zh-hans")).decode("utf-8-sig")

    assert "签约协议报告" in csv
    assert edition.name_zh_hans in csv


def test_report_is_a_private_download(staff, edition):
    response = report(staff, edition, "xlsx")

    assert content(response).startswith(b"PK")
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_list_and_report_are_for_who_may_see_agreements(client, edition, settings):
    settings.SECOND_FACTOR_ROLES = []
    address = f"/en/{edition.slug}/agreements/"
    assert client.get(address).status_code == 302

    client.force_login(make.user())

    assert client.get(address).status_code == 403
    assert report(client, edition, "csv").status_code == 403


@pytest.mark.parametrize("query", ["sector=%00", "amount_from=x", "page=999999999999", "sort=x"])
def test_nonsense_in_the_address_is_no_error_of_ours(staff, edition, query):
    response = staff.get(f"/en/{edition.slug}/agreements/?{query}")

    assert response.status_code in {200, 404}


def test_list_costs_the_same_for_twenty_as_for_one(staff, django_assert_max_num_queries):
    few, many = make.edition(), make.edition()
    make.agreement(edition=few, parties=[make.party()])
    for _number in range(20):
        make.agreement(edition=many, parties=[make.party()], district=make.district())
    counts = []
    for edition in [few, many]:
        with django_assert_max_num_queries(40) as queries:
            staff.get(f"/en/{edition.slug}/agreements/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
