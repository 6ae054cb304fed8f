"""Exports: the rows that the filters leave, as a file that an import understands."""

import csv
import io

import pytest
from django.urls import reverse

from attendees.importing.columns import understand
from attendees.models import GuestList, Person
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from hrconf.lib.sheets import read_rows
from tests import make
from tests.attendees.importing.make_lists import counts, imported

pytestmark = pytest.mark.django_db
EXPORT = "admin:attendees_registration_export"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def export(client, query: str = "", url_name: str = EXPORT, **choices) -> Job:
    """Order an export and do the work."""
    choices = {"format": "csv", "language": "en", **choices}
    response = client.post(f"{reverse(url_name)}?{query}", choices)
    assert response.status_code == 302, response.content.decode()
    job = Job.objects.latest("pk")
    run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    return job


def table(job: Job) -> list[list[str]]:
    with job.result.open("rb") as file:
        return read_rows(file, "utf-8-sig" if job.result_name.endswith("csv") else None).rows


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_holds_the_filtered_rows_and_no_others(organizer, form):
    edition = make.edition()
    pending = {make.registration(edition=edition, status="pending") for _ in range(3)}
    make.registration(edition=edition)

    job = export(organizer, "status__exact=pending", format=form)

    heading, *rows = table(job)
    column = heading.index("Badge")
    assert {row[column] for row in rows} == {registration.badge for registration in pending}
    assert job.report == {"rows": 3}


def test_export_follows_the_search(organizer):
    wanted = make.registration(person=make.person(name_native="张伟"))
    make.registration()

    rows = table(export(organizer, "q=张伟"))

    assert [row[0] for row in rows[1:]] == [wanted.person.name_native]


def test_headings_follow_the_chosen_language(organizer):
    make.registration()

    heading = table(export(organizer, language="zh-hans"))[0]

    assert heading[:3] == ["姓名", "拼音或英文名", "电子邮箱"]


def test_an_exported_file_imports_again_and_changes_nothing(organizer):
    for _each in range(3):
        make.person(organization_en="Lakeside", title_zh_hans="教授", phone="+16045550123")
    before = list(Person.objects.order_by("pk").values())

    heading, *rows = table(export(organizer, url_name="admin:attendees_person_export"))
    result = imported(*rows, heading=heading)

    assert counts(result) == (0, 0, 3, 0)
    assert list(Person.objects.order_by("pk").values()) == before
    assert GuestList.objects.count() == 1


def test_headings_of_a_registration_are_those_an_import_knows(organizer):
    make.registration()

    header = understand(table(export(organizer))[0])

    assert {"name_native", "email", "country", "association", "category"} <= set(header.places)


def test_a_formula_in_a_name_stays_text(organizer):
    make.registration(person=make.person(name_native="=1+1", organization_en="@SUM(A1)"))

    job = export(organizer)

    with job.result.open("rb") as file:
        cells = next(
            row
            for row in csv.reader(io.StringIO(file.read().decode("utf-8-sig")))
            if "=1+1" in row[0]
        )
    assert cells[0] == "'=1+1"


def test_work_for_export_costs_the_same_at_any_length(organizer, django_assert_max_num_queries):
    for _row in range(20):
        make.registration(delegation=make.delegation())

    with django_assert_max_num_queries(40):
        export(organizer)


@pytest.mark.parametrize("role", [Role.DESK, Role.READ_ONLY, Role.STAFF, Role.PRESS])
def test_who_may_only_look_takes_nothing_home(client, role):
    client.force_login(make.office(role))

    assert client.get(reverse(EXPORT)).status_code == 403
    assert client.post(reverse(EXPORT), {"format": "csv", "language": "en"}).status_code == 403
    assert Job.objects.count() == 0


def test_list_offers_the_export_with_its_filters(organizer):
    url = reverse("admin:attendees_registration_changelist")

    response = organizer.get(f"{url}?status__exact=pending")

    assert response.context["export_url"].endswith("export/?status__exact=pending")


def test_list_offers_no_export_to_who_may_only_look(client):
    client.force_login(make.office(Role.DESK))

    response = client.get(reverse("admin:attendees_registration_changelist"))

    assert response.context["export_url"] == ""
