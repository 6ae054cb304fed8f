"""`manage.py import_projects`: real lists, wrong words, nothing written by a dry run."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from projects.models import Project, ProjectList
from tests import make
from tests.events.shared import FOLDER
from tests.projects.importing.make_lists import HEADING, ROBOT, as_csv

pytestmark = pytest.mark.django_db
STARTUPS = FOLDER / "startups"
REAL = pytest.mark.skipif(
    not STARTUPS.is_dir(), reason=f"no lists in {FOLDER}; say where with SHARED_DATA"
)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "projects.csv"
    path.write_bytes(as_csv(HEADING, ROBOT))
    return path


def run(path, *args) -> str:
    out = StringIO()
    call_command("import_projects", str(path), "--edition", "2017", *args, stdout=out, stderr=out)
    return out.getvalue()


@REAL
@pytest.mark.parametrize(
    ("name", "rows"), [("yc-2005-2014-ali-ce.csv", 688), ("antler-all.json", 1095)]
)
def test_real_list_goes_in_whole_and_the_second_time_changes_nothing(name, rows):
    make.edition(slug="2017")

    first, again = run(STARTUPS / name), run(STARTUPS / name)

    assert first.splitlines()[-1] == f"created {rows}, changed 0, matched 0, refused 0"
    assert again.splitlines()[-1] == f"created 0, changed 0, matched {rows}, refused 0"
    assert Project.objects.count() == rows


@REAL
def test_real_list_keeps_its_countries_and_says_which_are_not_known():
    make.edition(slug="2017")

    told = run(STARTUPS / "antler-all.json")

    assert told.count("Country or region: not known") == 549
    assert Project.objects.exclude(country="").count() == 1095 - 549


def test_dry_run_reports_and_writes_nothing(file):
    make.edition(slug="2017")

    told = run(file, "--dry-run")

    assert "line 2\tcreated\tSurgical robot" in told
    assert told.splitlines()[-1] == "created 1, changed 0, matched 0, refused 0 (dry run)"
    assert not Project.objects.exists()
    assert not ProjectList.objects.exists()


def test_map_says_what_columns_mean_and_the_next_list_remembers(tmp_path, file):
    make.edition(slug="2017")
    file.write_bytes(as_csv(["Venture", "Land"], ["Robot", "FR"]))
    names = tmp_path / "map.json"
    names.write_text(json.dumps({"Venture": "title", "Land": "country"}))

    run(file, "--map", str(names))
    told = run(file)

    assert (Project.objects.get().title_en, str(Project.objects.get().country)) == ("Robot", "FR")
    assert told.splitlines()[-1] == "created 0, changed 0, matched 1, refused 0"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"[1, 2]", "holds no list of projects"),
        (b"[{", "begins like JSON"),
        (b"%PDF-1.4", "This is a PDF"),
        (b"a,b\n1,2", "No column holds titles or companies"),
    ],
)
def test_file_that_is_no_list_gets_one_clear_sentence(file, content, words):
    make.edition(slug="2017")
    file.write_bytes(content)

    with pytest.raises(CommandError, match=words):
        run(file)


def test_refused_row_keeps_everything_out_and_says_so(file):
    make.edition(slug="2017")
    file.write_bytes(as_csv(HEADING, ROBOT, ["", "", "x", "", ""]))

    with pytest.raises(CommandError, match="Nothing was imported"):
        run(file)

    assert not Project.objects.exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--sector", "nowhere"], "no sector 'nowhere'"),
        (["--standing", "lost"], "--standing is one of"),
        (["--invited-on", "soon"], "is no date"),
        (["--map", "/nowhere"], "Cannot read /nowhere"),
    ],
)
def test_wrong_option_gets_one_clear_sentence(file, args, words):
    make.edition(slug="2017")

    with pytest.raises(CommandError, match=words):
        run(file, *args)


def test_unknown_edition_is_told_which_there_are(file):
    make.edition(slug="2018")

    with pytest.raises(CommandError, match="no edition '2017'; there is: 2018"):
        run(file)
