"""Both servers of a state folder: up, down, and for the length of a block."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from .postgres import start_postgres, stop_postgres
from .state import Services, State
from .valkey import start_valkey, stop_valkey

ADDRESSES = ("DATABASE_URL", "REDIS_URL")


def up(state: State, *, is_kept: bool = False) -> Services:
    """Start what does not run yet; what runs is taken as it is."""
    services = state.load()
    state.save(services)  # the password, before a cluster is made with it
    start_postgres(state, services)
    start_valkey(state, services)
    services.is_kept = services.is_kept or is_kept
    state.save(services)
    return services


def down(state: State) -> None:
    services = state.load()
    stop_valkey(services)
    stop_postgres(state)
    services.is_kept = False
    state.save(services)


def remove(state: State) -> None:
    """Stop both servers and delete all they knew."""
    down(state)
    shutil.rmtree(state.folder)


@contextlib.contextmanager
def in_use(state: State) -> Iterator[Services]:
    """Servers for the length of a block; the last user to leave stops them."""
    with (state.folder / "users.lock").open("a") as users:
        try:
            with at_the_door(state):
                services = up(state)
                fcntl.flock(users, fcntl.LOCK_SH)
            yield services
        finally:
            with undisturbed(), at_the_door(state):
                stop_if_last(state, users)


@contextlib.contextmanager
def at_the_door(state: State) -> Iterator[None]:
    """One at a time starts or stops the servers; the others wait and find it done."""
    with (state.folder / "door.lock").open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def stop_if_last(state: State, users: IO) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # somebody else still works with them
    if not state.load().is_kept:
        down(state)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let a second, impatient Ctrl-C not leave servers behind."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def addresses(folder: Path) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL: the caller's own, or those of embedded servers."""
    given = {name: os.environ[name] for name in ADDRESSES if os.environ.get(name)}
    if len(given) == len(ADDRESSES):
        yield given
        return
    with in_use(State(folder)) as services:
        ours = {"DATABASE_URL": services.database_url, "REDIS_URL": services.redis_url}
        yield {**ours, **given}


def run(folder: Path, command: list[str]) -> int:
    """Run the command with both servers; return its exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    with addresses(folder) as found:
        return run_child(command, {**os.environ, **found})


def leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def run_child(command: list[str], environment: dict[str, str]) -> int:
    """Run the command; Ctrl-C is its own to handle, a SIGTERM is passed on."""
    child = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGINT, lambda *_: None)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: child.terminate())
    code = child.wait()
    return code if code >= 0 else 128 - code
