"""What a storm is made of: guests and how the mail server treats them, workers that get killed.

HRCONF_FAULT_SCALE says how large it is (1 is 3,000 guests and a broker that is
gone for a minute), HRCONF_FAULT_SEED repeats the dice of an earlier one.
"""

import contextlib
import os
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.faults.servers import Worker
from tests.mailing.sink import Sink

SCALE = float(os.environ.get("HRCONF_FAULT_SCALE", "0.1"))
SEED = int(os.environ.get("HRCONF_FAULT_SEED") or random.SystemRandom().randrange(10**6))
GUESTS = int(3000 * SCALE)
BROKER_GONE = 60 * SCALE  # seconds
SLOW = 2.0  # seconds for which some recipients keep a worker waiting
NEVER = ["550 5.1.1 no such user here", "554 5.7.1 not by our policy"]
NOT_NOW = ["451 4.7.1 greylisted", "450 4.2.1 busy", "452 4.3.1 disk full"]
FULL = "452 4.2.2 mailbox full"


def say(words: str) -> None:
    """For who runs the test by itself (pytest -s) or reads why it failed."""
    sys.stdout.write(f"\n{words}\n")
    sys.stdout.flush()


def address(number: int) -> str:
    return f"guest{number}@guests.example"


@dataclass
class Weather:
    """Which guests the mail server refuses, and how; the rest it takes, some slowly."""

    dice: random.Random
    refused: dict[str, str] = field(default_factory=dict)
    full: set[str] = field(default_factory=set)

    def blow(self, sink: Sink) -> None:
        """Tell the server how to treat each guest."""
        everybody = [address(number) for number in range(GUESTS)]
        self.dice.shuffle(everybody)
        take = self.takes(everybody)
        self.refused = {one: self.dice.choice(NEVER) for one in take(0.03)}
        self.full = set(take(0.005))
        sink.always = {**self.refused, **dict.fromkeys(self.full, FULL)}
        for one in take(0.05):
            sink.answer_to_recipient[one] = self.dice.choices(NOT_NOW, k=self.dice.randint(1, 3))
        sink.slow = dict.fromkeys(take(0.017), SLOW)
        sink.seconds_per_message, sink.drop_before_data = 0.05, 5

    def takes(self, everybody: list[str]) -> Callable[[float], list[str]]:
        def take(share: float) -> list[str]:
            return [everybody.pop() for _one in range(max(1, int(GUESTS * share)))]

        return take

    def fate(self, one: str) -> tuple[str, str]:
        """The true end of a guest's message and of their invitation."""
        if one in self.refused:
            return "refused", "bounced"
        return ("failed", "bounced") if one in self.full else ("sent", "sent")


class Fleet:
    """Workers of one process each, so that a kill hits one hand-over at most."""

    # The whole worker; the process that does the work; its parent alone, which leaves an orphan.
    WAYS = ["worker", "child", "parent", "worker", "child"]

    def __init__(self, workers: list[Worker], dice: random.Random) -> None:
        self.workers, self.dice = workers, dice
        self.ways = self.dice.sample(self.WAYS, len(self.WAYS))
        self.groups: set[int] = set()
        self.kills: list[str] = []

    def up(self) -> None:
        for worker in self.workers:
            worker.up()
            self.groups.add(worker.process.pid)

    def kill_one(self) -> None:
        """kill -9, and a new one as a supervisor would start it."""
        victim, way = self.dice.choice(self.workers), self.ways.pop()
        if way == "child":
            victim.kill_child()
        elif way == "parent":
            os.kill(victim.process.pid, signal.SIGKILL)
            victim.process.wait()
        else:
            victim.kill()
        self.kills.append(way)
        self.up()

    def end(self) -> None:
        for group in self.groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        for worker in self.workers:
            worker.kill()
