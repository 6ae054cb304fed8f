"""A real broker, a real worker and a real mail server for the fault tests.

They live as long as the tests of this folder, since a worker takes seconds to
start; what a test broke, the next one finds mended.
"""

import pytest

from hrconf.celery import app
from hrconf.lib import wake
from tests.faults.servers import Broker, Worker
from tests.mailing.sink import Sink, SinkServer


@pytest.fixture(scope="package")
def mail_server():
    with SinkServer(Sink()) as server:
        yield server


@pytest.fixture(scope="package")
def fault_broker(tmp_path_factory):
    made = Broker(tmp_path_factory.mktemp("broker"))
    own = app.conf.broker_url, app.conf.task_default_queue
    connect_app(made.url, "faults")
    yield made
    made.kill()
    connect_app(*own)


@pytest.fixture(scope="package")
def fault_worker(tmp_path_factory, fault_broker, mail_server, django_db_setup):
    made = Worker(tmp_path_factory.mktemp("worker"), fault_broker, mail_server.port)
    yield made
    made.kill()


def connect_app(url: str, queue: str) -> None:
    """Point this process's Celery at a broker and forget its old connections."""
    app.conf.update(
        broker_url=url, broker_read_url=url, broker_write_url=url, task_default_queue=queue
    )
    app.amqp.queues.clear()
    app.amqp.queues.add(queue)
    app.amqp._producer_pool = None
    app._pool = None


@pytest.fixture
def sink(mail_server) -> Sink:
    """The mail server's ledger, empty, and its manners, good."""
    mail_server.sink.__init__()
    return mail_server.sink


@pytest.fixture
def broker(fault_broker, monkeypatch) -> Broker:
    """The broker, running and empty; this process hands its wake-ups to it."""
    fault_broker.up()
    fault_broker.forget()
    monkeypatch.setattr(wake, "_quiet_until", 0.0)
    monkeypatch.setattr(wake, "PAUSE_SECONDS", 0.5)
    return fault_broker


@pytest.fixture
def worker(fault_worker, broker, sink, transactional_db, settings) -> Worker:
    """The worker; a test starts it when it wants it."""
    settings.MAIL_FINAL_TIMEOUT, settings.EMAIL_TIMEOUT, settings.MAIL_CLAIM_SLACK = 3, 2, 1
    settings.BASE_URL = "https://conference.example"
    return fault_worker
