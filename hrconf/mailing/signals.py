"""News of the outbox for the storeys above."""

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from django.dispatch import Signal

from hrconf.lib.traces import bare_trace

if TYPE_CHECKING:
    from hrconf.mailing.models import Message

log = logging.getLogger(__name__)

# A message reached its end: sent, refused, failed, uncertain or cancelled.
# Sent with `message` (a Message), inside the transaction that marks it. A
# receiver that fails is logged and changes nothing about the message.
message_settled = Signal()


def announce(message: "Message") -> None:
    """Tell the listeners; one that fails cannot undo the fate of the message."""
    try:
        with transaction.atomic():
            message_settled.send(sender=type(message), message=message)
    except Exception as error:
        log.error("A listener failed on message %s: %s", message.pk, bare_trace(error))
