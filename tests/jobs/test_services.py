"""Long work: ordered in a transaction, done once, freed when its worker dies."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone, translation

from hrconf.jobs import kinds, services
from hrconf.jobs.kinds import job_kind
from hrconf.jobs.locks import job_lock
from hrconf.jobs.models import Job
from hrconf.jobs.progress import ProgressBar
from tests import make

pytestmark = pytest.mark.django_db
State = Job.State


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch, settings, tmp_path):
    """Kinds of this test alone, and files in a folder of its own."""
    monkeypatch.setattr(kinds, "_kinds", {})
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def woken(monkeypatch):
    calls = []
    monkeypatch.setattr(services, "wake", lambda task, *args: calls.append((task.name, *args)))
    return calls


def kind(run=lambda job, progress: None, **fields):
    return job_kind("export", permission="events.view_session", **fields)(run)


def order(**fields) -> Job:
    fields.setdefault("by", make.user(is_superuser=True))
    return services.start_job(kind="export", title="Export", options={"a": 1}, **fields)


def test_start_job_writes_the_row_in_the_readers_language():
    kind()

    with translation.override("zh-hans"):
        job = order()

    assert (job.state, job.language, job.options) == (State.WAITING, "zh-hans", {"a": 1})


def test_start_job_refuses_who_lacks_the_right():
    kind()

    with pytest.raises(PermissionDenied):
        order(by=make.user())


def test_two_kinds_of_one_name_are_a_mistake():
    kind()

    with pytest.raises(Exception, match="two job kinds"):
        kind()


def test_run_does_the_work_in_the_language_of_the_order():
    def work(job, progress):
        progress(3, 3)
        job.report = {"language": translation.get_language()}
        job.result.save("x", ContentFile(b"rows"), save=False)
        job.result_name = "rows.xlsx"

    kind(work)
    with translation.override("zh-hans"):
        job = order()

    assert services.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (State.DONE, 3, 3)
    assert (job.report, job.result_name) == ({"language": "zh-hans"}, "rows.xlsx")
    assert job.finished_at is not None
    assert "x" not in job.result.name.split("/")


def test_run_twice_does_the_work_once():
    done = []
    kind(lambda job, progress: done.append(job.pk))
    job = order()

    assert [services.run(job.pk), services.run(job.pk)] == [True, False]
    assert done == [job.pk]


def test_refusal_is_shown_in_its_words():
    def refuse(job, progress):
        raise ValidationError("Row 7 has no name.")

    kind(refuse)
    job = order()
    services.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "Row 7 has no name.")


def test_bug_is_logged_and_shown_without_its_insides(caplog):
    def fail(job, progress):
        raise RuntimeError("-".join(["secret", "words"]))  # the log quotes this line

    kind(fail)
    job = order()
    services.run(job.pk)

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "secret-words" not in job.error + caplog.text
    assert "RuntimeError" in caplog.text
    assert "in fail" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_progress_is_written_seldom_at_the_end_and_never_beyond_the_total():
    kind()
    job = order()

    with ProgressBar(job) as progress:
        progress(1, 10)
        progress(11, 10)
        assert Job.objects.get().done == 1

    assert (Job.objects.get().done, Job.objects.get().total) == (10, 10)


@pytest.mark.django_db(transaction=True)
def test_progress_of_work_in_one_transaction_is_seen_before_it_ends():
    kind()
    job = order()
    seen = []

    with ProgressBar(job) as progress, transaction.atomic():
        progress(4, 10)
        elsewhere(lambda: seen.append(Job.objects.get().done))

    assert seen == [4]


@pytest.mark.django_db(transaction=True)
def test_progress_never_waits_for_the_work_itself():
    kind()
    job = order()

    with ProgressBar(job) as progress, transaction.atomic():
        Job.objects.update(report={"rows": 1})
        progress(4, 10)

    assert Job.objects.get().done == 4


def test_work_that_takes_too_long_says_so():
    def dawdle(job, progress):
        raise SoftTimeLimitExceeded

    kind(dawdle)
    job = order()
    services.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "The work took longer than it may.")


def old(job: Job, **fields) -> Job:
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(created_at=long_ago, **fields)
    return Job.objects.get(pk=job.pk)


def test_sweep_wakes_work_whose_wake_up_was_lost(woken):
    kind()
    job = old(order())

    assert services.sweep()["woken"] == 1
    assert woken == [("hrconf.jobs.tasks.run_job", job.pk)]


def running(**fields) -> Job:
    return old(
        order(), state=State.RUNNING, started_at=timezone.now() - timedelta(hours=1), **fields
    )


def test_sweep_starts_work_of_a_dead_worker_again(woken):
    kind()
    job = running(attempts=1)

    services.sweep()

    job.refresh_from_db()
    assert job.state == State.WAITING
    assert woken == [("hrconf.jobs.tasks.run_job", job.pk)]


@pytest.mark.parametrize(("restarts", "attempts"), [(False, 1), (True, 2)])
def test_sweep_ends_work_that_may_not_start_again(woken, restarts, attempts):
    kind(restarts=restarts)
    job = running(attempts=attempts)

    services.sweep()

    job.refresh_from_db()
    assert (job.state, woken) == (State.FAILED, [])
    assert "half-way" in job.error


def elsewhere(function) -> None:
    """Call a function in a thread, that is with a database connection of its own."""

    def call():
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=call)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_sweep_leaves_work_alone_while_its_worker_lives(woken):
    kind()
    job = running(attempts=1)

    with job_lock(job.pk):
        elsewhere(services.sweep)

    job.refresh_from_db()
    assert (job.state, woken) == (State.RUNNING, [])


@pytest.mark.django_db(transaction=True)
def test_sweep_frees_work_as_soon_as_the_session_of_its_worker_ends(woken):
    kind()
    job = running(attempts=1)

    def die() -> None:
        job_lock(job.pk).__enter__()  # and never leaves: the session ends with it

    elsewhere(die)
    services.sweep()

    job.refresh_from_db()
    assert job.state == State.WAITING


def test_sweep_drops_expired_files_and_keeps_the_row():
    kind()
    job = order()
    job.result.save("x", ContentFile(b"rows"))
    path = Path(job.result.path)
    week = timezone.now() - timedelta(days=8)
    Job.objects.update(state=State.DONE, finished_at=week)

    assert services.sweep()["expired"] == 1
    assert services.sweep()["expired"] == 0

    assert not path.exists()
    assert Job.objects.get().result.name == ""
