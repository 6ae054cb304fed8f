"""The demo: the 2017 edition, served on this machine the way production serves it.

    PORT=8000 python -m hrconf.lib.demo prepare   before any server is started
    python -m hrconf.lib.demo serve               with the embedded servers running

`prepare` ends what an earlier demo that was killed left behind, then looks
whether the port is free. `serve` migrates, loads, and hands over to honcho.
"""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

STATE = Path("var/demo").resolve()
PROCESSES = ["web", "worker", "beat"]
PROGRAMS = {"web": "gunicorn", "worker": "celery", "beat": "celery"}
STEPS = [
    ("Bringing the database up to date", ["migrate", "--verbosity=0"]),
    ("Collecting the static files", ["collectstatic", "--noinput", "--verbosity=0"]),
    ("Loading the 2017 edition", ["load_edition_2017"]),
]


def say(sentence: str) -> None:
    print(sentence, flush=True)


def port() -> int:
    """The port asked for; anything that is none is one clear sentence."""
    asked = os.environ.get("PORT") or "8000"
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        sys.exit(f"PORT={asked} is no port; choose a number from 1 to 65535.")
    return int(asked)


# Before anything starts ----------------------------------------------------------


def prepare() -> None:
    STATE.mkdir(parents=True, exist_ok=True)
    for name in PROCESSES:
        end_leftover(STATE / f"{name}.pid", PROGRAMS[name])
    wanted = port()
    if is_taken(wanted):
        sys.exit(f"Port {wanted} is taken; choose another: make demo PORT={wanted + 1}")


def is_taken(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return True
    return False


def end_leftover(pid_file: Path, program: str) -> None:
    """End the process of a killed demo, if its number still is that process."""
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text().strip() or 0)
    if pid and is_ours(pid, program):
        say(f"Ending what an earlier demo left running ({pid_file.stem}) …")
        end(pid)
    pid_file.unlink(missing_ok=True)


def is_ours(pid: int, program: str) -> bool:
    """Whether the process is that program, with our state folder in its command."""
    shown = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True
    )
    return program in shown.stdout and str(STATE) in shown.stdout


def end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        for _tenth in range(100):
            time.sleep(0.1)
            os.kill(pid, 0)
        os.kill(pid, signal.SIGKILL)


# With the servers running ---------------------------------------------------------


def environment() -> dict[str, str]:
    """What production would set, for one machine; the caller's own settings win."""
    base = {
        "DEBUG": "off",
        "HRCONF_DEMO": "1",
        "BASE_URL": f"http://localhost:{port()}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SECRET_KEY": secret_key(),
        "EMAIL_URL": f"filemail://{STATE / 'mail'}",
        "MEDIA_ROOT": str(STATE / "media"),
        "STATIC_ROOT": str(STATE / "static"),
        # In the demo a password is enough; production asks these roles for a second factor.
        "SECOND_FACTOR_ROLES": "",
        "DJANGO_SETTINGS_MODULE": "hrconf.settings",
    }
    return {**base, **os.environ, "DEMO_STATE": str(STATE), "PORT": str(port())}


def secret_key() -> str:
    """A key of this demo's own, made once: signed-in people stay so over a restart."""
    kept = STATE / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def serve() -> int:
    chosen = environment()
    Path(chosen["MEDIA_ROOT"]).mkdir(parents=True, exist_ok=True)
    for sentence, command in STEPS:
        say(f"{sentence} …")
        done = subprocess.run([sys.executable, "manage.py", *command], env=chosen)
        if done.returncode:
            return done.returncode
    threading.Thread(target=greet, args=(chosen,), daemon=True).start()
    return run_processes(chosen)


def run_processes(chosen: dict[str, str]) -> int:
    """Run the Procfile until Ctrl-C or a SIGTERM; then wait until all have stopped."""
    honcho = subprocess.Popen([sys.executable, "-m", "honcho", "start"], env=chosen)
    signal.signal(signal.SIGINT, lambda *_: None)  # honcho hears it too
    signal.signal(signal.SIGTERM, lambda *_: honcho.terminate())
    code = honcho.wait()
    say("Stopped.")
    return 0 if code in {0, 130, -signal.SIGINT, 128 + signal.SIGINT} else code


def greet(chosen: dict[str, str]) -> None:
    """Once everything answers, say where it is and who can sign in."""
    if not wait_until_healthy(chosen["BASE_URL"]):
        say("The demo is slow to start; /healthz says which part is missing.")
    subprocess.run([sys.executable, "manage.py", "demo_accounts"], env=chosen)


def wait_until_healthy(base_url: str) -> bool:
    for _second in range(90):
        try:
            with urllib.request.urlopen(f"{base_url}/healthz", timeout=3) as answer:
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(1)
    return False


if __name__ == "__main__":
    if sys.argv[1:] == ["prepare"]:
        prepare()
    else:
        sys.exit(serve())
