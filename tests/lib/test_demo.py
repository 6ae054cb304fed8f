"""The demo's own rules: its port, its lock, what it ends and what it leaves alone."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from hrconf.lib import demo

ROOT = Path(__file__).resolve().parent.parent.parent
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def state(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "STATE", tmp_path / "demo")
    return tmp_path / "demo"


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


@pytest.mark.parametrize("asked", ["0", "65536", "-1", "http", "８０００"])
def test_port_that_is_none_is_refused(monkeypatch, asked):
    monkeypatch.setenv("PORT", asked)

    with pytest.raises(demo.DemoError, match=f"PORT={asked} is no port"):
        demo.port()


def test_taken_port_is_refused_with_another_in_hand(taken_port):
    with pytest.raises(demo.DemoError, match=rf"Port {taken_port} is taken; .* PORT=\d+$"):
        demo.refuse_taken(taken_port)


def test_port_that_is_offered_instead_is_free(monkeypatch):
    monkeypatch.setattr(demo, "is_taken", lambda number: number in {8100, 8101})

    with pytest.raises(demo.DemoError, match=r"Port 8100 is taken; .* PORT=8102$"):
        demo.refuse_taken(8100)


@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_port_taken_on_one_address_of_localhost_alone_is_refused(family, address):
    with socket.create_server((address, 0), family=family) as taken:
        number = taken.getsockname()[1]

        with pytest.raises(demo.DemoError, match=f"Port {number} is taken"):
            demo.refuse_taken(number)


def test_port_that_was_just_left_is_free(taken_port):
    with socket.create_server(("127.0.0.1", 0)) as left:
        number = left.getsockname()[1]

    demo.refuse_taken(number)


def test_taken_port_starts_nothing(taken_port):
    done = subprocess.run(
        [sys.executable, "-m", "hrconf.lib.demo"],
        env={**os.environ, "PORT": str(taken_port), "DATABASE_URL": "", "REDIS_URL": ""},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr


def test_second_demo_of_a_folder_is_refused_and_told_where_the_first_is(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    first = demo.only_one()
    with first, pytest.raises(demo.DemoError, match="runs here, at http://localhost:8123/"):
        demo.only_one().__enter__()

    with demo.only_one():
        pass  # the first has ended


@pytest.fixture
def sleeper():
    """Start processes that sleep; end them after the test."""
    started = []

    def start(mark):
        started.append(subprocess.Popen(SLEEP, env={**os.environ, demo.MARK: str(mark)}))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_leftovers_of_this_folder_are_ended_and_others_left_alone(state, sleeper):
    ours, other = sleeper(state), sleeper(f"{state}-of-another-folder")

    demo.end_leftovers()

    assert not psutil.pid_exists(ours.pid)
    assert other.poll() is None


def test_environment_is_that_of_production_whatever_the_shell_says(monkeypatch, state):
    state.mkdir()
    monkeypatch.setenv("DEBUG", "on")
    monkeypatch.setenv("PORT", "8100")
    for name in ("BASE_URL", "EMAIL_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)

    chosen = demo.environment({"DATABASE_URL": "postgres://one", "REDIS_URL": "redis://one"})

    assert chosen["DEBUG"] == "off"
    assert chosen["BASE_URL"] == "http://localhost:8100"
    assert chosen["DATABASE_URL"] == "postgres://one"
    assert chosen["EMAIL_URL"] == f"filemail://{state / 'mail'}"
    assert len(chosen["SECRET_KEY"]) >= 50


def test_secret_key_outlives_a_restart_and_is_for_nobody_else_to_read(state):
    state.mkdir()

    assert demo.secret_key() == demo.secret_key()
    assert (state / "secret_key").stat().st_mode & 0o077 == 0


def test_static_files_are_collected_again_when_one_changed(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    collected = tmp_path / "collected"
    for path in ("static/css/site.css", "collected/staticfiles.json"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    for path in ("static/css", "static/css/site.css", "static"):
        os.utime(path, (1000, 1000))
    assert demo.is_collected(collected)

    os.utime("static/css/site.css", None)
    os.utime(collected / "staticfiles.json", (2000, 2000))
    assert not demo.is_collected(collected)

    (collected / "staticfiles.json").unlink()
    assert not demo.is_collected(collected)


def test_disk_without_room_is_refused_before_anything_starts(monkeypatch, state):
    state.mkdir()
    usage = shutil.disk_usage(state)._replace(free=120_000_000)
    monkeypatch.setattr(demo.shutil, "disk_usage", lambda folder: usage)

    with pytest.raises(demo.DemoError, match=f"needs 300 MB in {state}, but only 120 MB are free"):
        demo.refuse_full_disk()

    (state / "static").mkdir()
    demo.refuse_full_disk()  # what is there already needs no room any more


@pytest.mark.parametrize("deed", [[], ["reset"]])
def test_folder_that_cannot_be_made_is_one_sentence(capsys, monkeypatch, deed, signals):
    monkeypatch.setattr(demo, "STATE", Path("/dev/null/demo"))

    assert demo.main(deed) == 1

    assert capsys.readouterr().err == "The demo cannot write /dev/null/demo: Not a directory.\n"


@pytest.fixture
def signals():
    """Put back what the demo's main changes for its whole process."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_processes_that_do_not_heed_a_stop_are_ended(monkeypatch):
    monkeypatch.setattr(demo, "SECONDS_TO_STOP", 0.2)
    deaf = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    process.stdout.readline()

    demo.end(process)

    assert process.wait(timeout=10) == -signal.SIGKILL
    process.stdout.close()


# What make does before ----------------------------------------------------------


@pytest.fixture
def checkout(tmp_path):
    """A folder with our Makefile and requirements that cannot be met."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "requirements-dev.txt").write_text("./no-such-package.whl\n")
    return tmp_path


def make_install(folder, **variables):
    return subprocess.run(
        ["make", "install", *(f"{name}={value}" for name, value in variables.items())],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_make_refuses_an_old_python_in_one_sentence(checkout):
    old = checkout / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    done = make_install(checkout, PYTHON=old)

    assert done.returncode
    assert done.stdout == "hrconf needs Python 3.11 or newer; say which with PYTHON=…\n"
    assert not (checkout / ".venv").exists()


def test_make_says_why_packages_cannot_be_installed(checkout):
    done = make_install(checkout, PYTHON=sys.executable)

    assert done.returncode
    assert "no-such-package.whl" in done.stdout
    assert not (checkout / ".venv/.requirements").exists()


def test_make_tells_how_far_the_installing_is():
    lines = "".join(f"Collecting package-{n}\n" for n in range(25)) + "Installing collected\n"
    recipe = f"include {ROOT}/Makefile\ntell:\n\t@$(PIP_PROGRESS)\n"

    done = subprocess.run(
        ["make", "--no-print-directory", "--eval", recipe, "tell"],
        input=lines,
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "  10 packages …\n  20 packages …\n  unpacking them …\n"


def test_make_help_lists_every_target():
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)

    listed = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("  make ")}
    assert {"demo", "demo-reset", "test", "lint", "install", "help"} <= listed
