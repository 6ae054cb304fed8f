"""A real worker that is made deaf on purpose ends itself; one that hears lives on."""

import time

import pytest

from hrconf.accounts.models import User
from hrconf.celery import app
from hrconf.jobs.models import Heartbeat, Job
from hrconf.jobs.tasks import run_job, worker_heartbeat
from hrconf.jobs.watch import EXIT_CODE
from tests.faults.servers import Worker, wait_until

HANGS = 12  # seconds: two acknowledgements that are waited for in turn have failed by then


@pytest.fixture
def start(tmp_path, broker, mail_server, transactional_db):
    """Start workers on queues of their own; they end with the test."""
    workers = []

    def start(queue: str, deaf_seconds: int = 3) -> Worker:
        folder = tmp_path / queue
        folder.mkdir()
        environment = {"CELERY_QUEUE": queue, "WORKER_DEAF_SECONDS": str(deaf_seconds)}
        made = Worker(folder, broker, mail_server.port, queue=queue, **environment)
        workers.append(made)
        made.up()
        wait_until(lambda: queue in listened_to(), made.log.read_text)
        return made

    yield start
    for worker in workers:
        worker.kill()


def listened_to() -> set[str]:
    """The queues that workers take messages from."""
    answers = app.control.inspect(timeout=1).active_queues() or {}
    return {queue["name"] for queues in answers.values() for queue in queues}


def deafen(queue: str) -> None:
    """Have the workers of a queue stop listening to it, and leave a message there."""
    app.control.cancel_consumer(queue)
    wait_until(lambda: queue not in listened_to(), lambda: queue)
    worker_heartbeat.apply_async(queue=queue)


def test_deaf_worker_ends_itself_and_no_other_does(start):
    """Beside it: one that hears and has nothing to do, and a deaf one without a watch."""
    deaf, unwatched, hearing = start("deaf"), start("unwatched", 0), start("hearing")

    deafen("unwatched")
    deafen("deaf")
    code = deaf.process.wait(timeout=120)

    assert code == EXIT_CODE
    assert unwatched.is_alive()
    assert hearing.is_alive()


def ordered(queue: str, seconds: float) -> Job:
    """A slow piece of work that a worker of the queue has begun."""
    boss, _made = User.objects.get_or_create(email="boss@office.example", is_superuser=True)
    job = Job.objects.create(
        kind="slow_test", title="Slow", options={"seconds": seconds}, created_by=boss
    )
    run_job.apply_async((job.pk,), queue=queue)
    wait_until(lambda: state_of(job) == Job.State.RUNNING, lambda: state_of(job))
    return job


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return job.state


def test_deaf_worker_first_ends_what_it_has_in_hand_and_hears_when_started_again(start):
    worker = start("deaf")
    job = ordered("deaf", 12)

    deafen("deaf")
    code = worker.process.wait(timeout=120)

    assert code == EXIT_CODE
    assert (state_of(job), job.attempts) == (Job.State.DONE, 1)

    worker.up()
    wait_until(Heartbeat.objects.filter(name="work").exists, worker.log.read_text)


def test_broker_that_hangs_while_tasks_end_leaves_nobody_deaf_for_ever(start, broker):
    """Acknowledgements may time out, and Celery goes on counting them: the known cause."""
    worker = start("deaf")
    jobs = [ordered("deaf", 4), ordered("deaf", 4)]

    broker.hang()
    wait_until(lambda: {state_of(job) for job in jobs} == {Job.State.DONE}, worker.log.read_text)
    time.sleep(HANGS)
    broker.go_on()
    worker_heartbeat.apply_async(queue="deaf", retry=True)
    done = Heartbeat.objects.filter(name="work")
    wait_until(done.exists, worker.log.read_text, worker.up)
