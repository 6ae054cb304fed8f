"""`manage.py import_schedule`, walked through as an organizer types it."""

import pytest
from django.core.management import CommandError, call_command

from events.models import Edition, Session
from tests import make
from tests.events.imports.make_files import event, xml

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "schedule.xml"
    path.write_bytes(xml({"Hall": [event(1), event(2, start="11:00", duration=None)]}))
    return str(path)


def told(capsys, *arguments) -> list[str]:
    call_command("import_schedule", *arguments)
    return capsys.readouterr().out.splitlines()


def test_command_makes_the_edition_and_tells_what_it_did(file, capsys):
    lines = told(capsys, file, "--edition", "lake", "--create")

    assert lines == [
        "Row 2 “Talk 2”: created (has no length: 30 minutes are assumed)",
        "2 sessions read: 2 created, 0 changed, 0 unchanged, 0 refused, 0 not in the file.",
        "The edition “lake” is made and public: 2019-05-01 to 2019-05-02, Asia/Shanghai.",
    ]
    assert Edition.objects.get(slug="lake").sessions.count() == 2


def test_command_runs_twice_and_changes_nothing(file, capsys):
    told(capsys, file, "--edition", "lake", "--create")

    lines = told(capsys, file, "--edition", "lake", "--create")

    counts = "2 sessions read: 0 created, 0 changed, 2 unchanged, 0 refused, 0 not in the file."
    assert lines[-1] == counts


def test_dry_run_writes_nothing(file, capsys):
    lines = told(capsys, file, "--edition", "lake", "--create", "--dry-run")

    assert "2 created" in lines[1]
    assert lines[-2].startswith("The edition “lake” would be made:")
    assert lines[-1] == "This was a dry run: nothing is written."
    assert not any(model.objects.exists() for model in [Edition, Session])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--edition", "none"], "There is no edition “none”: give --create to make it."),
        (["--edition", "office", "--create"], "This slug is an address of the system."),
        (["--edition", "x", "--create", "--time-zone", "Mars"], "“Mars” is no time zone."),
    ],
)
def test_command_says_in_one_sentence_what_is_wrong(file, arguments, sentence):
    with pytest.raises(CommandError, match=sentence.replace(".", r"\.")):
        call_command("import_schedule", file, *arguments)

    assert not Edition.objects.exists()


def test_command_says_which_file_it_cannot_read(tmp_path):
    make.edition(slug="lake")
    broken = tmp_path / "broken.xml"
    broken.write_text("<schedule>")

    with pytest.raises(CommandError, match=r"no\.xml cannot be read: No such file"):
        call_command("import_schedule", "no.xml", "--edition", "lake")
    with pytest.raises(CommandError, match="This XML is broken in line 1"):
        call_command("import_schedule", str(broken), "--edition", "lake")
