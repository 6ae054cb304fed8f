"""How numbers of a jury are written."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def signed(value: float) -> str:
    """Two digits with a sign: +0.42, −1.10."""
    return f"{value:+.2f}".replace("-", "−")


@register.filter
def at(values: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping has at a key."""
    return values.get(key, "")
