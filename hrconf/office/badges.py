"""Coloured words in lists: a state or kind, shown the same everywhere."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hrconf.accounts.templatetags.look import tone as tone_of
from hrconf.lib.names import is_same_but_accents


def badge(text: object, tone: str = "quiet") -> SafeString:
    """A word on a coloured ground (good, note, warn, bad, quiet); an empty one gives nothing."""
    if not text:
        return SafeString("")
    return format_html('<span class="office-badge office-badge-{}">{}</span>', tone, text)


def choice_badge(
    field: str,
    tones: Mapping[str, str] | None = None,
    description: object = "",
    ordering: str | None = None,
) -> Callable:
    """A list column for a choice field, as in `state = choice_badge("status", …)`.

    Without `tones` the colour is the one that the status has on public pages.
    """

    @admin.display(description=description, ordering=ordering or field)
    def shown(self, row) -> SafeString:
        value = getattr(row, field)
        tone = tones.get(value, "quiet") if tones else tone_of(value)
        return badge(getattr(row, f"get_{field}_display")(), tone)

    return shown


def two_lines(first: object, second: object = "") -> SafeString:
    """A cell of two lines, the second one smaller; no line twice."""
    if not second or second == first:
        return format_html('<span class="office-two"><span>{}</span></span>', first)
    return format_html(
        '<span class="office-two"><span>{}</span><small>{}</small></span>', first, second
    )


def number_cell(text: object) -> SafeString:
    """A number that stands at the right of its column and stays on one line."""
    return format_html('<span class="office-number">{}</span>', text)


def day_cell(moment: datetime | None) -> SafeString | None:
    """The day of an instant, on one line; pointing at it shows the minute."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    exact = date_format(local, "DATETIME_FORMAT")
    return format_html('<time class="office-line" title="{}">{}</time>', exact, date_format(local))


def names_cell(named) -> SafeString:
    """Both names of someone, the native one first."""
    native, latin = named.name_native, named.name_latin
    if is_same_but_accents(native, latin):
        latin = ""
    return two_lines(native or latin, latin if native else "")
