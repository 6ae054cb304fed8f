"""The embedded servers: started, found again, recovered after kill -9, never left behind.

Each test runs the command as a person would, in a process of its own, on a state
folder that no other test run uses; only processes started here are ever signalled.
"""

import contextlib
import json
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

from hrconf.lib.embedded import postgres
from hrconf.lib.embedded.servers import addresses
from hrconf.lib.embedded.state import EmbeddedError, State, usable_folder

COMMAND = [sys.executable, "-m", "hrconf.lib.embedded"]
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")


@pytest.fixture(scope="module")
def state():
    """A state folder of our own; what a failed test leaves running is stopped."""
    base = Path(tempfile.mkdtemp(prefix="hrconf-embedded-"))
    base.chmod(0o755)
    found = State(base / "demo")  # not "test": its data must survive a kill -9
    yield found
    embedded("remove", state=found)
    shutil.rmtree(base)


@pytest.fixture(autouse=True)
def all_stopped(request):
    """Every test begins without servers."""
    if "state" in request.fixturenames:
        embedded("down", state=request.getfixturevalue("state"))


def outside(**changes) -> dict[str, str]:
    """The environment of a machine that has no servers."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    return {**kept, **changes}


def embedded(deed, *command, state, env=None):
    arguments = [*COMMAND, deed, "--state", str(state.folder), "--", *command]
    return subprocess.run(
        arguments, env=env or outside(), capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def start_run(state):
    """Start a `run` in a group of its own, as a terminal makes one; wait for its servers."""
    started = []

    def start():
        ready = state.folder / f"ready-{len(started)}"
        ready.unlink(missing_ok=True)
        run = in_background("sh", "-c", f"touch {ready}; sleep 60", state=state)
        started.append(run)
        wait_until(ready.exists)
        return run

    yield start
    for run in started:
        end(run, signal.SIGKILL)


def in_background(*command, state):
    return subprocess.Popen(
        [*COMMAND, "run", "--state", str(state.folder), "--", *command],
        env=outside(),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(run, number):
    """Signal the whole group, as a terminal does, and wait until the run has ended."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, number)
    run.wait(timeout=120)


def wait_until(condition, seconds=240):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def servers(state) -> dict[str, int]:
    """Which of the two servers run on this state folder, and as which process."""
    found = {}
    for process in psutil.process_iter(["cmdline", "status"]):
        command = " ".join(process.info["cmdline"] or []).strip()
        if process.info["status"] == psutil.STATUS_ZOMBIE:
            continue
        if f"postgres -D {state.data}" in command:
            found["postgres"] = process.pid
        if "valkey-server" in command and command.endswith(f":{state.load().valkey_port}"):
            found["valkey"] = process.pid
    return found


def running(state) -> set[str]:
    return set(servers(state))


def query(state, sql):
    connection = psycopg2.connect(state.load().database_url)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() if cursor.description else None


def test_run_gives_two_servers_and_stops_them_afterwards(state):
    script = (
        "import os, psycopg2, redis;"
        "cursor = psycopg2.connect(os.environ['DATABASE_URL']).cursor();"
        "cursor.execute('SHOW max_connections');"
        "assert int(cursor.fetchone()[0]) >= 300;"
        "assert redis.Redis.from_url(os.environ['REDIS_URL']).ping()"
    )

    done = embedded("run", sys.executable, "-c", script, state=state)

    assert done.returncode == 0, done.stderr
    assert running(state) == set()


def test_run_passes_the_exit_code_on(state):
    assert embedded("run", "sh", "-c", "exit 7", state=state).returncode == 7


def test_run_takes_the_servers_that_the_caller_names(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://real/one")
    monkeypatch.setenv("REDIS_URL", "redis://real")

    with addresses(tmp_path / "never-made") as found:
        assert found == {"DATABASE_URL": "postgres://real/one", "REDIS_URL": "redis://real"}

    assert not (tmp_path / "never-made").exists()


def test_up_keeps_the_servers_until_down(state):
    embedded("up", state=state)
    embedded("run", "true", state=state)
    assert running(state) == {"postgres", "valkey"}

    embedded("down", state=state)

    assert running(state) == set()


def test_up_recovers_servers_that_were_killed_and_keeps_the_data(state):
    embedded("up", state=state)
    query(state, "CREATE TABLE kept AS SELECT 206 AS agreements")
    for pid in servers(state).values():
        os.kill(pid, signal.SIGKILL)

    again = embedded("up", state=state)

    assert again.returncode == 0, again.stderr
    assert query(state, "SELECT agreements FROM kept") == (206,)
    assert running(state) == {"postgres", "valkey"}


def test_up_is_not_deceived_by_a_pid_that_is_somebody_elses_now(state):
    embedded("up", state=state)
    left = (state.data / "postmaster.pid").read_text().splitlines()
    embedded("down", state=state)
    (state.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left[1:]]) + "\n")

    again = embedded("up", state=state)

    assert again.returncode == 0, again.stderr
    assert running(state) == {"postgres", "valkey"}


def test_next_run_takes_over_what_a_killed_run_left(state, start_run):
    run = start_run()
    orphan = servers(state)["postgres"]
    end(run, signal.SIGKILL)
    assert running(state) == {"postgres", "valkey"}

    done = embedded("run", "cat", str(state.data / "postmaster.pid"), state=state)

    assert done.stdout.splitlines()[0] == str(orphan)
    assert running(state) == set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_run_leaves_nothing_when_it_is_told_to_stop(state, start_run, number):
    run = start_run()

    end(run, number)

    assert running(state) == set()


def test_run_leaves_nothing_when_interrupted_while_it_starts(state):
    run = in_background("sleep", "60", state=state)
    wait_until(lambda: running(state))

    end(run, signal.SIGINT)

    assert running(state) == set()


def test_two_runs_share_the_servers_and_the_last_one_stops_them(state, start_run):
    first, second = start_run(), start_run()

    end(first, signal.SIGTERM)
    assert running(state) == {"postgres", "valkey"}

    end(second, signal.SIGTERM)
    assert running(state) == set()


def test_keys_are_for_nobody_else_to_read(state):
    embedded("run", "true", state=state)

    assert state.file.stat().st_mode & 0o077 == 0
    assert json.loads(state.file.read_text())["password"]


def test_refusal_is_one_sentence(state):
    embedded("down", state=state)
    wrong = state.load()
    wrong.password = "not-the-one"
    kept = state.file.read_text()
    state.save(wrong)

    done = embedded("run", "true", state=state)

    state.file.write_text(kept)
    assert done.returncode == 1
    assert "PostgreSQL refuses us" in done.stderr
    assert "Traceback" not in done.stderr
    assert running(state) == set()


def test_reason_is_what_went_wrong_and_not_what_was_tidied_up():
    log = (
        "initdb: error: could not write to file: No space left on device\n"
        "initdb: removing contents of data directory\n"
    )

    assert postgres.reason_in(log).endswith("No space left on device")
    assert postgres.reason_in("killed\n") == "killed"


@AS_ROOT
def test_folder_that_the_server_may_not_enter_gives_way_to_one_it_may(tmp_path, capsys):
    tmp_path.chmod(0o700)

    found = usable_folder(tmp_path / "deep" / "demo")

    assert found.parent == Path("/var/tmp")
    assert usable_folder(tmp_path / "deep" / "demo") == found  # a second start finds its data
    assert f"nobody may not enter {tmp_path / 'deep'}" in capsys.readouterr().err
    found.rmdir()


@AS_ROOT
def test_programs_that_the_server_may_not_reach_run_from_a_copy(state, monkeypatch):
    monkeypatch.setattr(postgres, "is_reachable", lambda folder: False)

    programs = postgres.program_folder(state)
    done = postgres.as_server([programs / "initdb", "--version"], capture_output=True, text=True)

    assert programs.is_relative_to(state.folder)
    assert done.stdout.startswith("initdb (PostgreSQL)"), done.stderr


@AS_ROOT
def test_folder_of_somebody_else_is_refused(tmp_path):
    folder = Path(tempfile.mkdtemp(prefix="hrconf-embedded-"))
    folder.chmod(0o755)
    (folder / "demo").mkdir()
    os.chown(folder / "demo", 12345, 12345)

    with pytest.raises(EmbeddedError, match="belongs to somebody else"):
        usable_folder(folder / "demo")

    shutil.rmtree(folder)
