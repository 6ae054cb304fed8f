"""A row of a guest list: text to a guest, or the reasons why it is refused.

Reasons name the column and never repeat the cell: a report keeps no data of people.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from attendees.importing.columns import Header, heading
from attendees.importing.countries import country_code
from attendees.models import Person
from hrconf.lib.names import HAN
from hrconf.lib.typed import refuse_hidden
from hrconf.lib.wording import labelled

# The fields of a person that a row may give.
FIELDS = [
    "name_native",
    "name_latin",
    "email",
    "phone",
    "country",
    "organization_en",
    "organization_zh_hans",
    "title_en",
    "title_zh_hans",
    "preferred_language",
    "note",
]
LANGUAGES = {
    "en": "en",
    "english": "en",
    "英语": "en",
    "英文": "en",
    "zh": "zh-hans",
    "zh-hans": "zh-hans",
    "zh-cn": "zh-hans",
    "chinese": "zh-hans",
    "中文": "zh-hans",
    "汉语": "zh-hans",
    "简体中文": "zh-hans",
}


# Words in Latin letters with what stands between them, and what names are parted by.
LATIN_RUN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f\u0300-\u036f .,'’\-]*")
MARKS = " ,;/|()（）[]【】，、；／｜"


@dataclass
class Guest:
    """What a row says: values of a person, and words for the office to look up."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    association: str = ""
    category: str = ""
    troubles: list[str] = field(default_factory=list)

    @property
    def shown_name(self) -> str:
        names = [self.values.get("name_native", ""), self.values.get("name_latin", "")]
        return " · ".join(dict.fromkeys(filter(None, names)))


def parse_rows(header: Header, rows: Sequence[Sequence[str]]) -> list[Guest]:
    """Read the rows under the heading (line 2 of the file is the first)."""
    lines = enumerate(rows, 2)
    return [parse_row(header, line, row) for line, row in lines if any(map(str.strip, row))]


def parse_row(header: Header, line: int, row: Sequence[str]) -> Guest:
    """Read one row; what is wrong with it ends up in its troubles."""
    cells = {
        key: row[place].strip() if key == "note" else tidy(row[place])
        for key, place in header.places.items()
        if place < len(row)
    }
    guest = Guest(
        line, association=cells.pop("association", ""), category=cells.pop("category", "")
    )
    try:
        join_names(cells)
    except ValidationError as error:
        guest.troubles.extend(error.messages)
    for key, text in cells.items():
        if text:
            _read(guest, key, text, cells)
    put_names_right(guest.values)
    if not guest.shown_name:
        guest.troubles.append(_("no name"))
    return guest


def tidy(text: str) -> str:
    """Text with single spaces and composed letters; full-width blanks are blanks."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def put_names_right(values: dict[str, str]) -> None:
    """A lone "Name" column holds names of every script: Latin ones go where they belong."""
    native, latin = values.get("name_native", ""), values.get("name_latin", "")
    if native and not latin and native.isascii():
        values["name_latin"] = values.pop("name_native")
    elif latin and not native and HAN.search(latin):
        values["name_native"] = values.pop("name_latin")


def join_names(cells: dict[str, str]) -> None:
    """Make the two names of what a list has instead: one column for both, or one for each part."""
    if both := cells.pop("name_both", ""):
        native, latin = split_names(both)
        cells["name_native"] = cells.get("name_native") or native
        cells["name_latin"] = cells.get("name_latin") or latin
    family, given = cells.pop("family_name", ""), cells.pop("given_name", "")
    if not (family or given):
        return
    if HAN.search(family + given):
        cells["name_native"] = cells.get("name_native") or family + given
    else:
        parts = [family, given] if _family_first(cells) else [given, family]
        cells["name_latin"] = cells.get("name_latin") or " ".join(filter(None, parts))


def _family_first(cells: Mapping[str, str]) -> bool:
    """Whether the Latin name begins with the family name, as Chinese names do."""
    is_from_there = country_code(cells.get("country", "")) in {"CN", "HK", "MO", "TW", "SG"}
    return is_from_there or bool(HAN.search(cells.get("name_native", "")))


def split_names(text: str) -> tuple[str, str]:
    """Part “王建国 Wang Jianguo”, in either order, brackets or not; refuse several names."""
    latin = [part.strip(" ,.-") for part in LATIN_RUN.findall(text)]
    native = [part.strip(MARKS) for part in LATIN_RUN.split(text)]
    latin, native = list(filter(None, latin)), list(filter(None, native))
    if len(latin) > 1 or len(native) > 1:
        raise ValidationError(_("more than one name in a cell"))
    return "".join(native), "".join(latin)


def _read(guest: Guest, key: str, text: str, cells: Mapping[str, str]) -> None:
    try:
        value = READERS.get(key, as_it_is)(text, cells)
    except ValidationError as error:
        guest.troubles.append(labelled(heading(key), " ".join(error.messages)))
        return
    limit = Person._meta.get_field(key).max_length
    if limit and len(value) > limit:
        problem = _("longer than %(limit)s characters") % {"limit": limit}
        guest.troubles.append(labelled(heading(key), problem))
        return
    guest.values[key] = value


def as_it_is(text: str, cells: Mapping[str, str]) -> str:
    refuse_hidden(text)
    return text


def read_note(text: str, cells: Mapping[str, str]) -> str:
    """A note keeps its lines."""
    refuse_hidden(text, may_have_lines=True)
    return unicodedata.normalize("NFC", text)


def read_email(text: str, cells: Mapping[str, str]) -> str:
    address = unicodedata.normalize("NFKC", text).replace(" ", "").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(_("is no e-mail address")) from None
    return address


def read_phone(text: str, cells: Mapping[str, str]) -> str:
    region = country_code(cells.get("country", "")) or "CN"
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text), region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValidationError(_("is no phone number"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_country(text: str, cells: Mapping[str, str]) -> str:
    code = country_code(text)
    if code is None:
        raise ValidationError(_("is no country or region we know"))
    return code


def read_language(text: str, cells: Mapping[str, str]) -> str:
    language = LANGUAGES.get(text.casefold())
    if language is None:
        raise ValidationError(_("is neither en nor zh-hans"))
    return language


Reader = Callable[[str, Mapping[str, str]], str]
READERS: dict[str, Reader] = {
    "email": read_email,
    "phone": read_phone,
    "country": read_country,
    "preferred_language": read_language,
    "note": read_note,
}
