"""The way out: hands a message to the mail server, a folder or a console.

A hand-over ends in one of four ways besides success, each an exception with the
server's words: LineDown (nothing can be sent now, whoever it is to), NotNow (try
this message later), Refused (never), NoAnswer (the server had it and fell silent).
"""

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpConnection

from hrconf.mailing.mime import as_mime, ascii_address, return_path
from hrconf.mailing.models import Message

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FOLDER = "django.core.mail.backends.filebased.EmailBackend"
# Called when the next byte may make a copy exist; may raise to stop the hand-over.
BeforeData = Callable[[], None]


class LineDown(Exception):
    """No mail at all can be handed over now."""


class NotNow(Exception):
    """The server does not take this message at the moment."""


class Refused(Exception):
    """The server will never take this message."""


class NoAnswer(Exception):
    """The server was given the message and did not say that it has it."""


class Transport(Protocol):
    """What carries messages; opened once, used for many."""

    def open(self) -> None: ...

    def hand_over(self, message: Message, before_data: BeforeData) -> str:
        """Send the message and return the words of the server."""

    def close(self) -> None: ...


def reaches_people() -> bool:
    """Whether what we send leaves this installation."""
    return settings.MAIL_TRANSPORT["EMAIL_BACKEND"] == SMTP


def get_transport() -> Transport:
    """The transport that EMAIL_URL names."""
    backend = settings.MAIL_TRANSPORT["EMAIL_BACKEND"]
    if backend == SMTP:
        return SmtpTransport(settings.MAIL_TRANSPORT)
    if backend == FOLDER:
        return FolderTransport(Path("/", settings.MAIL_TRANSPORT["EMAIL_FILE_PATH"]))
    return DjangoTransport(backend)


class SmtpTransport:
    """One SMTP connection over which many messages go."""

    def __init__(self, url: dict[str, Any]) -> None:
        self.connection = SmtpConnection(
            host=url["EMAIL_HOST"] or "localhost",
            port=url["EMAIL_PORT"] or 25,
            username=url["EMAIL_HOST_USER"] or "",
            password=url["EMAIL_HOST_PASSWORD"] or "",
            use_tls=url.get("EMAIL_USE_TLS", False),
            use_ssl=url.get("EMAIL_USE_SSL", False),
            timeout=settings.EMAIL_TIMEOUT,
        )
        self.handed = 0

    def open(self) -> None:
        if self.handed >= settings.MAIL_PER_CONNECTION:
            self.close()
        try:
            self.connection.open()
            self.connection.connection.ehlo_or_helo_if_needed()
        except OSError as error:  # smtplib's errors are OSErrors too
            raise LineDown(words_of(error)) from error

    def hand_over(self, message: Message, before_data: BeforeData) -> str:
        content = quoted(as_mime(message).as_bytes())
        self.ask(return_path(message), ascii_address(message.to_address))
        try:
            before_data()
        except BaseException:
            self.drop()  # the server waits for data: only hanging up stops it
            raise
        self.handed += 1
        return self.give(content)

    def ask(self, sender: str, recipient: str) -> None:
        """Say from whom and to whom, up to the point where the text is wanted."""
        smtp = self.connection.connection
        try:
            code, words = smtp.mail(sender)
            if code >= 500:
                raise LineDown(spoken(code, words))  # it takes nothing from us
            self.expect(code, words)
            self.expect(*smtp.rcpt(recipient))
            self.expect(*smtp.docmd("DATA"))
        except OSError as error:
            self.drop()
            raise NotNow(words_of(error)) from error

    def give(self, content: bytes) -> str:
        """Send the text and wait for the server to take it over.

        RFC 5321, 4.5.3.2.6: wait ten minutes for this answer, since giving up
        early makes a second copy.
        """
        smtp = self.connection.connection
        try:
            smtp.send(content)
            smtp.sock.settimeout(settings.MAIL_FINAL_TIMEOUT)
            code, words = smtp.getreply()
            smtp.sock.settimeout(settings.EMAIL_TIMEOUT)
        except OSError as error:
            self.drop()
            raise NoAnswer(words_of(error)) from error
        self.expect(code, words)
        return spoken(code, words)

    def expect(self, code: int, words: bytes) -> None:
        """Raise what a refusing answer means; leave the connection usable."""
        if code < 400:
            return
        if code == 421:
            self.drop()
            raise LineDown(spoken(code, words))
        with suppress(OSError):
            self.connection.connection.rset()
        raise (Refused if code >= 500 else NotNow)(spoken(code, words))

    def drop(self) -> None:
        """Hang up at once."""
        if self.connection.connection is not None:
            self.connection.connection.close()
        self.connection.connection = None
        self.handed = 0

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()
        self.connection.connection = None
        self.handed = 0


class FolderTransport:
    """Keeps each message as one file named for its Message-ID: twice is once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LineDown(words_of(error)) from error

    def hand_over(self, message: Message, before_data: BeforeData) -> str:
        content = as_mime(message).as_bytes()
        path = self.folder / f"{message.created_at:%Y%m%dT%H%M%S}-{message.message_id}.eml"
        before_data()
        try:
            partial = path.with_suffix(".part")
            partial.write_bytes(content)
            partial.rename(path)
        except OSError as error:
            raise NotNow(words_of(error)) from error
        return path.name

    def close(self) -> None:
        """Nothing to close."""


class DjangoTransport:
    """Any other backend of Django: the console, or memory in a test."""

    def __init__(self, backend: str) -> None:
        self.connection = get_connection(backend)

    def open(self) -> None:
        """Opened for each message."""

    def hand_over(self, message: Message, before_data: BeforeData) -> str:
        email = Prepared(message)
        before_data()
        self.connection.send_messages([email])
        return ""

    def close(self) -> None:
        """Closed after each message."""


class Prepared(EmailMessage):
    """A message of the outbox as Django's own backends want it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.subject, message.text, message.from_address, [message.to_address])
        self.mime = as_mime(message)

    def message(self, **options: Any) -> Any:
        return self.mime


def quoted(content: bytes) -> bytes:
    """The text as SMTP wants it: lines that start with a dot get another, a dot ends it."""
    body = re.sub(rb"(?m)^\.", b"..", content)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def spoken(code: int, words: bytes) -> str:
    """An answer of the server as one line."""
    return f"{code} {' '.join(words.decode('utf-8', 'replace').split())}"[:500]


def words_of(error: Exception) -> str:
    """What an error says, for the people of the office."""
    if isinstance(error, smtplib.SMTPResponseException):
        reply = error.smtp_error
        return spoken(error.smtp_code, reply if isinstance(reply, bytes) else str(reply).encode())
    return (str(error) or type(error).__name__)[:500]
