"""A real broker, a real worker and a real mail server for each fault test."""

import pytest

from hrconf.celery import app
from hrconf.lib import wake
from tests.faults.servers import Broker, Worker
from tests.mailing.sink import Sink, SinkServer


@pytest.fixture
def sink():
    """The mail server; it outlives the worker and keeps the ledger."""
    made = Sink()
    with SinkServer(made) as server:
        made.port = server.port
        yield made


@pytest.fixture
def broker(tmp_path, monkeypatch):
    """A broker of this test alone; this process hands its wake-ups to it."""
    made = Broker(tmp_path)
    made.up()
    connect_app(made.url)
    monkeypatch.setattr(wake, "_quiet_until", 0.0)
    monkeypatch.setattr(wake, "PAUSE_SECONDS", 0.5)
    yield made
    made.kill()


def connect_app(url: str) -> None:
    """Point this process's Celery at a broker and forget its old connections."""
    app.conf.update(
        broker_url=url, task_default_queue="faults", broker_read_url=url, broker_write_url=url
    )
    app.amqp.queues.clear()
    app.amqp.queues.add("faults")
    app.amqp._producer_pool = None
    app._pool = None


@pytest.fixture
def worker(tmp_path, broker, sink, transactional_db, settings):
    """A worker, not started yet, on the test's database; ended whatever happens."""
    settings.MAIL_FINAL_TIMEOUT, settings.EMAIL_TIMEOUT, settings.MAIL_CLAIM_SLACK = 3, 2, 1
    settings.BASE_URL = "https://conference.example"
    made = Worker(tmp_path, broker, sink.port)
    yield made
    made.kill()
