"""Schedules of other programs in the office: upload, look, import by the worker, report."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.models import ScheduleImport, Session
from hrconf.accounts.roles import Role
from hrconf.jobs.models import Job
from hrconf.jobs.services import run
from tests import make
from tests.events.imports.make_files import event, xml

pytestmark = pytest.mark.django_db
ADD = "admin:events_scheduleimport_add"
TWO = xml({"Hall": [event(1), event(2, start="11:00", title="夜 <b>")]})


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def organizer(client):
    client.force_login(make.organizer())
    return client


@pytest.fixture
def edition():
    return make.edition(slug="lake", starts_on="2019-05-01", ends_on="2019-05-02")


def upload(client, edition, data: bytes = TWO, **fields):
    file = SimpleUploadedFile("schedule.xml", data)
    return client.post(reverse(ADD), {"upload": file, "edition": edition.pk, **fields}, follow=True)


def page() -> str:
    newest = ScheduleImport.objects.first()
    return reverse("admin:events_scheduleimport_change", args=[newest.pk])


def counts(response) -> dict[str, int]:
    return {outcome.value: n for outcome, n in response.context["shown"].counts if n}


def work() -> None:
    for job in Job.objects.filter(state="waiting"):
        run(job.pk)


def test_upload_shows_what_would_happen_and_writes_nothing(organizer, edition):
    response = upload(organizer, edition)

    assert counts(response) == {"created": 2}
    assert "夜 &lt;b&gt;" in response.text
    assert not Session.objects.exists()


def test_importing_is_long_work_with_a_report(organizer, edition, settings):
    upload(organizer, edition)

    organizer.post(page(), {"import": "1"})
    assert organizer.get(page()).context["shown"].is_working
    work()
    response = organizer.get(page())

    assert Session.objects.count() == counts(response)["created"] == 2
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    session = Session.objects.get(source_id="1")
    assert reverse("admin:events_session_change", args=[session.pk]) in response.text
    assert ScheduleImport.objects.get().file.name == ""


def test_importing_again_changes_nothing(organizer, edition):
    for _time in range(2):
        upload(organizer, edition)
        organizer.post(page(), {"import": "1"})
        organizer.post(page(), {"import": "1"})
        work()

    again = organizer.get(page())
    assert counts(again) == {"unchanged": 2}
    assert Session.objects.count() == 2


def test_file_that_is_no_schedule_is_refused_next_to_the_field(organizer, edition):
    response = upload(organizer, edition, b"<schedule>")

    assert "This XML is broken in line 1: nothing of it is read." in response.text
    assert not ScheduleImport.objects.exists()


def test_what_was_changed_by_hand_is_told_and_goes_only_if_the_file_wins(organizer, edition):
    upload(organizer, edition)
    organizer.post(page(), {"import": "1"})
    work()
    Session.objects.filter(source_id="1").update(title_en="By hand")

    kept = upload(organizer, edition)
    assert "Title: changed here since, and kept" in kept.text
    assert counts(kept) == {"unchanged": 2}
    taken = organizer.post(page(), {"overwrites": "on"}, follow=True)

    assert counts(taken) == {"changed": 1, "unchanged": 1}
    assert "new: Title" in taken.text


def test_rows_can_be_narrowed_to_an_outcome(organizer, edition):
    upload(organizer, edition, xml({"Hall": [event(1), event(2, title="")]}))

    narrowed = organizer.get(page(), {"outcome": "refused"})

    assert [line.row for line in narrowed.context["shown"].page] == [2]


def test_who_may_only_look_cannot_import(client, edition):
    organizer = make.organizer()
    client.force_login(organizer)
    upload(client, edition)
    client.force_login(make.office(Role.READ_ONLY))

    looked = client.get(page())
    refused = client.post(page(), {"import": "1"})

    assert (looked.status_code, refused.status_code) == (200, 403)
    assert 'name="import"' not in looked.text
    assert not Job.objects.exists()


@pytest.mark.parametrize("entries", [1, 60])
def test_page_costs_the_same_queries_at_any_length(
    organizer, edition, entries, django_assert_max_num_queries
):
    events = [event(n, start=f"{n % 24:02}:00") for n in range(1, entries + 1)]
    upload(organizer, edition, xml({"Hall": events}))

    with django_assert_max_num_queries(25):
        organizer.get(page())
