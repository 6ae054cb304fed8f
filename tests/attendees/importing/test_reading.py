"""From text to guests: headings in two languages, encodings, values and refusals."""

import pytest

from attendees.importing.columns import COLUMNS, understand
from attendees.importing.countries import country_code
from attendees.importing.parsing import parse_row
from attendees.importing.template import write_template
from attendees.importing.writing import plan_guest_list
from hrconf.lib.sheets import read_rows
from tests.attendees.importing.make_lists import HEADING, ZHANG, guest_list


def guest_of(**cells):
    """A row with these cells, read."""
    header = understand(list(cells))
    assert not header.unknown
    return parse_row(header, 2, list(cells.values()))


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("E-mail", "email"),
        ("EMAIL  ADDRESS", "email"),
        ("邮箱", "email"),
        ("Ｅ－ｍａｉｌ", "email"),
        ("姓名", "name_native"),
        ("Name", "name_native"),
        ("单位(中文)", "organization_zh_hans"),
        ("单位（中文）", "organization_zh_hans"),
        ("organization_en", "organization_en"),
    ],
)
def test_headings_are_known_in_either_language_and_any_width(heading, key):
    assert understand([heading]).places == {key: 0}


def test_unknown_and_repeated_headings_are_named_not_swallowed():
    header = understand(["姓名", "生日", "Name", ""])

    assert (header.unknown, header.doubled) == (["生日"], ["Name"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CA", "CA"),
        ("ca", "CA"),
        ("CAN", "CA"),
        ("Canada", "CA"),
        ("加拿大", "CA"),
        ("USA", "US"),
        ("美国", "US"),
        ("台湾", "TW"),
        ("Taiwan, China", "TW"),
        ("中国香港", "HK"),
        ("Atlantis", None),
    ],
)
def test_countries_and_regions_are_known_by_many_names(name, code):
    assert country_code(name) == code


def test_values_are_put_in_order():
    guest = guest_of(
        姓名=" 张　伟 ", 邮箱="Zhang.Wei＠Guests.Example", 手机="604 555 0123", 国家="加拿大"
    )

    assert guest.troubles == []
    assert guest.values == {
        "name_native": "张 伟",
        "email": "zhang.wei@guests.example",
        "phone": "+16045550123",
        "country": "CA",
    }


def test_a_latin_name_in_the_only_name_column_goes_where_it_belongs():
    assert guest_of(Name="Anna Smith").values == {"name_latin": "Anna Smith"}


@pytest.mark.parametrize(
    ("cells", "trouble"),
    [
        ({"姓名": ""}, "no name"),
        ({"姓名": "张伟", "邮箱": "zhang"}, "E-mail: is no e-mail address"),
        ({"姓名": "张伟", "国家": "火星"}, "Country or region: is no country or region we know"),
        ({"姓名": "张伟", "手机": "12"}, "Phone: is no phone number"),
        ({"姓名": "张" * 201}, "Name (own script): longer than 200 characters"),
        (
            {"姓名": "张\x07伟"},
            "Name (own script): This holds a control character that cannot be seen: please type it anew.",
        ),
    ],
)
def test_a_row_is_refused_with_its_reason_and_without_its_data(cells, trouble):
    guest = guest_of(**cells)

    assert trouble in guest.troubles
    assert not any("火星" in one or "zhang" in one for one in guest.troubles)


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_reads_the_same_in_every_encoding_of_an_office(encoding):
    uploaded = guest_list(ZHANG, encoding=encoding)
    if encoding == "gb18030":  # the office chose among several
        assert uploaded.encoding == ""
        uploaded.encoding = encoding

    header, plan = plan_guest_list(uploaded)

    assert set(header.places) == {
        "name_native",
        "name_latin",
        "email",
        "country",
        "organization_zh_hans",
    }
    assert plan.rows[0].guest.values["name_native"] == "张伟"


@pytest.mark.django_db
def test_a_wrong_guess_of_the_encoding_can_be_put_right():
    uploaded = guest_list(
        ["張偉", "Zhang Wei", "z@guests.example", "TW", "湖濱"],
        heading=["Name", "Latin name", "Email", "Country", "单位".replace("单", "單")],
        encoding="big5hkscs",
    )
    uploaded.encoding = "big5hkscs"

    plan = plan_guest_list(uploaded)[1]

    assert plan.rows[0].guest.values["name_native"] == "張偉"


def test_template_holds_every_column_and_reads_back():
    table = read_rows(write_template())
    header = understand(table.header)

    assert set(header.places) == {column.key for column in COLUMNS}
    assert parse_row(header, 2, table.rows[1]).troubles == []
    assert HEADING[0] in {column.chinese for column in COLUMNS}
