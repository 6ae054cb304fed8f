"""Which characters our PDFs can show: what no font has would be an empty box, or nothing."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from hrconf.lib.pdf import PdfError, font_folders

MOST_NAMED = 10
# Marks, spaces and selectors of a shape are nothing that could be missed.
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """The code points that our fonts have."""
    found: set[int] = set()
    for folder in font_folders():
        for file in sorted(folder.glob("*.[ot]tf")):
            with TTFont(file, lazy=True) as font:
                found |= set(font.getBestCmap())
    return frozenset(found)


def undrawable(data: Any) -> list[str]:
    """The characters of all texts in some data that no font of ours has, each once."""
    letters = dict.fromkeys(letter for text in texts_in(data) for letter in text)
    return [one for one in letters if ord(one) not in drawable() and not is_unseen(one)]


def refuse_undrawable(data: Any) -> None:
    """Raise PdfError, naming the characters, where a document could not show them all."""
    if missing := undrawable(data):
        words = _("The letter cannot be printed with these characters: %(letters)s")
        shown = " ".join(missing[:MOST_NAMED])
        raise PdfError(words % {"letters": shown}, code="letters")


def texts_in(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for value in data.values() for text in texts_in(value))
    elif isinstance(data, list | tuple):
        yield from (text for value in data for text in texts_in(value))


def is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in UNSEEN or "\ufe00" <= letter <= "\ufe0f"
