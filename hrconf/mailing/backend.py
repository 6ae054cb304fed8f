"""Django's e-mail backend that fills the outbox: nothing can send around it."""

import uuid
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import get_language

from hrconf.lib.wake import wake_on_commit
from hrconf.mailing import tasks
from hrconf.mailing.compose import Attached, first_entry, refuse_bad_headers
from hrconf.mailing.models import Message
from hrconf.mailing.services import save_messages

# A caller may name the kind of its mail; the header does not go out.
KIND_HEADER = "X-Kind"
OURS = {"message-id", "date", "from", "to", "cc", "bcc", "subject", KIND_HEADER.lower()}


class OutboxBackend(BaseEmailBackend):
    """Turns each e-mail that Django or a package sends into messages of the outbox.

    Such mail is about a login (codes, password links): urgent, and its text is
    neither shown nor kept once it is sent.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            return sum(bool(queue_email(email)) for email in email_messages)


def queue_email(email: EmailMessage) -> list[Message]:
    """Write one message for each recipient of an e-mail."""
    messages = [as_message(email, address) for address in email.recipients()]
    attached = [attachments_of(email)] * len(messages)
    saved = save_messages(messages, attached)
    for message in saved:
        wake_on_commit(tasks.deliver_message, message.pk)
    return saved


def as_message(email: EmailMessage, address: str) -> Message:
    """Return an unsaved message of an e-mail to one of its recipients."""
    name, plain = parseaddr(address)
    reply_to = ", ".join(email.reply_to)
    refuse_bad_headers(name + email.subject, plain, reply_to)
    return Message(
        kind=email.extra_headers.get(KIND_HEADER, "account"),
        recipient=f"address:{plain.lower()}",
        occasion=f"email:{uuid.uuid4()}",
        to_address=plain,
        to_name=name,
        from_address=email.from_email,
        reply_to=reply_to,
        subject=str(email.subject)[:400],
        text=text_of(email),
        html=html_of(email),
        headers={k: str(v) for k, v in email.extra_headers.items() if k.lower() not in OURS},
        language=get_language() or "en",
        is_urgent=True,
        is_secret=True,
        history=[first_entry()],
    )


def text_of(email: EmailMessage) -> str:
    """The plain text of an e-mail; a lone HTML body has none."""
    return "" if email.content_subtype == "html" else str(email.body)


def html_of(email: EmailMessage) -> str:
    """The HTML of an e-mail, or nothing."""
    if email.content_subtype == "html":
        return str(email.body)
    alternatives = getattr(email, "alternatives", None) or []
    return next((str(part[0]) for part in alternatives if part[1] == "text/html"), "")


def attachments_of(email: EmailMessage) -> list[Attached]:
    """The files of an e-mail; parts built by hand are kept as they are."""
    return [as_file(part) for part in email.attachments]


def as_file(part: Any) -> Attached:
    if hasattr(part, "get_payload"):
        content = part.get_payload(decode=True) or b""
        return part.get_filename() or "file", part.get_content_type(), content
    filename, content, mimetype = part
    data = content.encode() if isinstance(content, str) else bytes(content)
    return filename or "file", mimetype or "application/octet-stream", data
