"""What the outbox page needs."""

import re
from collections.abc import Mapping
from datetime import datetime

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def own_links(text: str) -> SafeString:
    """Plain text in which links to our own pages can be clicked, and no others."""
    ours = re.compile(rf"({re.escape(settings.BASE_URL)}/[\w./%-]*)")
    parts = ours.split(text)
    shown = [_link(part) if at % 2 else conditional_escape(part) for at, part in enumerate(parts)]
    return mark_safe("".join(shown))  # noqa: S308  every part is escaped above


def _link(url: str) -> SafeString:
    return format_html('<a href="{0}" rel="noreferrer" target="_blank">{0}</a>', url)


@register.filter
def moment(text: str) -> datetime:
    """An instant that was kept as ISO 8601."""
    return datetime.fromisoformat(text)


@register.simple_tag
def label_in(labels: Mapping[str, str], key: str) -> str:
    return labels.get(key, key)
