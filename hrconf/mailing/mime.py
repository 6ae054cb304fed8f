"""Messages as they go over the wire."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.utils import timezone

from hrconf.mailing.models import Message
from hrconf.mailing.unsubscribing import unsubscribe_headers

# Everything in seven bits: no server on the way needs to change a byte.
POLICY = SMTP.clone(cte_type="7bit")


def as_mime(message: Message) -> EmailMessage:
    """Return the e-mail of a message, with all its headers, text, HTML and files."""
    mime = EmailMessage(policy=POLICY)
    mime.set_content(message.text)
    if message.html:
        mime.add_alternative(message.html, subtype="html")
    for file in message.attachments.all():
        main, _slash, sub = file.mimetype.partition("/")
        mime.add_attachment(
            bytes(file.content),
            maintype=main,
            subtype=sub or "octet-stream",
            filename=file.filename,
        )
    for name, value in headers_of(message):  # last: content of a new kind drops Content-…
        mime[name] = value
    return mime


def headers_of(message: Message) -> list[tuple[str, str | Address]]:
    """The headers of a message in their order; a line break in one raises ValueError."""
    headers: list[tuple[str, str | Address]] = [
        ("From", as_address(message.from_address)),
        ("To", Address(message.to_name, addr_spec=ascii_address(message.to_address))),
        ("Subject", message.subject),
        ("Date", format_datetime(message.claimed_at or timezone.now())),
        ("Message-ID", message.header_id),
        ("Auto-Submitted", "auto-generated"),
        ("Content-Language", message.language),
    ]
    if message.reply_to:
        headers.append(("Reply-To", message.reply_to))
    headers += unsubscribe_headers(message)
    return headers + [(name, str(value)) for name, value in message.headers.items()]


def as_address(text: str) -> Address:
    """Parse `Name <address>`."""
    name, address = parseaddr(text)
    return Address(name, addr_spec=ascii_address(address))


def parse_address(text: str) -> str:
    """The bare address of `Name <address>`, as the net knows it."""
    return ascii_address(parseaddr(text)[1])


def return_path(message: Message) -> str:
    """The address to which a message returns: the message names itself in it.

    Variable envelope return path (VERP): a server that returns nothing of the
    letter still says in the address which one it was.
    """
    if not settings.BOUNCE_ADDRESS:
        return parse_address(message.from_address)
    local, _at, domain = ascii_address(settings.BOUNCE_ADDRESS).rpartition("@")
    return f"{local}+{message.message_id.hex}@{domain}"


def ascii_address(address: str) -> str:
    """The address with its domain as the net knows it (IDNA)."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
