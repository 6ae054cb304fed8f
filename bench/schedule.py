"""The public programme under load, beside the least that a server can do.

    make bench-schedule ARGS="--file schedule.xml --rounds 20"

Imports a schedule of another conference (without --file: 872 sessions of its own
making), releases it, and asks for its pages, in turns with hello-world, with
the settings of production: two processes of eight threads, 64 clients on kept
connections, the same generator for all. The applications to compare with answer the
very bytes of the schedule page. Compare the lines of one run with each other, not with
those of another machine: the clients share its processors with the server. What an answer
costs the server in processor time is the figure that neighbours disturb least.
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
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from bench.load import Result, load
from bench.servers import memory, processor_seconds
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
    parser.add_argument("--seconds", type=float, default=2, help="for each turn")
    parser.add_argument("--rounds", type=int, default=11)
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
        grow(environment, 4 * chosen.seconds)


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


@dataclass(frozen=True)
class Turn:
    """One turn of a line: what the clients saw, and what it cost the server."""

    result: Result
    cost: float  # µs of processor time an answer
    of_hello: float  # its rate, of that of hello-world right before

    @property
    def tail(self) -> float:
        return self.result.percentile(0.99) / self.result.percentile(0.5)


def compare(environment: dict[str, str], wanted: list, seconds: float, rounds: int) -> None:
    """All servers run at once and are asked in turns, each right after hello-world.

    So a neighbour who takes the processors takes them from both, and the middle one of
    many short comparisons stands.
    """
    print(
        f"\n{CLIENTS} clients on kept connections, the middle of {rounds} turns of {seconds:g} s\n"
    )
    print(
        "| what | answers/s | of hello-world | lowest to highest | processor µs an answer"
        " | median ms | 99 % / median | failed | MB |"
    )
    print(f"| --- |{' --- |' * 8}")
    with ExitStack() as stack:
        applications = dict.fromkeys(application for _what, application, _path in wanted)
        servers = {one: stack.enter_context(serving(one, environment)) for one in applications}
        hello = wanted[0]
        for line in wanted:
            ask(servers, line, 2)
            turns = [turn(servers, line, hello, seconds) for _round in range(rounds)]
            print(in_cells(line[0], turns, memory(servers[line[1]][0])), flush=True)


def turn(servers: dict, line: tuple, hello: tuple, seconds: float) -> Turn:
    least = ask(servers, hello, seconds)
    process = servers[line[1]][0]
    before = processor_seconds(process)
    result = ask(servers, line, seconds)
    used = processor_seconds(process) - before
    return Turn(result, 1e6 * used / max(1, len(result.times)), result.rate / least.rate)


def ask(servers: dict, line: tuple, seconds: float) -> Result:
    _what, application, path = line
    headers = {"If-None-Match": "*"} if path.startswith("304 ") else {}
    port = servers[application][1]
    path = path.removeprefix("304 ")
    return asyncio.run(load(port, path, clients=CLIENTS, seconds=seconds, headers=headers))


def in_cells(what: str, turns: list[Turn], size: float) -> str:
    seen = [one.result for one in turns]
    failed = sum(one.refused + one.lost + one.cut + one.closed_idle for one in seen)
    ratios = sorted(one.of_hello for one in turns)
    return (
        f"| {what} | {median(one.rate for one in seen):.0f} | {median(ratios):.3f}"
        f" | {ratios[0]:.2f}–{ratios[-1]:.2f} | {median(one.cost for one in turns):.0f}"
        f" | {median(one.percentile(0.5) for one in seen):.1f}"
        f" | {median(one.tail for one in turns):.1f} | {failed} | {size:.0f} |"
    )


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
