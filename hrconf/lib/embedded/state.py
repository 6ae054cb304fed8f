"""The folder of one pair of servers: its data, logs, addresses, and who may enter it."""

import hashlib
import json
import os
import pwd
import secrets
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


class EmbeddedError(Exception):
    """One sentence for the person at the terminal."""


@dataclass
class Services:
    """Where the two servers of a state folder listen, and the key to them."""

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
        self.is_for_tests = folder.name.startswith("test")
        self.folder = usable_folder(folder.resolve())
        self.data = self.folder / "postgres"
        self.log = self.folder / "postgres.log"
        self.file = self.folder / "services.json"

    def load(self) -> Services:
        if self.file.exists():
            return Services(**json.loads(self.file.read_text()))
        return Services(password=secrets.token_urlsafe(18))

    def save(self, services: Services) -> None:
        write_private(self.file.with_suffix(".new"), json.dumps(asdict(services)))
        self.file.with_suffix(".new").replace(self.file)


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else may read, at no instant."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)


def server_user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as nobody, who owns the data."""
    return "nobody" if os.geteuid() == 0 else None


def is_reachable(folder: Path) -> bool:
    """Whether every folder above (and this one) may be entered by the server's user."""
    if server_user() is None:
        return True
    existing = [path for path in [folder, *folder.parents] if path.exists()]
    return all(path.stat().st_mode & 0o001 for path in existing if not is_of_server(path))


def is_of_server(path: Path) -> bool:
    user = server_user()
    return user is not None and path.stat().st_uid == pwd.getpwnam(user).pw_uid


def usable_folder(folder: Path) -> Path:
    """The folder, or one of ours in a place that the server's user can reach."""
    if not is_reachable(folder.parent):
        elsewhere = reachable_folder(folder)
        say(
            f"PostgreSQL does not run as root, and {server_user()} may not enter {folder.parent}: "
            f"its data are in {elsewhere}."
        )
        folder = elsewhere
    folder.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise EmbeddedError(f"{folder} belongs to somebody else; remove it or choose another.")
    if server_user():
        folder.chmod(folder.stat().st_mode | 0o011)
    return folder


def reachable_folder(folder: Path) -> Path:
    """The same name, always, for the same project: a second start finds its data."""
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"hrconf-{folder.name}-{name}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
