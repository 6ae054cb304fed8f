"""Web servers on our own pages: how fast, how big, and how they stop under load.

    make bench ARGS="--seconds 10 --stops 5"

Runs on the demo's data (loaded first where they are not there), one server at a
time, with the settings of production. Prints Markdown tables; compare the lines
of one run with each other, not with those of another machine.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from bench.load import Result, load
from hrconf.lib import demo
from hrconf.lib.embedded.servers import addresses, leave
from hrconf.lib.embedded.state import free_port

SERVERS = {
    "gunicorn gthread": (
        "gunicorn hrconf.wsgi --worker-class=gthread --no-control-socket --workers=2 --threads=8"
        " --bind=127.0.0.1:{port} --graceful-timeout=10 --log-level=error"
    ),
    "granian": (
        "granian --interface=wsgi hrconf.wsgi:application --workers=2 --blocking-threads=8"
        " --host=127.0.0.1 --port={port} --workers-kill-timeout=10 --log-level=error"
    ),
}
PAGES = [
    "/en/2017/",
    "/en/2017/schedule/",
    "/zh-hans/2017/schedule/",
    "/en/2017/schedule.ics",
    "/en/2017/figures/",
    "/en/2017/figures.json",
    "/healthz",
]
CLIENTS = 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8, help="for each page")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stops", type=int, default=5, help="how often each is stopped under load")
    parser.add_argument("--pages", nargs="*", default=PAGES)
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, leave)
    with addresses(demo.STATE) as found:
        environment = demo.environment(found)
        demo.prepare(environment)
        compare_speed(environment, chosen.pages, chosen.seconds, chosen.rounds)
        compare_stops(environment, chosen.pages[1], chosen.stops)


@contextmanager
def serving(name: str, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen, int]]:
    """A server on a free port; it is killed, with its workers, when the block ends."""
    port = free_port()
    command = [sys.executable, "-m", *SERVERS[name].format(port=port).split()]
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
        result = asyncio.run(load(port, "/healthz", clients=1, seconds=0.1))
        if result.statuses:
            return
    raise TimeoutError("The server does not start.")


def compare_speed(
    environment: dict[str, str], pages: list[str], seconds: float, rounds: int
) -> None:
    print(f"\n{CLIENTS} clients on kept connections, best of {rounds} rounds of {seconds:g} s\n")
    print("| page | server | answers/s | median ms | 99 % ms | not 200 | failed | MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for page in pages:
        seen: dict[str, list[tuple[Result, float]]] = {name: [] for name in SERVERS}
        # In turns, so that a neighbour who takes the processor takes it from both.
        for name in list(SERVERS) * rounds:
            seen[name].append(measure(name, environment, page, seconds))
        for name, measured in seen.items():
            result, size = max(measured, key=lambda pair: pair[0].rate)
            print(f"| {page} | {name} | {in_cells(result)} | {size:.0f} |", flush=True)


def measure(
    name: str, environment: dict[str, str], page: str, seconds: float
) -> tuple[Result, float]:
    with serving(name, environment) as (process, port):
        asyncio.run(load(port, page, clients=CLIENTS, seconds=2))
        result = asyncio.run(load(port, page, clients=CLIENTS, seconds=seconds))
        return result, memory(process)


def in_cells(result: Result) -> str:
    odd = sum(count for status, count in result.statuses.items() if status != 200)
    failed = result.refused + result.lost + result.cut + result.closed_idle
    return (
        f"{result.rate:.0f} | {result.percentile(0.5):.0f} | {result.percentile(0.99):.0f}"
        f" | {odd} | {failed}"
    )


def memory(process: subprocess.Popen) -> float:
    """Megabytes that the server and its workers have for themselves."""
    parent = psutil.Process(process.pid)
    family = [parent, *parent.children(recursive=True)]
    return sum(one.memory_full_info().uss for one in family) / 1e6


def processor_seconds(process: subprocess.Popen) -> float:
    """What the server and its workers have used of the processors so far."""
    parent = psutil.Process(process.pid)
    family = [parent, *parent.children(recursive=True)]
    return sum(sum(one.cpu_times()[:2]) for one in family)


def compare_stops(environment: dict[str, str], page: str, times: int) -> None:
    print(f"\nSIGTERM after 2 s of {CLIENTS} clients on {page}\n")
    print(
        "| server | connections | stopped after s | answers | lost | taken, then dropped | closed idle |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in SERVERS:
        for keep in (False, True):
            stops = [stop_under_load(name, environment, page, keep=keep) for _time in range(times)]
            waits = " ".join(f"{seconds:.1f}" for seconds, _result in stops)
            seen = [result for _seconds, result in stops]
            print(
                f"| {name} | {'kept' if keep else 'new'} | {waits}"
                f" | {sum(len(one.times) for one in seen)} | {sum(one.lost for one in seen)}"
                f" | {sum(one.cut for one in seen)}"
                f" | {sum(one.closed_idle for one in seen)} |",
                flush=True,
            )


def stop_under_load(
    name: str, environment: dict[str, str], page: str, *, keep: bool
) -> tuple[float, Result]:
    """How long the server takes to end, and what its clients saw of it."""
    with serving(name, environment) as (process, port):
        return asyncio.run(load_and_stop(process, port, page, keep=keep))


async def load_and_stop(
    process: subprocess.Popen, port: int, page: str, *, keep: bool
) -> tuple[float, Result]:
    result = Result()
    crowd = load(port, page, clients=CLIENTS, seconds=5, keep=keep, result=result)
    loading = asyncio.create_task(crowd)
    await asyncio.sleep(2)
    result.told_to_stop_at = time.monotonic()
    process.terminate()
    while process.poll() is None and time.monotonic() < result.told_to_stop_at + 30:
        await asyncio.sleep(0.02)
    took = time.monotonic() - result.told_to_stop_at
    return took, await loading


if __name__ == "__main__":
    main()
