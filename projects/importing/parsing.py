"""A row of a list of projects: text to values, what is doubtful noted, what is wrong refused.

A cell that we cannot use (a country nobody knows, an amount in words) leaves its field
empty and says so; refused is only what would make no project at all.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from attendees.importing.columns import folded
from attendees.importing.countries import country_code, known_names
from hrconf.lib.names import HAN
from hrconf.lib.typed import trouble_of
from hrconf.lib.wording import labelled
from projects.importing.columns import Header, heading
from projects.models import Project

# What lists write where they know nothing.
NOTHING = {"", "unknown", "na", "none", "null", "nan", "tbd", "无", "未知", "暂无", "undisclosed"}
CURRENCIES = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY",
              "元": "CNY", "人民币": "CNY", "rmb": "CNY", "美元": "USD", "欧元": "EUR"}  # fmt: skip
TIMES = {"k": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9,
         "billion": 10**9, "万": 10**4, "亿": 10**8}  # fmt: skip
AMOUNT = re.compile(
    r"^(?P<before>[^\d\s]*)\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<times>[kmb]|mn|bn|million|billion|万|亿)?\s*(?P<after>[^\d\s]*)$",
    re.IGNORECASE,
)
# What parts an address; a hyphen only between spaces.
PLACES = re.compile(r"\s+[-–—]\s+|[,;/|，；、]")
SHORTEST_PREFIX = 5  # letters of a name that was cut off
MOST = Decimal(10) ** 15
is_url = URLValidator(schemes=["http", "https"])


@dataclass
class ProjectRow:
    """What a row says: values of a project, its holder, words for its sector, doubts."""

    line: int
    values: dict[str, object] = field(default_factory=dict)
    holder: str = ""
    email: str = ""
    sector: str = ""
    status: str = ""
    notes: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        titles = [self.values.get("title_zh_hans"), self.values.get("title_en")]
        return " · ".join(str(title) for title in titles if title)

    @property
    def titles(self) -> set[str]:
        return title_keys(self.values)

    @property
    def domain(self) -> str:
        return domain_of(str(self.values.get("website", "")))


def title_keys(values: dict) -> set[str]:
    """What makes two titles the same: no case, width, spaces or punctuation."""
    titles = [str(values.get(name) or "") for name in ("title_en", "title_zh_hans")]
    return {folded(title) or title.strip() for title in titles if title.strip()}


@lru_cache(maxsize=65536)
def domain_of(website: str) -> str:
    """The host of a web address without its www."""
    try:
        return (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def parse_rows(header: Header, rows: Sequence[Sequence[str]]) -> list[ProjectRow]:
    """Read the rows under the heading (line 2 of the file is the first)."""
    lines = enumerate(rows, 2)
    return [parse_row(header, line, row) for line, row in lines if any(map(str.strip, row))]


def parse_row(header: Header, line: int, row: Sequence[str]) -> ProjectRow:
    """Read one row; what is wrong with it ends up in its troubles."""
    found = ProjectRow(line)
    cells = {key: tidy(row[place], key) for key, place in header.places.items() if place < len(row)}
    for key, text in cells.items():
        if (text and folded(text) not in NOTHING) or (text and key in {"title", "organization"}):
            READERS[key](found, key, text)
        elif text and key == "country":
            found.notes.append(labelled(heading(key), _("not known, left empty")))
    _finish(found)
    return found


def tidy(text: str, key: str) -> str:
    """Text in composed letters without control characters; one line, but for summaries."""
    plain = unicodedata.normalize("NFC", text)
    lines = plain.splitlines() if key.startswith("summary") else [plain]
    return "\n".join(" ".join(_seen(line).split()) for line in lines).strip()


def _seen(line: str) -> str:
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in line)


def _finish(row: ProjectRow) -> None:
    """A company without a title names its project; a project needs some name."""
    for language in ("en", "zh_hans"):
        company = row.values.get(f"organization_{language}")
        if company and not row.titles:
            row.values[f"title_{language}"] = company
    if not row.titles:
        row.troubles.append(_("no title and no company"))


def _skip(row: ProjectRow, key: str, why: str) -> None:
    row.notes.append(labelled(heading(key), why))


def read_text(row: ProjectRow, key: str, text: str) -> None:
    limit = Project._meta.get_field(key).max_length
    if limit and len(text) > limit:
        problem = _("longer than %(limit)s characters") % {"limit": limit}
        row.troubles.append(labelled(heading(_column(key)), problem))
    elif trouble_of(text, may_have_lines=key.startswith("summary")):
        problem = _("holds marks that cannot be seen")
        row.troubles.append(labelled(heading(_column(key)), problem))
    else:
        row.values[key] = text


def _column(key: str) -> str:
    """The column that a field came from."""
    return key if not key.startswith("organization") else "organization"


def read_either(row: ProjectRow, key: str, text: str) -> None:
    """Text of a language that nobody named: by its script; a column of that language wins."""
    language = "zh_hans" if HAN.search(text) else "en"
    if not row.values.get(f"{key}_{language}"):
        read_text(row, f"{key}_{language}", text)


def read_country(row: ProjectRow, key: str, text: str) -> None:
    code = find_country(text)
    if code:
        row.values.setdefault("country", code)
    elif key == "country":
        _skip(row, key, _("not known, left empty"))


def find_country(text: str) -> str | None:
    """The country of a cell: of all of it, of its last part that is one, or of a cut name.

    >>> find_country("San Francisco - California - USA")
    'US'
    """
    if code := country_code(text):
        return code
    for part in reversed(PLACES.split(text)):
        # Two letters in an address are a state or a county more often than a country.
        if len(part.strip()) > 2 and (code := country_code(part)):
            return code
    return _cut_off(folded(PLACES.split(text)[-1]))


@lru_cache(maxsize=4096)
def _cut_off(start: str) -> str | None:
    """The only country whose name begins like this, as lists of narrow columns have it."""
    if len(start) < SHORTEST_PREFIX:
        return None
    found = {code for name, code in known_names().items() if name.startswith(start)}
    return found.pop() if len(found) == 1 else None


def read_website(row: ProjectRow, key: str, text: str) -> None:
    address = text if "://" in text else f"https://{text}"
    try:
        is_url(address)
    except ValidationError:
        return _skip(row, key, _("no web address, left empty"))
    if len(address) > 200:
        return _skip(row, key, _("no web address, left empty"))
    row.values[key] = address


def read_year(row: ProjectRow, key: str, text: str) -> None:
    year = re.match(r"(\d{4})(?!\d)", text)
    if year and 1800 <= int(year[1]) <= 2200:
        row.values[key] = int(year[1])
    elif text.strip("0"):
        _skip(row, key, _("no year, left empty"))


def read_amount(row: ProjectRow, key: str, text: str) -> None:
    found = AMOUNT.match(unicodedata.normalize("NFKC", text))
    currency = found and _currency(found["before"] or found["after"])
    if not found or not currency:
        return _skip(row, key, _("no amount, left empty"))
    try:
        amount = Decimal(found["number"].replace(",", ""))
    except InvalidOperation:
        return _skip(row, key, _("no amount, left empty"))
    amount = (amount * TIMES.get((found["times"] or "").lower(), 1)).quantize(Decimal("0.01"))
    if amount >= MOST:
        return _skip(row, key, _("no amount, left empty"))
    row.values[key], row.values["currency"] = amount, currency


def _currency(text: str) -> str:
    """The code of a currency by its sign, name or code; CNY where none is named."""
    if re.fullmatch(r"[A-Z]{3}", text) and text != "RMB":
        return text
    return CURRENCIES.get(text.lower(), "" if text else "CNY")


def read_choice(row: ProjectRow, key: str, text: str) -> None:
    value = choices_of(key).get(folded(text))
    if value:
        row.values[key] = value
    else:
        _skip(row, key, _("none that we know, left empty"))


def read_seeking(row: ProjectRow, key: str, text: str) -> None:
    known = choices_of(key)
    found = [known[part] for part in map(folded, re.split(r"[,;/|、，；]", text)) if part in known]
    if found:
        row.values[key] = sorted(set(found))
    else:
        _skip(row, key, _("none that we know, left empty"))


def choices_of(key: str) -> dict[str, str]:
    """The values of a field by what people call them in either language."""
    choices = {"stage": Project.Stage, "seeking": Project.Seeking, "status": Project.Status}[key]
    return _choices(choices)


@lru_cache(maxsize=8)
def _choices(choices) -> dict[str, str]:
    from django.utils import translation

    found = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            found.update({folded(str(one.label)): one.value for one in choices})
    found.update({folded(one.value): one.value for one in choices})
    return found


def read_day(row: ProjectRow, key: str, text: str) -> None:
    parts = re.match(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})", text)
    try:
        row.values[key] = date(*map(int, parts.groups())) if parts else date.fromisoformat(text)
    except ValueError:
        _skip(row, key, _("no date, left empty"))


def read_email(row: ProjectRow, key: str, text: str) -> None:
    address = unicodedata.normalize("NFKC", text).replace(" ", "").lower()
    try:
        validate_email(address)
    except ValidationError:
        return _skip(row, key, _("is no e-mail address"))
    row.email = address


def read_word(row: ProjectRow, key: str, text: str) -> None:
    setattr(row, key, text)


def read_status(row: ProjectRow, key: str, text: str) -> None:
    row.status = choices_of(key).get(folded(text), "")
    if not row.status:
        _skip(row, key, _("none that we know, left empty"))


Reader = Callable[[ProjectRow, str, str], None]
READERS: dict[str, Reader] = {
    "reference": read_text,
    "source_id": read_text,
    "title": read_either,
    "title_en": read_text,
    "title_zh_hans": read_text,
    "summary": read_either,
    "summary_en": read_text,
    "summary_zh_hans": read_text,
    "organization": read_either,
    "sector": read_word,
    "country": read_country,
    "place": read_country,
    "website": read_website,
    "founded_year": read_year,
    "stage": read_choice,
    "seeking": read_seeking,
    "funding_sought": read_amount,
    "holder": read_word,
    "holder_email": read_email,
    "status": read_status,
    "invited_on": read_day,
}
