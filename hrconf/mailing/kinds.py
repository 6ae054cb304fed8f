"""What the kinds of mail are called, and which of them a reader may do without.

The storeys above name theirs when they load. There are three sorts:
- needed: a ticket, a changed session, a sign-in code. Goes on whatever the reader unsubscribed from;
- personal: an invitation by name. Goes on too, but can be unsubscribed from: what follows it stops;
- optional: campaigns, reminders of an invitation. Stops when the reader unsubscribes.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {"account": _("Sign-in and account")}
OPTIONAL: set[str] = set()
PERSONAL: set[str] = set()


def name_kinds(
    labels: Mapping[str, Any],
    *,
    optional: Collection[str] = (),
    personal: Collection[str] = (),
) -> None:
    """Give kinds of mail their names for the office; those of neither flag are needed."""
    KINDS.update(labels)
    OPTIONAL.update(optional)
    PERSONAL.update(personal)


def label_of(kind: str) -> str:
    """The name of a kind of mail; its key if nobody named it."""
    return str(KINDS.get(kind, kind))


def is_optional(kind: str) -> bool:
    """Whether mail of the kind stops when its reader unsubscribes."""
    return kind in OPTIONAL


def may_unsubscribe(kind: str) -> bool:
    """Whether mail of the kind carries a link by which optional mail stops."""
    return kind in OPTIONAL or kind in PERSONAL
