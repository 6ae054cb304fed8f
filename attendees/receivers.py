"""News from below that the attendees act on."""

from typing import Any

from django.dispatch import receiver

from attendees.services import invitations
from hrconf.mailing.models import Message
from hrconf.mailing.signals import message_settled


@receiver(message_settled)
def follow_invitation(message: Message, **kwargs: Any) -> None:
    """An invitation is as far as its mail."""
    if message.kind == invitations.KIND:
        invitations.follow_message(message)
