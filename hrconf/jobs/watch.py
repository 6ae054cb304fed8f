"""A worker that went deaf ends itself, so that its supervisor starts a new one.

Now and then a worker that lost its broker comes back connected, and takes no message
any more (docs/decisions/0018-deaf-workers.md). So each worker watches itself, in a
thread of its own that asks the broker over a connection of its own.
"""

import logging
import math
import os
import threading
import time
from dataclasses import dataclass
from typing import Any

from celery import bootsteps, signals
from celery.worker import state
from django.conf import settings
from kombu.exceptions import ChannelError, OperationalError

log = logging.getLogger(__name__)

# What the process ends with: "try again", in the words of sysexits.h.
EXIT_CODE = os.EX_TEMPFAIL
# How long the end of the process itself may take, once no task runs any more.
SECONDS_TO_END = 60


@dataclass
class Hearing:
    """The rule: deaf is who for `limit` seconds took nothing and had no excuse.

    An excuse is an empty queue, or hands that are full; full hands are believed only as
    long as a task may take (`longest`). A broker that cannot be asked is no excuse.
    """

    limit: float
    longest: float
    looked_at: float
    taken_at: float = -math.inf
    silent: float = 0.0

    def took(self, now: float) -> None:
        """A message came in."""
        self.taken_at = now

    def is_deaf(self, now: float, *, waiting: int | None, is_busy: bool) -> bool:
        """Judge what was seen just now: messages that wait, or None if nobody answers."""
        has_taken = self.taken_at >= self.looked_at
        # A machine that slept saw nothing: at most half of the limit counts at once.
        passed, self.looked_at = min(now - self.looked_at, self.limit / 2), now
        is_full = is_busy and now - self.taken_at < self.longest
        is_well = has_taken or waiting == 0 or is_full
        self.silent = 0.0 if is_well else self.silent + passed
        return self.silent >= self.limit


class Watcher:
    """The thread that looks after one worker."""

    def __init__(self, worker: Any) -> None:
        self.worker = worker
        self.every = min(5.0, settings.WORKER_DEAF_SECONDS / 6)
        longest = settings.CELERY_TASK_TIME_LIMIT + SECONDS_TO_END
        self.hearing = Hearing(settings.WORKER_DEAF_SECONDS, longest, time.monotonic())
        # As the worker was started; whoever is told to cancel one is deaf for it.
        self.queues = list(worker.app.amqp.queues.consume_from)
        self.is_over = threading.Event()

    def start(self) -> None:
        signals.task_received.connect(self.note, weak=False)
        threading.Thread(target=self.watch, name="watch", daemon=True).start()

    def stop(self) -> None:
        self.is_over.set()

    terminate = stop

    def note(self, **kwargs: Any) -> None:
        self.hearing.took(time.monotonic())

    def watch(self) -> None:
        while not self.is_over.wait(self.every):
            waiting = self.waiting()
            if self.hearing.is_deaf(time.monotonic(), waiting=waiting, is_busy=self.is_busy()):
                return self.end(waiting)

    def waiting(self) -> int | None:
        """How many messages wait in our queues; None: the broker does not say."""
        connection = self.worker.app.connection_for_read()
        try:
            with connection, connection.channel() as channel:
                return sum(length(channel, queue) for queue in self.queues)
        except (OperationalError, OSError, *connection.connection_errors) as error:
            log.warning("The broker does not tell what waits (%s).", type(error).__name__)
            return None

    def is_busy(self) -> bool:
        return len(state.active_requests) >= self.worker.pool.num_processes

    def end(self, waiting: int | None) -> None:
        """Let running tasks finish, then leave; a main loop that hangs is not waited for."""
        seen = "the broker does not answer" if waiting is None else f"{waiting} messages wait"
        log.error(
            "No message for %d seconds, and %s: this worker ends, to be started anew.",
            self.hearing.silent,
            seen,
        )
        state.should_stop = EXIT_CODE
        self.insist()

    def insist(self) -> None:
        """The process ends while we wait; if it does not, end it hard."""
        until = time.monotonic() + settings.CELERY_TASK_TIME_LIMIT
        while state.active_requests and time.monotonic() < until:
            time.sleep(self.every)
        time.sleep(SECONDS_TO_END)
        log.critical("This worker does not end by itself: it is ended.")
        os._exit(EXIT_CODE)


def length(channel: Any, queue: str) -> int:
    """How many messages wait in a queue; one that does not exist is empty."""
    try:
        return channel.queue_declare(queue, passive=True).message_count
    except ChannelError:
        return 0


class Watch(bootsteps.StartStopStep):
    """The step that puts a watcher into each worker, unless WORKER_DEAF_SECONDS is 0."""

    requires = ("celery.worker.components:Pool",)

    def include_if(self, worker: Any) -> bool:
        return settings.WORKER_DEAF_SECONDS > 0

    def create(self, worker: Any) -> Watcher:
        return Watcher(worker)
