"""Names of people: sort keys that put Chinese names where a reader looks for them."""

import re
import unicodedata

from pypinyin import Style, lazy_pinyin

HAN = re.compile(r"[\u3400-\u9fff]")


def sort_key(native: str, latin: str = "") -> str:
    """Return the key a name is sorted by: lower-case Latin without accents.

    Chinese characters become pinyin; another script takes the Latin name where
    there is one. Rare surnames come out wrong, so the stored key can be edited.
    """
    if HAN.search(native):
        text = " ".join(lazy_pinyin(native, style=Style.NORMAL))
    else:
        text = latin or native
    return without_accents(text).strip()[:200]


def without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def is_same_but_accents(native: str, latin: str) -> bool:
    """Whether a name is written in Latin letters anyway: Amélie Roux is Amelie Roux."""
    return bool(native) and without_accents(native) == without_accents(latin)
