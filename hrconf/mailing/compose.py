"""Writing letters: templates and a person's data become a message's text."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hrconf.lib.errors import DomainError
from hrconf.lib.typed import is_harmless
from hrconf.mailing.addresses import one_line
from hrconf.mailing.kinds import may_unsubscribe
from hrconf.mailing.models import Message
from hrconf.mailing.unsubscribing import unsubscribe_link

LONGEST_NAME = 300

Attached = tuple[str, str, bytes]  # file name, MIME type, content


@dataclass(frozen=True)
class Letter:
    """What one person is to be told, before it is written out."""

    recipient: str
    occasion: str
    to_address: str
    to_name: str
    language: str
    context: Mapping[str, Any]
    reply_to: str = ""
    attachments: Sequence[Attached] = ()
    send_after: datetime | None = None
    is_urgent: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


def compose(kind: str, letter: Letter) -> Message:
    """Write a letter out in its reader's language; the message is not saved yet."""
    refuse_bad_headers(letter.to_name, letter.to_address, letter.reply_to)
    message_id = uuid.uuid4()
    with translation.override(letter.language):
        context = {"to_name": letter.to_name, "language": letter.language, **letter.context}
        if may_unsubscribe(kind):
            context["unsubscribe_link"] = unsubscribe_link(message_id, letter.language)
        subject = one_line(render(kind, "subject.txt", context)).replace("=?", "= ?")
        text = without_nul(render(kind, "txt", context)).strip() + "\n"
        html = without_nul(render(kind, "html", context))
    return Message(
        message_id=message_id,
        kind=kind,
        recipient=letter.recipient,
        occasion=letter.occasion,
        to_address=letter.to_address,
        to_name=letter.to_name,
        from_address=settings.DEFAULT_FROM_EMAIL,
        reply_to=letter.reply_to,
        subject=subject[:400],
        text=text,
        html=html,
        headers=dict(letter.headers),
        language=letter.language,
        send_after=letter.send_after or timezone.now(),
        is_urgent=letter.is_urgent,
        history=[first_entry()],
    )


def render(kind: str, part: str, context: dict[str, Any]) -> str:
    """Return a part of a letter; a letter without HTML has only its text."""
    try:
        return get_template(f"mail/{kind}.{part}").render(context)
    except TemplateDoesNotExist:
        if part != "html":
            raise
        return ""


def without_nul(text: str) -> str:
    """The text without the one character that PostgreSQL keeps nowhere."""
    return text.replace("\x00", "")


def first_entry(state: str = Message.State.QUEUED, note: str = "") -> dict[str, str]:
    """The line that opens a message's history."""
    entry = {"at": timezone.now().isoformat(timespec="seconds"), "state": str(state)}
    return entry | ({"note": note} if note else {})


def refuse_bad_headers(name: str, address: str, reply_to: str = "") -> None:
    """Refuse what would break out of a header line, and addresses that are none."""
    if any(ord(letter) < 32 for letter in name + address + reply_to):
        raise DomainError(_("A name or address has a line break."), code="line_break_in_header")
    if "=?" in name or not all(is_harmless(letter) for letter in name + address + reply_to):
        words = _("A name or address has hidden marks that would show as something else.")
        raise DomainError(words, code="hidden_marks_in_header")
    if len(name) > LONGEST_NAME:
        raise DomainError(_("A name is too long for a letter."), code="name_too_long")
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError(_("This is no e-mail address."), code="bad_address") from error
