"""The mailbox to which messages return, asked over IMAP."""

import imaplib
import logging
from collections import Counter
from contextlib import suppress
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from hrconf.lib.traces import bare_trace
from hrconf.mailing.returns.recording import record_mail
from hrconf.mailing.returns.reports import LONGEST

log = logging.getLogger(__name__)
MOST_AT_ONCE = 200
TIMEOUT = 20


def read_mailbox() -> Counter[str]:
    """Take in the unread mail of BOUNCE_MAILBOX_URL; return how many of which kind.

    A mail is marked as read only after what it changes is committed, so that a
    worker that dies in between reads it again, which changes nothing.
    """
    counts: Counter[str] = Counter()
    if not settings.BOUNCE_MAILBOX_URL:
        return counts
    box = open_mailbox(urlsplit(settings.BOUNCE_MAILBOX_URL))
    try:
        for number in unread(box):
            counts[read_one(box, number)] += 1
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.logout()
    return counts


def open_mailbox(url: SplitResult) -> imaplib.IMAP4:
    """Sign in to imaps://user:password@host/folder; imap:// is for this machine."""
    kind = imaplib.IMAP4 if url.scheme == "imap" else imaplib.IMAP4_SSL
    port = url.port or (143 if url.scheme == "imap" else 993)
    box = kind(url.hostname or "localhost", port, timeout=TIMEOUT)
    box.login(unquote(url.username or ""), unquote(url.password or ""))
    folder = unquote(url.path.strip("/")) or "INBOX"
    answer, words = box.select(f'"{folder}"')
    if answer != "OK":
        raise imaplib.IMAP4.error(words)
    return box


def unread(box: imaplib.IMAP4) -> list[str]:
    """The numbers of unread mails, the oldest first."""
    _answer, found = box.uid("SEARCH", "UNSEEN")
    numbers = found[0].split() if found and found[0] else []
    return [number.decode() for number in numbers[:MOST_AT_ONCE]]


def read_one(box: imaplib.IMAP4, number: str) -> str:
    """Take in one mail; what we cannot read is left as read for a person, and counted."""
    _answer, parts = box.uid("FETCH", number, f"(BODY.PEEK[]<0.{LONGEST}>)")
    source = next((part[1] for part in parts or [] if isinstance(part, tuple)), b"")
    try:
        outcome = record_mail(source, "mailbox")
    except (ValueError, LookupError, TypeError, RecursionError, AttributeError) as error:
        log.warning("A returned mail could not be read: %s", bare_trace(error))
        outcome = "unreadable"
    box.uid("STORE", number, "+FLAGS", r"(\Seen)")
    return outcome
