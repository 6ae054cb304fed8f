"""What the kinds of mail are called; the storeys above name theirs when they load."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {"account": _("Sign-in and account")}


def name_kinds(labels: Mapping[str, Any]) -> None:
    """Give kinds of mail their names for the office."""
    KINDS.update(labels)


def label_of(kind: str) -> str:
    """The name of a kind of mail; its key if nobody named it."""
    return str(KINDS.get(kind, kind))
