"""Keep a program running: start it again whenever it ends, until we are told to stop.

    python -m hrconf.lib.keep celery --app=hrconf worker

What systemd does in production, for the demo, whose process manager stops everything
when one program ends. A worker that went deaf ends itself (hrconf/jobs/watch.py).
"""

import signal
import subprocess
import sys
import time

# What ends sooner than this does not work at all: we end with it, and that is seen.
SECONDS_TO_PROVE_ITSELF = 10


class Keeper:
    """Runs one command, again and again."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process: subprocess.Popen | None = None
        self.is_told_to_stop = False

    def stop(self, number: int, _frame: object) -> None:
        """Pass the signal on; the program's end is then ours."""
        self.is_told_to_stop = True
        if self.process:
            self.process.send_signal(number)

    def run(self) -> int:
        """Run until told to stop, or until it ends too soon; return its exit code."""
        while True:
            began = time.monotonic()
            self.process = subprocess.Popen(self.command)
            if self.is_told_to_stop:  # between two programs
                self.process.terminate()
            code = self.process.wait()
            if self.is_told_to_stop or time.monotonic() - began < SECONDS_TO_PROVE_ITSELF:
                return code if code >= 0 else 128 - code
            sys.stderr.write(f"{self.command[0]} ended ({code}) and is started again.\n")


def main(command: list[str]) -> int:
    keeper = Keeper(command)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, keeper.stop)
    return keeper.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
