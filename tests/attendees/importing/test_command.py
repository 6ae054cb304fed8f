"""manage.py import_guests: the same path as the screen, told line by line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from attendees.models import GuestList, Invitation, Person
from tests import make
from tests.attendees.importing.make_lists import HEADING, LI, ZHANG, as_csv

pytestmark = pytest.mark.django_db
BAD = ["", "", "nobody@guests.example", "", ""]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def run(tmp_path):
    """Call the command on rows; return what it printed."""
    make.edition(slug="2017")

    def call(*rows, data: bytes | None = None, **options) -> str:
        path = tmp_path / "guests.csv"
        path.write_bytes(data if data is not None else as_csv(HEADING, *rows))
        out = StringIO()
        options.setdefault("edition", "2017")
        call_command("import_guests", str(path), stdout=out, **options)
        return out.getvalue()

    return call


def test_it_prints_counts_and_every_row(run):
    assert run(ZHANG, LI).splitlines() == [
        "line 2\tcreated",
        "line 3\tcreated",
        "created 2, changed 0, matched 0, refused 0",
    ]
    assert Person.objects.count() == 2


def test_the_same_file_twice_changes_nothing(run):
    run(ZHANG, LI)
    before = list(Person.objects.values())

    assert "created 0, changed 0, matched 2, refused 0" in run(ZHANG, LI)
    assert list(Person.objects.values()) == before


def test_a_dry_run_says_the_same_and_leaves_nothing(run, tmp_path):
    assert "created 2, changed 0, matched 0, refused 0 (dry run)" in run(ZHANG, LI, dry_run=True)
    assert (Person.objects.count(), GuestList.objects.count()) == (0, 0)
    assert [file for file in (tmp_path / "media").rglob("*") if file.is_file()] == []


def test_refused_rows_keep_everything_out_and_fail(run, capsys):
    with pytest.raises(CommandError) as failure:
        run(ZHANG, BAD)

    assert failure.value.returncode == 2
    assert Person.objects.count() == 0


def test_refused_rows_may_be_left_out(run):
    assert "created 1, changed 0, matched 0, refused 1" in run(ZHANG, BAD, skip_refused=True)
    assert Person.objects.count() == 1


def test_guests_are_invited_in_their_category_by_their_association(run):
    edition = make.edition(slug="2018")
    category = make.category(edition)
    sender = make.association(slug="acp")

    run(ZHANG, edition="2018", purpose="invitations", category="professional", association="acp")

    made = Invitation.objects.get()
    assert (made.category, made.association, made.owner) == (category, sender, None)


def test_a_map_says_what_the_columns_are(run, tmp_path):
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"Wer": "name_both", "Womit": "email"}))

    run(data=as_csv(["Wer", "Womit", "?"], ["王建国 Wang Jianguo", "w@x.example", "?"]), map=path)

    assert Person.objects.values_list("name_native", "email").get() == ("王建国", "w@x.example")


def test_an_unclear_encoding_is_asked_for_and_taken(run):
    data = "姓名,邮箱\n钱,q@guests.example\n".encode("gb18030")

    with pytest.raises(CommandError, match="--encoding gb18030"):
        run(data=data)

    run(data=data, encoding="GBK")
    assert Person.objects.get().name_native == "钱"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"edition": "1999"}, "no edition '1999'; there is: 2017"),
        ({"encoding": "klingon"}, "Unknown encoding 'klingon'"),
        ({"map": "/no/such/map.json"}, "Cannot read /no/such/map.json: No such file"),
        ({"category": "nobility"}, "no category 'nobility'"),
        ({"association": "nobody"}, "no association 'nobody'"),
        ({"purpose": "fun"}, "--purpose is one of people, invitations, registrations"),
        ({"purpose": "invitations"}, "needs --category KIND"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(run, options, sentence):
    with pytest.raises(CommandError) as failure:
        run(ZHANG, **options)

    assert sentence in str(failure.value)
    assert "\n" not in str(failure.value)
    assert GuestList.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("not json", "is no JSON"),
        ("[1]", "is no map"),
        ('{"姓名": 1}', "is no map"),
        ('{"姓名": "king"}', "no field called king"),
        ('{"Nope": "email"}', "no column called Nope"),
        ('{"电子邮箱": "email"}', "No column holds names"),
    ],
)
def test_a_bad_map_is_told_in_one_sentence(run, tmp_path, content, sentence):
    path = tmp_path / "map.json"
    path.write_text(content)

    with pytest.raises(CommandError, match=sentence):
        run(ZHANG, map=str(path))


def test_a_missing_file_is_told_in_one_sentence(db):
    make.edition(slug="2017")

    with pytest.raises(CommandError, match="Cannot read /no/such/file: No such file"):
        call_command("import_guests", "/no/such/file", edition="2017")
