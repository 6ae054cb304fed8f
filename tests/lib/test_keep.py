"""The keeper of the demo: what ends is started again, until it is told to stop."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hrconf.lib import keep

# Notes each start; the first two end by themselves, the third waits.
PROGRAM = """
import pathlib, sys, time
log = pathlib.Path(sys.argv[1])
log.open("a").write("x")
if len(log.read_text()) < 3:
    sys.exit(75)
print("waits", flush=True)
time.sleep(600)
"""
KEEPER = "import sys; from hrconf.lib import keep; keep.SECONDS_TO_PROVE_ITSELF = 0; {}"


@pytest.fixture
def keeper(tmp_path):
    """The keeper in a process of its own, once its program waits."""
    run = KEEPER.format("sys.exit(keep.main(sys.argv[1:]))")
    program = [sys.executable, "-c", PROGRAM, str(tmp_path / "starts")]
    with subprocess.Popen(
        [sys.executable, "-c", run, *program],
        cwd=Path(keep.__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout.readline() == "waits\n"
        yield process
        process.kill()


def test_program_that_ends_is_started_again_until_the_keeper_is_told_to_stop(keeper, tmp_path):
    assert (tmp_path / "starts").read_text() == "xxx"

    keeper.send_signal(signal.SIGTERM)

    assert keeper.wait(timeout=60) == 128 + signal.SIGTERM
    assert keeper.stdout.read() == ""  # the program has let go of it


def test_program_that_does_not_work_at_all_ends_its_keeper(monkeypatch):
    monkeypatch.setattr(keep, "SECONDS_TO_PROVE_ITSELF", 600)

    assert keep.Keeper([sys.executable, "-c", "raise SystemExit(3)"]).run() == 3
