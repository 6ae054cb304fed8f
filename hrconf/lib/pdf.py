"""PDF from a typst template and plain data, drawn in a process of its own.

The data is JSON: what a person typed is never markup. The child process reads
no file outside the template's folder, has no network to use, and is ended when
it takes too long or too much memory.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from hrconf.lib.errors import DomainError

WORKER = Path(__file__).with_name("pdf_worker.py")
SECONDS = 60
MEGABYTES = 3000
FONT_FOLDERS = [
    ("fontpkg_noto_sans", "files"),
    ("fontpkg_noto_sans_arabic", "files"),
    ("fontpkg_noto_sans_thai", "files"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanssc"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanskr"),
    # Rare characters of names that the first one lacks, such as 𠮷.
    ("justmytype_intl_cjk", "fonts/ofl/notosansjp"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanstc"),
]


class PdfError(DomainError):
    """The document could not be drawn; the message is for the reader."""


def render_pdf(
    template: Path, data: Any, *, seconds: int = SECONDS, megabytes: int = MEGABYTES
) -> bytes:
    """Draw a template of ours with data that it finds as `sys.inputs.data` (JSON).

    `seconds` and `megabytes` are the most it may take; beyond them PdfError.
    """
    order = {
        "template": str(template.resolve()),
        "root": str(template.resolve().parent),
        "fonts": [str(folder) for folder in font_folders()],
        "data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False),
        "seconds": seconds,
        "megabytes": megabytes,
    }
    try:
        drawn = subprocess.run(
            [sys.executable, "-I", str(WORKER)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=seconds,
            env={"NO_PROXY": "", "ALL_PROXY": "http://127.0.0.1:9", "HOME": "/nonexistent"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(_("Drawing the PDF took too long."), code="timeout") from error
    if drawn.returncode or not drawn.stdout.startswith(b"%PDF"):
        reason = drawn.stderr.decode(errors="replace")[-2000:]
        raise PdfError(_("The PDF could not be drawn."), code="failed") from RuntimeError(reason)
    return drawn.stdout


def font_folders() -> list[Path]:
    """Where the fonts of our packages lie: Latin, Greek, Cyrillic, Devanagari, Arabic, Thai, Chinese, Korean, Japanese."""
    found = []
    for package, folder in FONT_FOLDERS:
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise PdfError(_("The fonts are not installed."), code="fonts")
        found.append(Path(next(iter(spec.submodule_search_locations)), folder))
    return found
