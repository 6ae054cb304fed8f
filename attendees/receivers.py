"""News from below that the attendees act on."""

from typing import Any

from django.dispatch import receiver

from attendees.services import invitations, signing_up
from events.models import Release
from events.signals import schedule_released
from hrconf.mailing.models import Message
from hrconf.mailing.signals import message_settled


@receiver(message_settled)
def follow_invitation(message: Message, **kwargs: Any) -> None:
    """An invitation is as far as its mail."""
    if message.kind == invitations.KIND:
        invitations.follow_message(message)


@receiver(schedule_released)
def follow_release(release: Release, **kwargs: Any) -> None:
    """Seats end with what no longer takes place."""
    signing_up.follow_release(release.edition, release.changes)
