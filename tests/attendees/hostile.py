"""Hostile text, and a world in which every name, word and title is hostile."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.apps import apps
from django.db import DatabaseError, models, transaction

# Kept and shown as typed.
KEPT = {
    "link": "http://evil.example/win",
    "markup": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "placeholders": "{{ person }} {% now 'Y' %} {name} %(name)s %s ${x}",
    "formula": '=HYPERLINK("http://evil.example";"x")',
    "plus": "+1",
    "at": "@SUM(A1)",
    "minus": "-2+3",
    "full-width formula": "＝1+1",
    "full-width markup": "＜b＞Ann＜/b＞",
    "typst": '#import "x": * *b* @ref $x$ _i_ `r` \\n',
    "calendar": "X;ATTENDEE=1:y,z\\n",
    "nobody": "None",
    "joined emoji": "👩\u200d🔬 Ann",
    "rare character": "𠮷野家",
    "marks": "A\u0301\u0323nn",
    "Arabic": "\u200fعمر الخطاب\u200f",
    "zero width inside": "Ann\u200bLee",
    "comma": 'Eve, "the" <eve@evil.example>',
    "200 letters": "W" * 200,
}
# Refused next to the field, in the reader's language.
REFUSED = {
    "header": "Eve\r\nBcc: all@guests.example",
    "calendar line": "Eve\nATTENDEE:mailto:x@evil.example",
    "line separator": "Eve\u2028Lee",
    "NUL": "E\x00ve",
    "bell": "E\x07ve",
    "second control set": "E\x9bve",
    "half a character": "E\ud800ve",
    "no character": "E\uffffve",
    "turned around": "Eve \u202egpj.exe",
    "isolated": "Eve \u2066x\u2069",
    "nothing seen": "\u200b\u2060\u200d",
    "filler": "\u3164\u3164",
    "stack": "Z" + "\u0335" * 30 + "algo",
}
# Only where lines are one: a word to the office has as many as it likes.
ONE_LINE = ["header", "calendar line"]

# All of it in one, for pages: begins and ends with a word that pages are searched for.
ALL = """Qq1'"></title><script data-probe>a(1)</script>{{ "EVAL"|lower }}%(name)s%s{0}${x}1qQ"""
SHORT = "<b data-probe>"  # for columns in which the rest has no room
EVALUATED = "</script>eval"
SEARCHED = re.compile(r"Qq1.*?1qQ", re.DOTALL)
# Letters by chance, among which anything may stand: tokens of forms, nonces of scripts.
CHANCE = re.compile(r'(?:value|nonce|data-csrf)="[A-Za-z0-9+/_=-]{16,}"')

STOREYS = ["events", "attendees", "projects", "agreements"]
# Of the outbox: names and words, not the letters themselves.
OF_MAIL = {"to_name", "subject", "title", "answer", "detail", "error", "filename"}
# Texts that are keys, not words.
KEYS = {
    "code", "key", "reference", "badge", "digest", "sha256", "signature", "timezone", "content_type",
    "mimetype", "language", "preferred_language", "encoding", "currency", "sort_key", "search_text",
    "time_zone",
}  # fmt: skip


def words_of(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model in which somebody types words."""
    plain = {models.CharField, models.TextField}
    fields = [field for field in model._meta.concrete_fields if base_of(field) in plain]
    named = [field for field in fields if field.name not in KEYS and not field.choices]
    return named if model._meta.app_label in STOREYS else [f for f in named if f.name in OF_MAIL]


def base_of(field: models.Field) -> type:
    """The class of a field; a translated column is of a class made for it."""
    if type(field).__module__.startswith("modeltranslation"):
        return models.TextField if isinstance(field, models.TextField) else models.CharField
    return type(field)


def poison(text: str, labels: list[str]) -> set[str]:
    """Write a text into every such column of every row; return the columns by name."""
    done = set()
    for model in apps.get_models():
        if model._meta.app_label in labels:
            done |= {f"{model._meta.label_lower}.{name}" for name in poison_rows(model, text)}
    return done


def poison_rows(model: type[models.Model], text: str) -> list[str]:
    """All columns at once; one by one where a rule of the database forbids one of them."""
    fields = words_of(model)
    if write(model, fields, text):
        return [field.name for field in fields]
    return [field.name for field in fields if write(model, [field], text)]


def write(model: type[models.Model], fields: list[models.Field], text: str) -> bool:
    rows = models.QuerySet(model)
    try:
        with transaction.atomic():
            rows.update(**{f.attname: fitting(f, text) for f in fields if not f.unique})
            for field in fields:
                if field.unique:
                    for pk in rows.values_list("pk", flat=True):
                        own = fitting(field, f"{pk}{text}")
                        rows.filter(pk=pk).update(**{field.attname: own})
    except DatabaseError:
        return False
    return True


def fitting(field: models.Field, text: str) -> str:
    longest = field.max_length or 10**6
    return text if len(text) <= longest else SHORT[:longest]


# What a page may not hold -----------------------------------------------------------------


def holes(page: str) -> list[str]:
    """What became of hostile text that should not have: it ran, broke out, or was filled in."""
    found = probes(page)
    if EVALUATED in html.unescape(page):
        found.append("evaluated")
    return found + [f"changed: {one[:80]}" for one in changed(page)]


class Probes(HTMLParser):
    """Finds elements that hostile text became."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if {"data-probe", "onfocus"} & {name for name, _value in attrs}:
            self.found.append(f"element {tag}")


def probes(page: str) -> list[str]:
    parser = Probes()
    parser.feed(page)
    return parser.found


def changed(page: str) -> Iterator[str]:
    """Places where the text begins and ends and is another in between."""
    shown = html.unescape(CHANCE.sub("", page))
    for found in SEARCHED.findall(shown):
        # Escaped for JavaScript or JSON, or cut: what is left is as it was.
        if found != ALL and not is_escaped(found):
            yield found


def is_escaped(text: str) -> bool:
    """Whether it is the text as a string of JavaScript or JSON writes it, or in an address."""
    return "\\u003C" in text or '\\"' in text or "%3C" in text


def as_typed(page: str, text: str) -> bool:
    """Whether a page shows a text letter by letter."""
    return text in html.unescape(page)
