"""The public programme under load, beside the least that a server can do.

    make bench-schedule ARGS="--file schedule.xml --seconds 10"

Imports a schedule of another conference (without --file: 872 sessions of its own
making), releases it, and asks for its pages, one server at a time and in turns, with
the settings of production: two processes of eight threads, 64 clients on kept
connections, the same generator for all. The applications to compare with answer the
very bytes of the schedule page. Compare the lines of one run with each other, not with
those of another machine: the clients share its processors with the server.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import Request, urlopen

from bench.load import Result, load
from bench.servers import memory
from hrconf.lib import demo
from hrconf.lib.embedded.servers import addresses, leave
from hrconf.lib.embedded.state import free_port

SLUG = "bench"
SCHEDULE = f"/en/{SLUG}/schedule/all/"
CLIENTS = 64
SERVER = (
    "gunicorn {application} --worker-class=gthread --no-control-socket --workers=2 --threads=8"
    " --bind=127.0.0.1:{port} --backlog=2048 --log-level=error"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--file", help="a schedule to import: frab XML or JSON, iCalendar")
    parser.add_argument("--seconds", type=float, default=8, help="for each line")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, leave)
    with addresses(demo.STATE) as found, tempfile.TemporaryDirectory() as folder:
        environment = demo.environment(found)
        demo.prepare(environment)
        load_sessions(environment, chosen.file)
        body = Path(folder, "body")
        environment |= {"BENCH_BODY": str(body)}
        session = facts(environment, body)
        compare(environment, lines(session), chosen.seconds, chosen.rounds)
        grow(environment, chosen.seconds)


def load_sessions(environment: dict[str, str], file: str | None) -> None:
    """Fill the edition, unless an earlier run has."""
    command = [sys.executable, "manage.py"]
    if file:
        imported = ["import_schedule", file, "--edition", SLUG, "--create"]
    else:
        imported = ["shell", "--verbosity=0", "--command", "import bench.programme as p; p.fill()"]
    subprocess.run([*command, *imported], env=environment, check=True)
    publish = "from events.models import Edition as E; E.objects.filter(slug='bench').update(is_public=True)"
    subprocess.run([*command, "shell", "-v0", "-c", publish], env=environment, check=True)
    release = [*command, "release_schedule", "--edition", SLUG, "--name", "Bench"]
    subprocess.run(release, env=environment, check=False)


def lines(session: str) -> list[tuple[str, str, str]]:
    """(what, application, path)"""
    ours = "hrconf.wsgi"
    base = f"/en/{SLUG}"
    return [
        ("hello-world WSGI, same bytes", "bench.apps:hello()", SCHEDULE),
        ("constant Django view, same bytes", "bench.apps:constant()", SCHEDULE),
        ("schedule page", ours, SCHEDULE),
        ("schedule page, 304", ours, f"304 {SCHEDULE}"),
        ("session page", ours, f"{base}/sessions/{session}/"),
        ("schedule.ics", ours, f"{base}/schedule.ics"),
        ("schedule.json", ours, f"{base}/schedule.json"),
        ("schedule page rendered afresh", "bench.apps:fresh()", SCHEDULE),
    ]


def facts(environment: dict[str, str], body: Path) -> str:
    """Keep the bytes of the page for the others; say how big it is; name a session."""
    with serving("hrconf.wsgi", environment) as (_process, port):
        plain = fetch(port, SCHEDULE, "identity")
        page = fetch(port, SCHEDULE, "gzip")
        small = fetch(port, SCHEDULE, "br")
    body.write_bytes(page)
    sessions = plain.count(b'<article class="session')
    print(
        f"\n{sessions} sessions; the page has {len(plain) / 1000:.0f} kB,"
        f" {len(page) / 1000:.0f} kB by gzip, {len(small) / 1000:.0f} kB by brotli"
    )
    return plain.partition(f"/en/{SLUG}/sessions/".encode())[2].partition(b"/")[0].decode()


def fetch(port: int, path: str, encoding: str) -> bytes:
    asked = Request(f"http://localhost:{port}{path}", headers={"Accept-Encoding": encoding})
    with urlopen(asked) as answer:
        return answer.read()


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[tuple]:
    """A server on a free port; it is killed, with its workers, when the block ends."""
    port = free_port()
    command = [sys.executable, "-m", *SERVER.format(application=application, port=port).split()]
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        wait_until_it_answers(port)
        yield process, port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until_it_answers(port: int) -> None:
    for _attempt in range(300):
        if asyncio.run(load(port, SCHEDULE, clients=1, seconds=0.1)).statuses:
            return
        time.sleep(0.1)
    raise TimeoutError("The server does not start.")


def compare(environment: dict[str, str], wanted: list, seconds: float, rounds: int) -> None:
    print(f"\n{CLIENTS} clients on kept connections, best of {rounds} rounds of {seconds:g} s\n")
    print(
        "| what | answers/s | of hello-world | median ms | 99 % ms | 99 % / median | failed | MB |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    seen: dict[str, list[tuple[Result, float]]] = {what: [] for what, *_ in wanted}
    # In turns, so that a neighbour who takes the processor takes it from all.
    for what, application, path in wanted * rounds:
        seen[what].append(measure(application, environment, path, seconds))
    least = max(result.rate for result, _size in seen[wanted[0][0]])
    for what, measured in seen.items():
        result, size = max(measured, key=lambda pair: pair[0].rate)
        median, late = result.percentile(0.5), result.percentile(0.99)
        failed = result.refused + result.lost + result.cut + result.closed_idle
        print(
            f"| {what} | {result.rate:.0f} | {result.rate / least:.3f} | {median:.1f} | {late:.1f}"
            f" | {late / median:.1f} | {failed} | {size:.0f} |",
            flush=True,
        )


def measure(
    application: str, environment: dict[str, str], path: str, seconds: float
) -> tuple[Result, float]:
    with serving(application, environment) as (process, port):
        extra = {}
        if path.startswith("304 "):
            path = path.removeprefix("304 ")
            extra = {"If-None-Match": "*"}
        options = {"clients": CLIENTS, "headers": extra}
        asyncio.run(load(port, path, seconds=2, **options))
        result = asyncio.run(load(port, path, seconds=seconds, **options))
        return result, memory(process)


def grow(environment: dict[str, str], seconds: float) -> None:
    """Memory of the server after ever more readers of ever other pages."""
    print("\n| readers so far | MB |\n| --- | --- |")
    with serving("hrconf.wsgi", environment) as (process, port):
        total = 0
        for number in range(5):
            for page in [SCHEDULE, f"{SCHEDULE}?q=word{number}", f"/zh-hans/{SLUG}/schedule/all/"]:
                result = asyncio.run(load(port, page, clients=CLIENTS, seconds=seconds / 3))
                total += len(result.times)
            print(f"| {total} | {memory(process):.0f} |", flush=True)


if __name__ == "__main__":
    main()
