"""The check that no text lacks its Chinese, and the catalogue itself."""

import ast
import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from hrconf.lib import translations


@pytest.fixture(scope="module")
def chinese():
    with (translations.ROOT / translations.CATALOGUE).open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def test_missing_empty_and_guessed_texts_are_told():
    catalogue = Catalog(locale="zh_Hans")
    catalogue.add("Figures", "大会数据")
    catalogue.add(("%(n)s guest", "%(n)s guests"), ("%(n)s 位来宾",))
    for text, found in {"Empty": "", "Guessed": "猜测", "Plural": ("",)}.items():
        key = (text, f"{text}s") if isinstance(found, tuple) else text
        catalogue.add(key, found, flags=["fuzzy"] if text == "Guessed" else [])

    told = {entry.id for entry in translations.untranslated(catalogue)}

    assert told == {"Empty", "Guessed", ("Plural", "Plurals")}


def test_without_gettext_the_check_says_that_it_checked_nothing(monkeypatch, capsys):
    monkeypatch.setattr(translations.shutil, "which", lambda program: None)

    assert translations.main() == 0
    assert "NOT checked" in capsys.readouterr().out


def test_no_module_renames_what_marks_texts():
    """Texts are collected by the names of gettext's functions; another name hides them."""
    renamed = re.compile(r"import n?p?n?gettext(?:_lazy|_noop)? as (?!_$)(\w+)", re.MULTILINE)

    found = {
        str(path.relative_to(translations.ROOT)): renamed.findall(path.read_text())
        for source in translations.SOURCES
        for path in (translations.ROOT / source).rglob("*.py")
    }

    assert {path: names for path, names in found.items() if names} == {}


def test_catalogue_is_used_as_a_whole(chinese):
    """A catalogue whose head is marked as guessed is not compiled at all."""
    assert not chinese.fuzzy


def test_placeholders_are_the_same_in_both_languages(chinese):
    wrong = [(message.id, str(errors[0])) for message, errors in chinese.check()]

    assert wrong == []


def texts_in_f_strings(source: str) -> list[str]:
    """Calls of gettext within f-strings, where xgettext does not see them."""
    marks = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "gettext_noop"}
    formatted = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [call for node in formatted for call in ast.walk(node) if isinstance(call, ast.Call)]
    return [ast.unparse(call) for call in calls if getattr(call.func, "id", "") in marks]


def test_no_text_hides_from_the_catalogue_in_an_f_string():
    folders = [name for name in translations.SOURCES if name != "templates"]
    files = [file for name in folders for file in (translations.ROOT / name).rglob("*.py")]

    hidden = {file.name: found for file in files if (found := texts_in_f_strings(file.read_text()))}

    assert texts_in_f_strings("""f"{_('Name')}: {x}" """) == ["_('Name')"]
    assert hidden == {}
