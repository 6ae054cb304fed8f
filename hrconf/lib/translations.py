"""Find the texts that have no Chinese: `python -m hrconf.lib.translations`.

Collects every translatable text anew, as makemessages does, next to a copy of
the catalogue, and lists what is missing, empty or only guessed ("fuzzy").
Needs GNU gettext; where there is none it says so, loudly, and passes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
SOURCES = ["hrconf", "events", "attendees", "projects", "agreements", "templates"]


def collect(root: Path) -> Catalog:
    """Copy the sources, run makemessages on the copy, return the fresh catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("*.pyc"))
        (copy / CATALOGUE).parent.mkdir(parents=True)
        shutil.copy(root / CATALOGUE, copy / CATALOGUE)
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "zh_Hans", "-v", "0"],
            cwd=copy,
            env={k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"},
            check=True,
        )
        with (copy / CATALOGUE).open("rb") as file:
            return read_po(file, locale="zh_Hans")


def untranslated(catalogue: Catalog) -> list[Message]:
    """Entries without a text, with an empty plural, or marked as guessed."""
    return [entry for entry in catalogue if entry.id and (entry.fuzzy or not is_filled(entry))]


def is_filled(entry: Message) -> bool:
    texts = entry.string if isinstance(entry.string, (tuple, list)) else [entry.string]
    return bool(texts) and all(texts)


def main() -> int:
    if not shutil.which("xgettext"):
        print("*** No GNU gettext here: untranslated texts are NOT checked. ***")
        return 0
    missing = untranslated(collect(ROOT))
    for entry in missing:
        places = ", ".join(f"{name}:{line}" for name, line in entry.locations[:2])
        print(f"No Chinese for {entry.id!r} ({places})")
    if not missing:
        print("Every text has its Chinese.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
