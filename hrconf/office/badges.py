"""Coloured words in lists: a state or kind, shown the same everywhere."""

from collections.abc import Callable, Mapping

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

# Tones are CSS classes of static/css/admin.css.
GOOD, BUSY, WARN, BAD, QUIET, PLAIN = "good", "busy", "warn", "bad", "quiet", "plain"


def badge(text: object, tone: str = PLAIN) -> SafeString:
    """A word on a coloured ground; an empty one gives nothing."""
    if not text:
        return SafeString("")
    return format_html('<span class="office-badge office-badge-{}">{}</span>', tone, text)


def choice_badge(
    field: str, tones: Mapping[str, str], description: object, ordering: str | None = None
) -> Callable:
    """A list column for a choice field, such as `status_badge = choice_badge("status", …)`.

    `field` may follow a foreign key with dots, as in "category.kind".
    """
    *path, name = field.split(".")

    @admin.display(description=description, ordering=ordering or field.replace(".", "__"))
    def shown(self, row) -> SafeString:
        for step in path:
            row = getattr(row, step)
        value = getattr(row, name)
        return badge(getattr(row, f"get_{name}_display")(), tones.get(value, PLAIN))

    return shown


def two_lines(first: object, second: object = "") -> SafeString:
    """A cell of two lines, the second one smaller; no line twice."""
    if not second or second == first:
        return format_html('<span class="office-two"><span>{}</span></span>', first)
    return format_html(
        '<span class="office-two"><span>{}</span><small>{}</small></span>', first, second
    )


def names_cell(named) -> SafeString:
    """Both names of someone, the native one first."""
    native, latin = named.name_native, named.name_latin
    return two_lines(native or latin, latin if native else "")
