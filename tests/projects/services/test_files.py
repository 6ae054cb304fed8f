"""Papers of projects: kept once, within limits, read by whom a rule lets."""

from pathlib import Path

import pytest
from django.urls import reverse

from hrconf.lib.errors import DomainError
from projects.models import ProjectFile
from projects.services import files
from projects.services.files import (
    BLIND,
    Limits,
    keep_file,
    lets_read,
    may_read_file,
    name_for,
    remove_file,
)
from tests import make
from tests.projects import make_call

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_same_file_sent_twice_is_kept_once(own_media):
    project, content = make.project(), make_call.pdf()

    first = keep_file(project.pk, kind="deck", name="a.pdf", content=content)
    second = keep_file(project.pk, kind="deck", name="a.pdf", content=content)

    assert first == second
    assert len([path for path in own_media.rglob("*") if path.is_file()]) == 1


def test_stored_name_tells_nothing_of_the_sent_one(own_media):
    row = make_call.file(content=make_call.pdf())

    assert row.name == "Pitch 2017.pdf"
    assert "itch" not in row.file.name
    assert len(Path(row.file.name).name) >= 32


def test_no_more_files_than_the_limit_and_none_too_large():
    project = make.project()
    limits = Limits(most=1, megabytes=1)
    keep_file(project.pk, kind="deck", name="a.pdf", content=make_call.pdf(), limits=limits)

    with pytest.raises(DomainError) as many:
        keep_file(
            project.pk, kind="deck", name="b.pdf", content=make_call.pdf("Other"), limits=limits
        )
    with pytest.raises(DomainError) as size:
        keep_file(project.pk, kind="deck", name="c.pdf", content=b"0" * 2**21, limits=limits)

    assert (many.value.code, size.value.code) == ("many", "size")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("deck.PDF", "deck.pdf"),
        ("..\\..\\etc/pass wd.pdf", "pass wd.pdf"),
        ("商业计划书.pptx", "商业计划书.pdf"),
        ("evil\u202efdp.exe", "evilfdp.pdf"),
        ("\r\nSet-Cookie: a.pdf", "Set-Cookie: a.pdf"),
        ("", "file.pdf"),
    ],
)
def test_shown_name_has_no_folder_no_hidden_marks_and_its_true_ending(sent, shown):
    assert files.shown_name(sent, ".pdf") == shown


def test_removed_file_leaves_no_bytes(own_media, django_capture_on_commit_callbacks):
    row = make_call.file()

    with django_capture_on_commit_callbacks(execute=True):
        remove_file(row.pk)
        remove_file(row.pk)

    assert not ProjectFile.objects.exists()
    assert not [path for path in own_media.rglob("*") if path.is_file()]


def test_office_saves_a_paper_and_nothing_runs_in_our_name(client):
    row = make_call.file()
    client.force_login(make.organizer())

    response = client.get(reverse("admin:projects_project_file", args=[row.project_id, row.pk]))

    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Disposition"] == 'attachment; filename="Pitch 2017.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_who_has_no_rule_reads_nothing(monkeypatch):
    row = make_call.file()

    assert may_read_file(make.user(), row) == ""
    assert may_read_file(make.person(), row) == ""


def test_blind_reader_sees_kind_and_number_only(monkeypatch):
    class Stranger:
        pass

    row = make_call.file()
    monkeypatch.setattr(files, "_rules", [*files._rules])
    lets_read(Stranger)(lambda reader, file: BLIND)

    assert may_read_file(Stranger(), row) == BLIND
    assert name_for(row, BLIND) == "deck-1.pdf"
