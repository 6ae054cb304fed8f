"""Who must not be mailed from here, and what is too old to go out by itself."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from hrconf.mailing import mark
from hrconf.mailing.models import Message
from hrconf.mailing.transport import reaches_people

# Names that no mail server of the world answers for (RFC 2606, RFC 6761).
RESERVED = ("example", "invalid", "test", "localhost", "example.com", "example.net", "example.org")


def reason_to_hold(message: Message) -> str:
    """Why a person should look before the message goes out; empty if it may go.

    A copy of the database on another machine must mail nobody, and a restored
    backup holds messages that went out after the backup was made.
    """
    if (
        reaches_people()
        and not settings.MAIL_TO_REAL_PEOPLE
        and not is_reserved(message.to_address)
    ):
        return _("This installation mails no real people: MAIL_TO_REAL_PEOPLE is off.")
    if reaches_people() and is_held_for_doubt(message):
        return mark.DOUBT
    if timezone.now() - message.send_after > longest_wait(message):
        return _("It has waited too long to go out unseen, perhaps in a restored backup.")
    return ""


def is_held_for_doubt(message: Message) -> bool:
    """Whether the database may be a copy, and nobody has let this message go since."""
    doubted = mark.in_doubt()
    if doubted is None or doubted.doubted_at is None:
        return False
    return message.released_at is None or message.released_at < doubted.doubted_at


def longest_wait(message: Message) -> timedelta:
    """A code that opens an account is soon worthless; a letter may wait for a night."""
    if message.is_secret and message.is_urgent:
        return timedelta(minutes=settings.MAIL_HOLD_CODES_AFTER_MINUTES)
    return timedelta(hours=settings.MAIL_HOLD_AFTER_HOURS)


def is_reserved(address: str) -> bool:
    """Whether an address belongs to nobody, by the standards of the net."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return any(domain == name or domain.endswith(f".{name}") for name in RESERVED)
