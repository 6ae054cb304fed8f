"""Unsubscribing by a link (RFC 8058): what it stands for, and what it does."""

import uuid

from django.conf import settings
from django.db import transaction

from hrconf.lib.links import link
from hrconf.lib.tokens import make_token, read_token
from hrconf.mailing.kinds import may_unsubscribe
from hrconf.mailing.models import Message, Suppression
from hrconf.mailing.suppressions import lift_own, stop

PURPOSE = "unsubscribe"
ONE_CLICK = ("List-Unsubscribe", "One-Click")  # RFC 8058, section 3.2
LONGEST_TOKEN = 120


def unsubscribe_link(message_id: uuid.UUID, language: str) -> str:
    """The personal page on which a reader stops optional mail; needs no login."""
    known = dict(settings.LANGUAGES)
    token = make_token(PURPOSE, message_id.int)
    return link(
        "mailing:unsubscribe", language=language if language in known else "en", token=token
    )


def unsubscribe_headers(message: Message) -> list[tuple[str, str]]:
    """What tells a mail program to offer one click; nothing for mail that is needed."""
    if not may_unsubscribe(message.kind):
        return []
    return [
        ("List-Unsubscribe", f"<{unsubscribe_link(message.message_id, message.language)}>"),
        ("List-Unsubscribe-Post", "=".join(ONE_CLICK)),
    ]


def message_of(token: str) -> Message | None:
    """The message whose link it is; None for a link we never made."""
    numbers = read_token(PURPOSE, token, 1) if len(token) <= LONGEST_TOKEN else None
    if numbers is None:
        return None
    return Message.objects.for_office().filter(message_id=uuid.UUID(int=numbers[0])).first()


@transaction.atomic
def unsubscribe(message: Message) -> None:
    """Stop optional mail to the address of a message; twice is once."""
    stop(message.to_address, Suppression.Reason.UNSUBSCRIBED, message=message)


@transaction.atomic
def subscribe_again(message: Message) -> None:
    """Undo it: the reader wants optional mail after all."""
    lift_own(message.to_address)
