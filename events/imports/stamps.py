"""What is remembered of an import: a short hash of each value, to see later who changed it."""

import hashlib
import json
from datetime import datetime
from typing import Any

from events.models import Room, Speaker, Track


def stamps(values: dict[str, Any]) -> dict[str, str]:
    return {name: token(value) for name, value in values.items()}


def token(value: Any) -> str:
    plain = json.dumps(plainly(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def plainly(value: Any) -> Any:
    """A value as JSON; rows of ours by what stays the same when they are renamed."""
    if isinstance(value, list):
        return [plainly(one) for one in value]
    if isinstance(value, Room):
        return f"{value.venue.slug}/{value.slug}"
    if isinstance(value, Track):
        return value.slug
    if isinstance(value, Speaker):
        return value.code
    return value.isoformat() if isinstance(value, datetime) else value
