"""A list of projects in the office: uploaded, looked at, corrected, imported, reported."""

import csv
import io
import json

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrconf.jobs.models import Job
from projects.importing.writing import import_project_list
from projects.models import Project, ProjectList
from tests import make
from tests.projects.importing.make_lists import HEADING, ROBOT, as_csv, project_list

pytestmark = pytest.mark.django_db
ADD = "admin:projects_projectlist_add"


@pytest.fixture(autouse=True)
def _settings(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_ROLES = []


@pytest.fixture
def office(client):
    client.force_login(make.organizer())
    return client


def page(row) -> str:
    return reverse("admin:projects_projectlist_change", args=[row.pk])


def upload(office, data: bytes, edition=None):
    fields = {
        "upload": ContentFile(data, name="projects.csv"),
        "edition": (edition or make.edition()).pk,
        "standing": "applied",
    }
    return office.post(reverse(ADD), fields, follow=True)


def test_upload_shows_what_would_become_of_each_row_and_imports_nothing(office):
    make.sector(slug="manufacturing")

    shown = upload(office, as_csv(HEADING, ROBOT, ["", "", "x", "", ""])).content.decode()

    assert "Surgical robot" in shown
    assert "no title and no company" in shown
    assert "Import without the refused rows" in shown
    assert 'name="import"' not in shown
    assert not Project.objects.exists()


def test_json_is_taken_too(office):
    shown = upload(office, json.dumps([{"name": "Robot"}]).encode())

    assert shown.context["shown"].counts[0] == ("created", 1)


@pytest.mark.parametrize("data", [b"", b"[1]", b"%PDF-1.4"])
def test_file_that_is_no_list_is_refused_next_to_its_field(office, data):
    answer = office.post(
        reverse(ADD),
        {
            "upload": ContentFile(data, name="x"),
            "edition": make.edition().pk,
            "standing": "applied",
        },
    )

    assert "upload" in answer.context["adminform"].form.errors
    assert not ProjectList.objects.exists()


def test_columns_are_chosen_on_screen_and_kept_for_the_next_list(office):
    rows = {"heading": ["Venture", "Land"], "edition": make.edition()}
    row = project_list(["Robot", "FR"], **rows)
    chosen = {"column-0": "title", "column-1": "country"}

    office.post(page(row), {"encoding": row.encoding, **chosen})

    row.refresh_from_db()
    assert row.columns == ["title", "country"]
    assert project_list(["Drone", "DE"], **rows).columns == ["title", "country"]


def test_one_field_for_two_columns_is_refused_and_what_was_chosen_stays(office):
    row = project_list(["Robot", "FR"], heading=["Venture", "Land"])

    answer = office.post(
        page(row), {"encoding": row.encoding, "column-0": "title", "column-1": "title"}
    )

    assert "choose one of them" in answer.content.decode()
    assert [column.field for column in answer.context["shown"].columns] == ["title", "title"]
    row.refresh_from_db()
    assert row.columns is None


def test_import_is_ordered_and_its_report_stays(office):
    row = project_list(ROBOT)

    office.post(page(row), {"encoding": row.encoding, "import": "1"})
    assert Job.objects.get(kind="project_list").options == {"project_list": row.pk}
    import_project_list(row.pk)
    shown = office.get(page(row)).content.decode()

    project = Project.objects.get()
    assert reverse("admin:projects_project_change", args=[project.pk]) in shown
    assert 'name="import"' not in shown


@pytest.mark.parametrize("is_imported", [False, True])
def test_report_is_a_table_before_and_after(office, is_imported):
    row = project_list(ROBOT, ["=1+1", "", "", "Nowhere", ""])
    if is_imported:
        import_project_list(row.pk)

    answer = office.get(reverse("admin:projects_projectlist_report", args=[row.pk]))

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert [line[:3] for line in lines[1:]] == [
        ["2", "Surgical robot", "Created"],
        ["3", "'=1+1", "Created"],
    ]
    assert "not known" in lines[2][3]


def test_page_costs_the_same_queries_at_any_length(office):
    def asked(number: int) -> int:
        rows = [[f"Robot {number} {n}", "", "", "", ""] for n in range(number)]
        row = project_list(*rows, edition=edition)
        with CaptureQueriesContext(connection) as queries:
            office.get(page(row))
        return len(queries)

    edition = make.edition()
    assert asked(1) == asked(150)
