"""The demo as a person runs it: loaded, killed, started again, stopped with Ctrl-C.

It runs on a folder of its own that sees our files through links; only processes that
it started are ever signalled.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg2
import pytest

from hrconf.lib import demo
from hrconf.lib.embedded.state import State, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
GREETING = "Try first"


@pytest.fixture
def project():
    """Our files, and a `var` that is nobody else's."""
    folder = Path(tempfile.mkdtemp(prefix="hrconf-demo-"))
    folder.chmod(0o755)
    (folder / "home").mkdir()
    for path in ROOT.iterdir():
        if path.name != "var":
            (folder / path.name).symlink_to(path)
    yield folder
    for process in processes_of(folder):
        with contextlib.suppress(psutil.Error):
            process.kill()
    shutil.rmtree(folder)


@pytest.fixture
def start(project):
    """Start the demo in a group of its own, as a terminal does, and wait for its greeting."""
    port, started = free_port(), []

    def start():
        log = project / f"log-{len(started)}"
        with log.open("w") as output:
            run = subprocess.Popen(
                [sys.executable, "-m", "hrconf.lib.demo"],
                env=outside(PORT=str(port), HOME=str(project / "home")),
                cwd=project,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        started.append(run)
        wait_until(lambda: GREETING in log.read_text() or run.poll() is not None)
        return run, log.read_text()

    yield start
    for run in started:
        run.kill()
        run.wait()


def outside(**changes) -> dict[str, str]:
    """The environment of a machine that has no servers and sets nothing."""
    ours = {"PATH", "LANG", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name in ours} | changes


def wait_until(condition, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def processes_of(project) -> list[psutil.Process]:
    """Whatever runs for the demo of this folder, its database and broker included."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            words = [*process.cmdline(), process.environ().get(demo.MARK, ""), process.cwd()]
            if any(word.startswith(str(project)) for word in words):
                found.append(process)
    return [one for one in found if one.status() != psutil.STATUS_ZOMBIE]


def query(project, sql):
    url = State(project / "var/demo").load().database_url
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() if cursor.description else None


def test_demo_greets_survives_a_kill_and_leaves_nothing_behind(project, start):
    first, log = start()
    assert GREETING in log, log
    for noise in ("Warning", "ERROR", "Traceback"):
        assert noise not in log
    for key in ("organizer@", "staff@", "juror@", "guest@"):
        assert f"  {key}" in log
    query(project, "UPDATE accounts_user SET name = 'Kept' WHERE email LIKE 'organizer@%'")

    first.kill()
    first.wait()
    second, log = start()
    assert GREETING in log, log
    assert "Loading the 2017 edition" not in log
    assert query(project, "SELECT name FROM accounts_user WHERE email LIKE 'organizer@%'") == (
        "Kept",
    )

    os.killpg(second.pid, signal.SIGINT)
    assert second.wait(timeout=30) == 0
    assert processes_of(project) == []
    assert list((project / "home").iterdir()) == []  # nothing but its own folder is touched
