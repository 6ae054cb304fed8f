"""Columns: guessed, chosen on screen, remembered; names parted and joined."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from attendees.importing.columns import guess, understand
from attendees.importing.parsing import parse_row, split_names
from attendees.importing.writing import plan_guest_list
from attendees.models import ColumnMap, Person
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from tests import make
from tests.attendees.importing.make_lists import guest_list

pytestmark = pytest.mark.django_db
STRANGE = ["Wer", "Womit", "Wo"]
ROW = ["王建国 Wang Jianguo", "wang@guests.example", "湖滨生物"]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def page(uploaded) -> str:
    return reverse("admin:attendees_guestlist_change", args=[uploaded.pk])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王建国 Wang Jianguo", ("王建国", "Wang Jianguo")),
        ("Wang Jianguo（王建国）", ("王建国", "Wang Jianguo")),
        ("王建国/WANG Jian-Guo", ("王建国", "WANG Jian-Guo")),
        ("José Núñez", ("", "José Núñez")),
        ("来宾 Guest 12", ("来宾", "Guest 12")),
        ("安娜·史密斯 Anna O'Brien", ("安娜·史密斯", "Anna O'Brien")),
        ("Иван Петров", ("Иван Петров", "")),
    ],
)
def test_one_column_with_both_scripts_is_parted(text, names):
    assert split_names(text) == names


def test_a_cell_with_two_people_is_refused():
    guest = parse_row(understand(["name_both"]), 2, ["王建国 Wang Jianguo, 李娜 Li Na"])

    assert "more than one name in a cell" in guest.troubles


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["Wang", "Jianguo", "CN"], {"name_latin": "Wang Jianguo"}),
        (["Smith", "Anna", "GB"], {"name_latin": "Anna Smith"}),
        (["王", "建国", ""], {"name_native": "王建国"}),
    ],
)
def test_family_and_given_name_are_joined_in_the_order_of_their_language(cells, values):
    guest = parse_row(understand(["Last name", "First name", "Country"]), 2, cells)

    assert {key: value for key, value in guest.values.items() if key != "country"} == values


def test_a_name_column_that_holds_both_scripts_is_seen():
    assert guess(["姓名", "邮箱"], [ROW[:2]]) == ["name_both", "email"]
    assert guess(["姓名", "邮箱"], [["王建国", ROW[1]]]) == ["name_native", "email"]


def test_columns_are_chosen_on_screen_and_remembered_for_the_next_list(organizer):
    first = guest_list(ROW, heading=STRANGE)
    assert not organizer.get(page(first)).context["shown"].header.has_names

    chosen = {"column-0": "name_both", "column-1": "email", "column-2": "organization_zh_hans"}
    organizer.post(page(first), chosen | {"import": "1"})
    run(Job.objects.get().pk)
    second = guest_list(["李娜 Li Na", "", ""], heading=["WER", "Womit", "wo "])

    wang = Person.objects.get()
    assert (wang.name_native, wang.name_latin) == ("王建国", "Wang Jianguo")
    assert second.columns == ["name_both", "email", "organization_zh_hans"]
    assert plan_guest_list(second)[1].rows[0].guest.values["name_native"] == "李娜"
    shown = organizer.get(page(second)).context["shown"]
    assert shown.is_remembered
    assert [line.field for line in shown.columns] == second.columns


def test_choosing_again_changes_what_is_remembered(organizer):
    uploaded = guest_list(ROW, heading=STRANGE)
    organizer.post(page(uploaded), {"column-0": "name_both", "column-2": "note"})

    organizer.post(page(uploaded), {"column-0": "name_both", "column-1": "email"})

    assert ColumnMap.objects.get().fields == ["name_both", "email", ""]


def test_one_field_for_two_columns_is_refused_and_the_choice_stays(organizer):
    uploaded = guest_list(ROW, heading=STRANGE)

    response = organizer.post(page(uploaded), {"column-0": "note", "column-1": "note"})

    assert "Several columns are to be Note" in response.content.decode()
    assert [line.field for line in response.context["shown"].columns][:2] == ["note", "note"]
    assert ColumnMap.objects.count() == 0


def test_columns_may_be_named_for_fields_we_do_not_have_only_by_mistake(organizer):
    uploaded = guest_list(ROW, heading=STRANGE)

    response = organizer.post(page(uploaded), {"column-0": "is_superuser"})

    assert "no field called is_superuser" in response.content.decode()


def test_a_changed_row_shows_what_it_was_and_what_it_becomes(organizer):
    make.person(
        name_native="王建国", name_latin="", email=ROW[1], organization_zh_hans="旧单位", country=""
    )
    uploaded = guest_list(
        ["王建国", ROW[1], "新单位"], heading=["姓名", "邮箱", "单位"], encoding="utf-8-sig"
    )

    [line] = organizer.get(page(uploaded)).context["shown"].page

    assert list(line.changes) == [("Organization (Chinese)", "旧单位", "新单位")]
    uploaded.refresh_from_db()
    assert "旧单位" not in str(uploaded.report)


def test_nobody_guesses_between_encodings_that_both_read_well(organizer):
    """钱, 郑, 谢 and 袁 in GB are valid UTF-8 as well, as other letters."""
    text = "name,email\n钱,q@guests.example\n郑谢袁,z@guests.example\n".encode("gb18030")
    from django.core.files.base import ContentFile

    from attendees.importing.writing import upload_guest_list
    from attendees.models import GuestList

    uploaded = upload_guest_list(
        GuestList(edition=make.edition()), ContentFile(text, name="x.csv"), by=make.user()
    )

    response = organizer.get(page(uploaded))

    shown = response.context["shown"]
    assert uploaded.encoding == ""
    assert {"utf-8-sig", "gb18030"} <= {one.encoding for one in shown.encodings}
    assert "钱" in response.content.decode()
    assert not response.context["may_import"]

    organizer.post(page(uploaded), {"encoding": "gb18030"})
    assert "钱" in [line.name for line in organizer.get(page(uploaded)).context["shown"].page]


def test_a_wrong_map_is_one_sentence():
    from attendees.importing.remembering import fields_by_heading

    with pytest.raises(ValidationError, match="no column called Email"):
        fields_by_heading(["Name"], {"Name": "name_latin", "Email": "email"})
