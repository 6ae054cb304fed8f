"""Unfold ships no Chinese: every text of its pages is in our list, and translated."""

import re
from pathlib import Path

import django
import pytest
import unfold
from babel.messages.pofile import read_po
from django.utils import translation

from hrconf.office.unfold_texts import TEXTS

HOME = Path(unfold.__file__).parent
# Parts of unfold that we have not installed, and its search, which is switched off.
NOT_OURS = {"guardian", "constance", "simple_history", "location_field", "import_export"}
SEARCH = {"command_results.html", "search_results.html"}
CALL = re.compile(r"""\{%\s*trans(?:late)?\s+(?P<quote>["'])(?P<text>.+?)(?P=quote)""")


def texts_of_templates() -> set[str]:
    pages = [
        page
        for page in HOME.rglob("*.html")
        if not NOT_OURS & set(page.parts) and page.name not in SEARCH
    ]
    return {found["text"] for page in pages for found in CALL.finditer(page.read_text())}


def texts_of_django() -> set[str]:
    base = Path(django.__file__).parent
    folders = [base / "conf", *(base / "contrib" / app for app in ["admin", "auth"])]
    known = set()
    for folder in folders:
        with (folder / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
            messages = read_po(file, ignore_obsolete=True)
            known |= {m.id if isinstance(m.id, str) else m.id[0] for m in messages if m.string}
    return known


def test_every_text_of_the_installed_unfold_is_named():
    assert texts_of_templates() - texts_of_django() - set(TEXTS) == set()


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_of_unfold_has_chinese(text):
    with translation.override("zh-hans"):
        assert translation.gettext(text) != text
