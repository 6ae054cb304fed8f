"""Guest lists in the office: upload, look, import by the worker, read the report."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from attendees.models import GuestList, Person
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from tests import make
from tests.attendees.importing.make_lists import HEADING, LI, ZHANG, as_csv, guest_list

pytestmark = pytest.mark.django_db
ADD = "admin:attendees_guestlist_add"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


def upload(client, data: bytes, **fields):
    file = SimpleUploadedFile("guests.csv", data)
    fields = {"edition": make.edition().pk, "purpose": "people", **fields}
    return client.post(reverse(ADD), {"upload": file, **fields}, follow=True)


def page(uploaded: GuestList) -> str:
    return reverse("admin:attendees_guestlist_change", args=[uploaded.pk])


def test_upload_shows_what_would_happen_and_writes_nobody(organizer):
    response = upload(organizer, as_csv(HEADING, ZHANG, ["", "", "x", "", ""]))

    shown = response.context["shown"]
    assert {outcome.value: count for outcome, count in shown.counts} == {
        "created": 1,
        "changed": 0,
        "matched": 0,
        "refused": 1,
    }
    assert Person.objects.count() == 0
    assert not response.context["may_import"]


def test_gb18030_is_shown_with_the_names_as_written(organizer):
    response = upload(organizer, as_csv(HEADING, ZHANG, LI, encoding="gb18030"))

    candidates = response.context["shown"].encodings
    assert "gb18030" in {candidate.encoding for candidate in candidates}
    assert "张伟" in response.content.decode()


def test_importing_is_long_work_with_a_report(organizer):
    upload(organizer, as_csv(HEADING, ZHANG, LI))
    uploaded = GuestList.objects.get()

    organizer.post(page(uploaded), {"import": "1", "encoding": uploaded.encoding})
    assert organizer.get(page(uploaded)).context["shown"].is_working
    run(Job.objects.get().pk)

    response = organizer.get(page(uploaded))
    assert set(Person.objects.values_list("email", flat=True)) == {ZHANG[2], LI[2]}
    assert response.context["shown"].counts[0][1] == 2
    assert "张伟" in response.content.decode()  # looked up: the report has only keys


def test_importing_again_changes_nothing(organizer):
    uploaded = guest_list(ZHANG)
    for _time in range(2):
        organizer.post(page(uploaded), {"import": "1"})
        for job in Job.objects.filter(state="waiting"):
            run(job.pk)

    assert (Person.objects.count(), Job.objects.count()) == (1, 1)


def test_report_can_be_narrowed_to_the_refused(organizer):
    uploaded = guest_list(ZHANG, ["", "", "x", "", ""])

    response = organizer.get(page(uploaded), {"outcome": "refused"})

    assert [line.line for line in response.context["shown"].page] == [3]


def test_a_list_without_names_says_so(organizer):
    response = upload(organizer, as_csv(["Colour", "Size"], ["red", "1"]))

    assert "No column holds names" in response.content.decode()
    assert not response.context["may_import"]


def test_guests_need_a_category(organizer):
    response = upload(organizer, as_csv(HEADING, ZHANG), purpose="invitations")

    assert "Choose the category of the guests." in response.content.decode()
    assert GuestList.objects.count() == 0


def test_a_category_of_another_edition_is_refused(organizer):
    category = make.category(make.edition())

    response = upload(organizer, as_csv(HEADING, ZHANG), category=category.pk)

    assert "another edition" in response.content.decode()


def test_a_picture_is_refused_at_the_door(organizer):
    response = upload(organizer, b"\x89PNG\r\n\x1a\n\x00\x00")

    assert response.context["adminform"].form.errors["upload"]
    assert GuestList.objects.count() == 0


def test_read_only_may_look_and_not_import(client):
    uploaded = guest_list(ZHANG)
    client.force_login(make.office(Role.READ_ONLY))

    assert client.get(page(uploaded)).status_code == 200
    assert client.post(page(uploaded), {"import": "1"}).status_code == 403
    assert client.get(reverse(ADD)).status_code == 403
    assert Job.objects.count() == 0


def test_template_is_a_workbook(organizer):
    response = organizer.get(reverse("admin:attendees_guestlist_template"))

    assert b"".join(response.streaming_content).startswith(b"PK")


@pytest.mark.parametrize("rows", [1, 30])
def test_page_costs_the_same_at_any_length(organizer, rows, django_assert_num_queries):
    uploaded = guest_list(*([f"张{n}", "", f"z{n}@guests.example", "", ""] for n in range(rows)))

    # session, user, permissions (own, of roles), list, edition, uploader,
    # job, people, associations, categories
    with django_assert_num_queries(11):
        organizer.get(page(uploaded))
