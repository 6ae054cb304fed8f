"""The pages of long work: one's own only, private, and a file that no browser opens."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hrconf.jobs import kinds
from hrconf.jobs.kinds import job_kind
from hrconf.jobs.models import Job
from tests import make

pytestmark = pytest.mark.django_db
State = Job.State


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(kinds, "_kinds", {})
    settings.MEDIA_ROOT = tmp_path
    job_kind("export", permission="events.view_session")(lambda job, progress: None)


@pytest.fixture
def owner(client):
    user = make.user(is_superuser=True)
    client.force_login(user)
    return user


def job(owner, **fields) -> Job:
    if fields.get("state") in {State.DONE, State.FAILED}:
        fields.setdefault("finished_at", timezone.now())
    return Job.objects.create(kind="export", title="Guests", created_by=owner, **fields)


def done(owner) -> Job:
    made = job(owner, state=State.DONE, result_name="嘉宾.xlsx")
    made.result.save("x", ContentFile(b"rows"))
    return made


def url(job: Job, page: str = "") -> str:
    return f"/en/jobs/{job.pk}/{page}"


def test_list_shows_ones_own_jobs_only(client, owner):
    mine = job(owner)
    other = Job.objects.create(kind="export", title="Foreign", created_by=make.user())

    page = client.get("/en/jobs/").content.decode()

    assert mine.title in page
    assert other.title not in page


def test_list_costs_the_same_for_twenty_as_for_one(client, owner):
    counts = []
    for size in [1, 19]:
        for _n in range(size):
            job(owner)
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/jobs/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_running_job_loads_itself_again_with_and_without_javascript(client, owner):
    page = client.get(url(job(owner, state=State.RUNNING, done=3, total=9))).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert 'hx-trigger="every 2s"' in page
    assert 'max="9" value="3"' in page


def test_poll_gets_the_part_that_changes(client, owner):
    made = job(owner, state=State.RUNNING)

    part = client.get(url(made), headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert 'id="job"' in part


def test_finished_job_asks_no_more_and_offers_the_file(client, owner):
    made = done(owner)

    page = client.get(url(made)).content.decode()

    assert "hx-trigger" not in page
    assert 'http-equiv="refresh"' not in page
    assert url(made, "download/") in page


def test_failed_job_says_why(client, owner):
    made = job(owner, state=State.FAILED, error="Row 7 has no name.")

    assert "Row 7 has no name." in client.get(url(made)).content.decode()


def test_download_is_an_attachment_that_no_browser_opens(client, owner):
    response = client.get(url(done(owner), "download/"))

    assert b"".join(response.streaming_content) == b"rows"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_download_asks_for_the_right_to_the_data_again(client, owner):
    made = done(owner)
    owner.is_superuser = False
    owner.save()

    assert client.get(url(made, "download/")).status_code == 403


def test_expired_file_is_not_found(client, owner):
    assert client.get(url(job(owner, state=State.DONE), "download/")).status_code == 404


@pytest.mark.parametrize("page", ["", "download/"])
def test_foreign_job_is_not_found(client, owner, page):
    foreign = done(make.user())

    assert client.get(url(foreign, page)).status_code == 404


@pytest.mark.parametrize("page", ["/en/jobs/", "/en/jobs/1/", "/en/jobs/1/download/"])
def test_stranger_is_asked_to_sign_in(client, page):
    response = client.get(page)

    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_pages_are_kept_by_no_cache(client, owner):
    made = done(owner)

    for page in ["/en/jobs/", url(made), url(made, "download/")]:
        response = client.get(page)
        response.getvalue()  # to the end, which closes the file
        kept = set(response["Cache-Control"].replace(" ", "").split(","))
        assert {"private", "no-store"} <= kept
