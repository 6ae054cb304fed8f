"""The outbox, and what stands against mail: stopped addresses, returned mail, the mark."""

from hrconf.mailing.models.messages import Attachment, Batch, Line, Message, entry_added
from hrconf.mailing.models.stops import Bounce, Installation, Suppression

__all__ = [
    "Attachment",
    "Batch",
    "Bounce",
    "Installation",
    "Line",
    "Message",
    "Suppression",
    "entry_added",
]
