"""What the templates of the design system need and Django does not bring."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from hrconf.lib import magnitude, wording

register = template.Library()
register.simple_tag(wording.labelled)
register.filter(wording.time_since)

TONES = {
    "good": "accepted active arrived checked_in confirmed done eligible funded registered "
    "sent shortlisted signed",
    "note": "applied in_review negotiating opened ready requested running sending deputy",
    "warn": "held incomplete no_show pending tentative uncertain waiting waitlisted",
    "bad": "bounced failed refused",
    "quiet": "cancelled declined draft expired intention queued withdrawn",
}
TONE_OF = {status: tone for tone, statuses in TONES.items() for status in statuses.split()}


@register.filter
def tone(status: str) -> str:
    """The tone of a status: good, note, warn, bad or quiet."""
    return TONE_OF.get(str(status), "quiet")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of static/img/icons.svg, silent to screen readers."""
    sprite = static("img/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name
    )


# Numbers ---------------------------------------------------------------------


@register.filter
def grouped(value: int | Decimal | None, places: int | None = None) -> str:
    """12345 as 12,345; with `places` that many decimals, as in grouped:2."""
    return "" if value is None else magnitude.grouped(value, places)


@register.filter
def absolute(value: Decimal) -> Decimal:
    """A change without its sign, for sentences that say which way it went."""
    return abs(value)


@register.simple_tag
def amount(value: int | Decimal, currency: str = "") -> magnitude.Amount:
    """A headline number; see hrconf.lib.magnitude. Use with `as`."""
    return magnitude.amount(value, currency)


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart; `width` and `share` are per cent."""

    label: str
    value: int | Decimal
    width: str
    share: Decimal


@dataclass(frozen=True)
class Bars:
    """The rows of a chart: those in sight, and those behind "Show all"."""

    shown: list[Bar]
    rest: list[Bar]

    @property
    def count(self) -> int:
        return len(self.shown) + len(self.rest)


@register.simple_tag
def bars(rows: Iterable[Any], limit: int | None = None) -> Bars:
    """Lay out rows with `label` and `value`: the longest bar is full, shares add to 100.

    One row beyond the limit is shown too: folding it away would save nothing.
    """
    found = list(rows)
    longest = max((row.value for row in found), default=0) or 1
    total = sum(row.value for row in found) or 1
    laid_out = [
        Bar(row.label, row.value, f"{row.value / longest * 100:.2f}%", _share(row.value, total))
        for row in found
    ]
    cut = limit if limit and len(laid_out) > limit + 1 else len(laid_out)
    return Bars(laid_out[:cut], laid_out[cut:])


def _share(value: int | Decimal, total: int | Decimal) -> Decimal:
    return (Decimal(value) / Decimal(total) * 100).quantize(Decimal("0.1"))


# Navigation ------------------------------------------------------------------


@dataclass(frozen=True)
class LanguageLink:
    """This page in one of the languages."""

    code: str
    name: str
    url: str
    is_current: bool

    @property
    def absolute_url(self) -> str:
        return settings.BASE_URL + self.url


# In the header of a phone there is no room for 简体中文.
SHORT_NAMES = {"zh-hans": "中文"}


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """The same page in every language; empty where there is no request."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    current = get_language()
    return [
        LanguageLink(
            code,
            SHORT_NAMES.get(code) or get_language_info(code)["name_local"],
            _translated(request.get_full_path(), code),
            code == current,
        )
        for code, _name in settings.LANGUAGES
    ]


def _translated(url: str, code: str) -> str:
    """The address in another language, also where no route answers (a 404 page)."""
    found = translate_url(url, code)
    first, rest = (url.lstrip("/").split("/", 1) + [""])[:2]
    if found == url and first in dict(settings.LANGUAGES):
        return f"/{code}/{rest}"
    return found


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, url: str, label: str, exact: bool = False) -> SafeString:
    """A link of the navigation that knows when it is current. Nothing without a url."""
    if not url:
        return SafeString("")
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    is_current = path == url or (not exact and path.startswith(url))
    mark = SafeString(' aria-current="page"') if is_current else ""
    return format_html('<a href="{}"{}>{}</a>', url, mark, label)


@register.simple_tag
def elided_pages(page: Page) -> Iterator[int | str]:
    """Page numbers around the current one, with … for what is left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    label: str
    value: str
    url: str


@register.simple_tag(takes_context=True)
def active_filters(context: template.Context, form: forms.BaseForm) -> list[Chip]:
    """One chip for each value of the form's fields in the address that the form takes."""
    request: HttpRequest = context["request"]
    return [
        Chip(str(form[name].label), _shown(field, raw), _without(request, name, raw))
        for name, field in form.fields.items()
        if name not in form.errors
        for raw in request.GET.getlist(name)
        if raw.strip()
    ]


def _shown(field: forms.Field, raw: str) -> str:
    """What a reader calls a raw value: the label of a choice, nothing for a tick."""
    if isinstance(field, forms.BooleanField):
        return ""
    return dict(_flat(getattr(field, "choices", []))).get(raw, raw)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)


def _without(request: HttpRequest, name: str, raw: str) -> str:
    left: QueryDict = request.GET.copy()
    left.setlist(name, [value for value in left.getlist(name) if value != raw])
    left.pop("page", None)
    return f"{request.path}?{left.urlencode()}"
