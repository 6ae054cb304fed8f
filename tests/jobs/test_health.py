"""/healthz names the part that is ill, and only that one."""

import json
import socket
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from hrconf.jobs import health, heartbeats
from hrconf.jobs.models import Heartbeat
from hrconf.jobs.tasks import worker_heartbeat

# /healthz has a connection of its own, which sees committed rows only.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stopped_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]


def sign(**ages: int) -> None:
    """Signs of life, each so many seconds old."""
    for name, age in ages.items():
        beat_at = timezone.now() - timedelta(seconds=age)
        Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": beat_at})


@pytest.fixture(autouse=True)
def all_well():
    sign(beat=5, worker=5, work=20)


def ask(client):
    response = client.get("/healthz")
    return response, json.loads(response.content)


def test_healthy_system_answers_200(client):
    response, answer = ask(client)

    assert response.status_code == 200
    assert answer["status"] == "ok"
    assert answer["ill"] == []
    assert {part["state"] for part in answer["checks"].values()} == {"ok"}
    assert set(answer["checks"]) == {"database", "cache", "worker", "beat"}
    assert 5 <= answer["checks"]["beat"]["age_seconds"] < 60


def test_answer_sets_no_cookie_and_is_not_kept(client):
    response, _answer = ask(client)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "no-store"


def test_silent_beat_is_ill_and_the_worker_is_not(client):
    sign(beat=61, work=3600)
    response, answer = ask(client)

    assert response.status_code == 503
    assert answer["ill"] == ["beat"]
    assert answer["checks"]["beat"]["says"] == "Beat has been silent for 61 seconds."


def test_silent_worker_is_ill_and_beat_is_not(client):
    sign(worker=61, work=61)
    response, answer = ask(client)

    assert response.status_code == 503
    assert answer["ill"] == ["worker"]


def test_worker_that_does_no_work_is_ill(client):
    sign(work=3600)
    _response, answer = ask(client)

    assert answer["ill"] == ["worker"]
    assert "no task for 60 minutes" in answer["checks"]["worker"]["says"]


def test_busy_worker_is_well(client):
    sign(work=600)

    assert ask(client)[0].status_code == 200


def test_parts_that_never_came_up_are_ill(client):
    Heartbeat.objects.all().delete()
    _response, answer = ask(client)

    assert answer["ill"] == ["worker", "beat"]
    assert answer["checks"]["beat"]["says"] == "Beat has never shown itself."


def test_stopped_cache_is_ill_and_nothing_else(client, settings, stopped_port):
    settings.REDIS_URL = f"redis://127.0.0.1:{stopped_port}/0"
    response, answer = ask(client)

    assert response.status_code == 503
    assert answer["ill"] == ["cache"]


def test_stopped_database_is_ill_and_the_signs_are_unknown(client, monkeypatch, stopped_port):
    copy = connection.copy

    def elsewhere(*args):
        probe = copy(*args)
        probe.settings_dict = {**probe.settings_dict, "HOST": "127.0.0.1", "PORT": stopped_port}
        return probe

    monkeypatch.setattr(health.connection, "copy", elsewhere)
    response, answer = ask(client)

    assert response.status_code == 503
    assert answer["ill"] == ["database"]
    assert answer["checks"]["worker"]["state"] == "unknown"
    assert answer["checks"]["cache"]["state"] == "ok"


def test_server_that_accepts_and_says_nothing_is_waited_for_a_moment(client, settings):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.REDIS_URL = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        _response, answer = ask(client)

    assert answer["ill"] == ["cache"]
    assert "TimeoutError" in answer["checks"]["cache"]["says"]


def test_post_is_refused(client):
    assert client.post("/healthz").status_code == 405


# Who signs -------------------------------------------------------------------------


@pytest.fixture
def silent(monkeypatch):
    monkeypatch.setattr(heartbeats, "_signed_at", {})
    # A process of the tests keeps its connection.
    monkeypatch.setattr(heartbeats.connection, "close", lambda: None)
    Heartbeat.objects.all().delete()


def test_scheduler_signs_as_it_ticks(silent, tmp_path):
    from hrconf.celery import app

    scheduler = heartbeats.SigningScheduler(
        app, schedule_filename=str(tmp_path / "schedule"), lazy=True
    )
    scheduler.data = {}
    scheduler._store = {"entries": {}}

    assert scheduler.tick() <= heartbeats.EVERY_SECONDS
    assert [sign.name for sign in Heartbeat.objects.all()] == ["beat"]


def test_worker_signs_on_its_own_timer(silent):
    heartbeats.worker_lives(sender=None)

    assert [sign.name for sign in Heartbeat.objects.all()] == ["worker"]


def test_task_signs_that_work_gets_done(silent):
    worker_heartbeat()

    assert [sign.name for sign in Heartbeat.objects.all()] == ["work"]


def test_signing_is_not_done_at_every_turn(silent, django_assert_num_queries):
    heartbeats.sign_now_and_then("beat")
    with django_assert_num_queries(0):
        heartbeats.sign_now_and_then("beat")
    assert heartbeats._signed_at


def test_database_that_is_down_stops_no_process(silent, monkeypatch, caplog):
    def down(name):
        raise health.DatabaseError("down")

    monkeypatch.setattr(heartbeats, "sign", down)
    heartbeats.sign_now_and_then("beat")

    assert "No sign of life of beat" in caplog.text
