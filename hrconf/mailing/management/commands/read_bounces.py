import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from hrconf.mailing.returns.mailbox import read_mailbox
from hrconf.mailing.returns.recording import record_mail
from hrconf.mailing.returns.reports import LONGEST


class Command(BaseCommand):
    """Read returned messages from files, folders, standard input or the mailbox."""

    help = (
        "Take in returned messages: .eml files, folders of them (a maildir too), - for one "
        "message on standard input; without any, the unread mail of BOUNCE_MAILBOX_URL."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="a file, a folder or -")

    def handle(self, *args, files: list[str], **options) -> None:
        counts = read_files(files) if files else read_mailbox()
        for outcome in ["matched", "unmatched", "known", "other", "unreadable"]:
            self.stdout.write(f"{outcome}: {counts[outcome]}")


def read_files(files: list[str]) -> Counter[str]:
    return Counter(record_mail(source, "file") for name in files for source in sources(name))


def sources(name: str) -> Iterator[bytes]:
    """The messages behind a name; of a long one its head."""
    if name == "-":
        yield sys.stdin.buffer.read(LONGEST)
        return
    path = Path(name)
    if not path.exists():
        raise CommandError(f"There is no {name}.")
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as opened:
                yield opened.read(LONGEST)
