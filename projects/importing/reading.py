"""A list of projects as a table of text: spreadsheet, CSV, or JSON."""

import json
from contextlib import suppress
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from hrconf.lib.sheets import Rows, SheetError, read_rows
from hrconf.lib.sheets_in import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS

# Where exports of other systems keep their rows, if not at the top.
ROWS = ["projects", "companies", "startups", "data", "items", "results", "rows"]


def read_table(data: bytes, encoding: str = "") -> Rows:
    """The rows of a file, the headings first; raises SheetError, or EncodingUnclear for CSV."""
    if len(data) > MAX_BYTES:
        raise SheetError(_("The file is larger than 20 MB."), code="size")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"[", b"{"}:
        return _checked(_of_json(data))
    return read_rows(ContentFile(data), encoding or None)


def _of_json(data: bytes) -> Rows:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise SheetError(_("The file begins like JSON but is none."), code="json") from None
    records = _records(found)
    headings = list(dict.fromkeys(str(name) for record in records for name in record))
    rows = [[_text(record.get(name)) for name in headings] for record in records]
    return Rows("json", "", [headings, *rows])


def _records(found: Any) -> list[dict[str, Any]]:
    """The list of objects in a file, at its top or under a usual name."""
    if isinstance(found, dict):
        found = next((found[name] for name in ROWS if isinstance(found.get(name), list)), None)
    if not isinstance(found, list) or not found or not all(isinstance(r, dict) for r in found):
        raise SheetError(_("The JSON holds no list of projects."), code="json")
    return found


def _text(value: Any) -> str:
    """A value as a cell: lists with commas, what is nested not at all."""
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value if not isinstance(one, list | dict))
    text = str(value)
    with suppress(ValueError):
        text.encode()  # half of a surrogate pair is no text
        return text
    return text.encode("utf-8", "replace").decode()


def _checked(table: Rows) -> Rows:
    if len(table.rows) > MAX_ROWS or len(table.rows[0]) > MAX_COLUMNS:
        raise SheetError(_("The table is too large."), code="size")
    for line, row in enumerate(table.rows, 1):
        if any("\x00" in cell or len(cell) > MAX_CELL for cell in row):
            text = _("Line %(line)s holds a character or a length that cannot be kept.")
            raise SheetError(text, code="cell", params={"line": line})
    return table
