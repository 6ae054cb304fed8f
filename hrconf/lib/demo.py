"""The demo: the 2017 edition, served on this machine the way production serves it.

    PORT=8000 python -m hrconf.lib.demo          until Ctrl-C
    python -m hrconf.lib.demo reset              forget everything

Starts the embedded servers (or takes those that DATABASE_URL and REDIS_URL name),
migrates, loads the edition, and hands over to honcho, which runs the Procfile.
"""

import contextlib
import errno
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from hrconf.lib.embedded.servers import addresses, at_the_door, leave, remove
from hrconf.lib.embedded.state import EmbeddedError, State, say

STATE = Path("var/demo").resolve()
# Every process of a demo carries the name of its folder, and is known by it.
MARK = "DEMO_STATE"
# What the collected files depend on.
STATIC_SOURCES = ["static", "node_modules/.installed", ".venv/.requirements", "hrconf/settings.py"]
# What the database, the static files and some mail take, and what a restart may add.
MEGABYTES_AT_FIRST, MEGABYTES_AGAIN = 300, 50
# Honcho gives its processes five seconds; one that cannot write any more may hang itself.
SECONDS_TO_STOP = 12


class DemoError(EmbeddedError):
    """Why the demo does not start, in one sentence."""


# Before anything starts ----------------------------------------------------------


def port() -> int:
    asked = os.environ.get("PORT") or "8000"
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked) < 65536):
        raise DemoError(f"PORT={asked} is no port; choose a number from 1 to 65535.")
    return int(asked)


def refuse_taken(number: int) -> None:
    if is_taken(number):
        following = range(number + 1, 65536)
        another = next((free for free in following if not is_taken(free)), 8000)
        raise DemoError(f"Port {number} is taken; choose another: make demo PORT={another}")


def is_taken(number: int) -> bool:
    """Whether somebody has the port on either of the addresses that localhost stands for."""
    both = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
    return any(is_taken_at(family, address, number) for family, address in both)


def is_taken_at(family: socket.AddressFamily, address: str, number: int) -> bool:
    with contextlib.suppress(OSError), socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, number))
        except PermissionError as error:
            raise DemoError(f"Port {number} is for root alone; choose one from 1024 on.") from error
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def refuse_full_disk() -> None:
    needed = MEGABYTES_AGAIN if (STATE / "static").exists() else MEGABYTES_AT_FIRST
    free = shutil.disk_usage(STATE).free // 1_000_000
    if free < needed:
        raise DemoError(
            f"The demo needs {needed} MB in {STATE}, but only {free} MB are free there."
        )


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """One demo runs in a folder; the lock falls with its process, however that ends."""
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read().strip()
            raise DemoError(
                f"The demo already runs here, at {where}; Ctrl-C there ends it."
            ) from None
        lock.truncate(0)
        lock.write(f"http://localhost:{port()}/\n")
        lock.flush()
        yield


def end_leftovers() -> None:
    """End what a demo that was killed left running in this folder, and nothing else."""
    left = [process for process in psutil.process_iter() if is_of_demo(process)]
    if not left:
        return
    say("Ending what an earlier demo left running …")
    for process in left:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    _gone, stubborn = psutil.wait_procs(left, timeout=10)
    for process in stubborn:
        with contextlib.suppress(psutil.Error):
            process.kill()


def is_of_demo(process: psutil.Process) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(MARK) == str(STATE)
    except (psutil.Error, OSError):
        return False


# With the servers running ---------------------------------------------------------


def environment(found: dict[str, str]) -> dict[str, str]:
    """What production would set, for one machine; the caller may choose otherwise."""
    chosen = {
        "BASE_URL": f"http://localhost:{port()}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SECRET_KEY": secret_key(),
        "EMAIL_URL": f"filemail://{STATE / 'mail'}",
        "MEDIA_ROOT": str(STATE / "media"),
        "STATIC_ROOT": str(STATE / "static"),
        # In the demo a password is enough; production asks these roles for a second factor.
        "SECOND_FACTOR_ROLES": "",
        **{name: value for name, value in os.environ.items() if value},
    }
    fixed = {
        "DEBUG": "off",
        "HRCONF_DEMO": "on",
        "PORT": str(port()),
        "DJANGO_SETTINGS_MODULE": "hrconf.settings",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        # On a laptop or in a container the demo may well run as root.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        MARK: str(STATE),
    }
    return {**chosen, **found, **fixed}


def secret_key() -> str:
    """A key of this demo's own, made once: signed-in people stay so over a restart."""
    kept = STATE / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def prepare(chosen: dict[str, str]) -> str:
    """Make files and data ready; return what to say about them."""
    for folder in (STATE / "mail", Path(chosen["MEDIA_ROOT"])):
        folder.mkdir(parents=True, exist_ok=True)
    if not is_collected(Path(chosen["STATIC_ROOT"])):
        say("Collecting the static files …")
        run(["manage.py", "collectstatic", "--noinput", "--verbosity=0"], chosen)
    return run(["-m", "hrconf.lib.demo_data"], chosen)


def is_collected(root: Path) -> bool:
    """Whether no static file changed since they were collected."""
    manifest = root / "staticfiles.json"
    if not manifest.exists():
        return False
    sources = [Path(name) for name in STATIC_SOURCES] + [*Path("static").rglob("*")]
    collected_at = manifest.stat().st_mtime
    return all(path.stat().st_mtime < collected_at for path in sources if path.exists())


def run(arguments: list[str], chosen: dict[str, str]) -> str:
    """Run Python to its end; return what it printed."""
    # In a session of its own: a Ctrl-C reaches us, and we end it without its traceback.
    done = subprocess.run(
        [sys.executable, *arguments],
        env=chosen,
        start_new_session=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise DemoError(f"The demo stops here: {' '.join(arguments[:2])} did not succeed.")
    return done.stdout


def run_processes(chosen: dict[str, str]) -> int:
    """Run the Procfile until Ctrl-C, a SIGTERM, or the end of whoever started us."""
    honcho = subprocess.Popen(
        [sys.executable, "-m", "honcho", "--env", os.devnull, "start"],
        env=chosen,
        start_new_session=True,  # it hears of a Ctrl-C from us, once
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: end(honcho))
    threading.Thread(target=end_with_parent, args=(honcho, os.getppid()), daemon=True).start()
    code = honcho.wait()
    end_leftovers()  # of a honcho that was killed
    say("Stopped.")
    return 0 if code in {-signal.SIGTERM, 128 + signal.SIGTERM} else abs(code)


def end(honcho: subprocess.Popen) -> None:
    """Ask it to stop, and wait no longer than its processes may take."""
    honcho.terminate()
    impatience = threading.Timer(SECONDS_TO_STOP, honcho.kill)
    impatience.daemon = True
    impatience.start()


def end_with_parent(honcho: subprocess.Popen, parent: int) -> None:
    """A make that was killed cannot pass a Ctrl-C on any more: then we end, too."""
    while os.getppid() == parent:
        time.sleep(1)
    end(honcho)


def greet(chosen: dict[str, str], words: str) -> None:
    """Once everything answers, say where it is and who can sign in."""
    if not wait_until_healthy(int(chosen["PORT"])):
        say(f"The demo is slow to start; {chosen['BASE_URL']}/healthz says which part is ill.")
    say(f"\nThe demo is at {chosen['BASE_URL']}/ (Ctrl-C stops it).\n\n{words}")


def wait_until_healthy(number: int) -> bool:
    for _second in range(120):
        if is_healthy(number):
            return True
        time.sleep(1)
    return False


def is_healthy(number: int) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://localhost:{number}/healthz", timeout=3) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def serve() -> int:
    number = port()
    with only_one():
        end_leftovers()
        refuse_taken(number)
        refuse_full_disk()
        with addresses(STATE) as found:
            chosen = environment(found)
            words = prepare(chosen)
            say("Starting the web server, the worker and beat …")
            threading.Thread(target=greet, args=(chosen, words), daemon=True).start()
            return run_processes(chosen)


def reset() -> int:
    """Forget the demo on this machine; a database that the caller names is not ours to drop."""
    with only_one():
        end_leftovers()
        state = State(STATE)
        with at_the_door(state):
            remove(state)
    shutil.rmtree(STATE, ignore_errors=True)
    say("The demo's data are gone; make demo begins anew.")
    if os.environ.get("DATABASE_URL"):
        say("What is in the database that DATABASE_URL names was not touched.")
    return 0


def main(arguments: list[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    try:
        return reset() if arguments == ["reset"] else serve()
    except EmbeddedError as refusal:
        say(str(refusal))
        return 1
    except OSError as error:
        if not error.filename and error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        say(f"The demo cannot write {error.filename or STATE}: {error.strerror}.")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
