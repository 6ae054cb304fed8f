"""Spreadsheets in: XLSX by its content, CSV in an encoding that someone named.

An office sends UTF-8, GB 18030, Big5 or UTF-16 and does not say which. Where a
file reads well in more than one, `read_rows` refuses and lists them with a sample.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from hrconf.lib.errors import DomainError

MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 300 * 2**20
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL = 32_767
SAMPLE_ROWS = 4
SAMPLED_ROWS = 2000

# Names of codecs, with the names that people know them by.
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "gb18030": "GB 18030",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 BE",
}
BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
ODD = {"Cc", "Cn", "Co", "Cs"}
GUARDED = re.compile(r"'('*(\s*[=+\-@＝＋－＠]|[\t\r\n]))")
DELIMITERS = ",;\t"


class SheetError(DomainError):
    """The file is no table that we read; the message says why."""


class EncodingUnclear(SheetError):
    """The file reads well in several encodings: a person must choose one."""

    def __init__(self, candidates: "list[Candidate]") -> None:
        self.candidates = candidates
        names = ", ".join(candidate.label for candidate in candidates)
        message = _("The file may be written in %(names)s. Choose the encoding.")
        super().__init__(message, code="encoding", params={"names": names})


@dataclass(frozen=True)
class Candidate:
    """An encoding in which a file reads well, and how it begins then."""

    encoding: str
    label: str
    sample: list[list[str]]


@dataclass
class Rows:
    """A table as text: what was read, and how."""

    format: str  # "xlsx" or "csv"
    encoding: str  # empty for XLSX
    rows: list[list[str]]

    @property
    def header(self) -> list[str]:
        return [cell.strip() for cell in self.rows[0]] if self.rows else []

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row under the heading with its line number (the heading is 1)."""
        width = len(self.header)
        for line, row in enumerate(self.rows[1:], 2):
            if any(cell.strip() for cell in row):
                cells = row[:width] + [""] * (width - len(row))
                yield line, dict(zip(self.header, cells, strict=True))


def read_rows(file: IO[bytes], encoding: str | None = None) -> Rows:
    """Read the first sheet of an XLSX, or a CSV, as text.

    `encoding` is one of ENCODINGS and only matters for CSV. Without it, a CSV that
    reads well in several raises EncodingUnclear with `.candidates`. Anything else
    that is wrong with the file raises SheetError.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SheetError(_("The file is larger than 20 MB."), code="size")
    if not data.strip():
        raise SheetError(_("The file is empty."), code="empty")
    if data.startswith(b"PK\x03\x04"):
        return _checked(Rows("xlsx", "", _xlsx_rows(data)))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError(_("This is an old Excel file. Save it as .xlsx first."), code="xls")
    if data.startswith(b"%PDF"):
        raise SheetError(_("This is a PDF. Save the table as .xlsx or .csv first."), code="pdf")
    chosen = encoding or _certain_encoding(data)
    return _checked(Rows("csv", chosen, _csv_rows(_decoded(data, chosen))))


def candidates(data: bytes) -> list[Candidate]:
    """The encodings in which the bytes are readable text, likeliest first."""
    found = []
    for encoding, label in ENCODINGS.items():
        text = _plausible(data, encoding)
        if text is not None:
            found.append(Candidate(encoding, label, _sample(text)))
    return found


def _sample(text: str) -> list[list[str]]:
    """The heading and the rows that encodings tell apart: those with more than ASCII."""
    head, *rows = _csv_rows(text, SAMPLED_ROWS)
    telling = [row for row in rows if not "".join(row).isascii()]
    return [head, *(telling or rows)[: SAMPLE_ROWS - 1]]


def _certain_encoding(data: bytes) -> str:
    """The only encoding that the bytes can have, or EncodingUnclear."""
    for bom, encoding in BOMS.items():
        if data.startswith(bom):
            return encoding
    text = _plausible(data, "utf-8-sig")
    # Chinese in another encoding is hardly ever valid three-byte UTF-8 by accident.
    if text is not None and (text.isascii() or any(c > "\u07ff" for c in text)):
        return "utf-8-sig"
    found = candidates(data)
    if not found:
        raise SheetError(_("The file is no table of text."), code="not_text")
    if len(found) > 1:
        raise EncodingUnclear(found)
    return found[0].encoding


def _decoded(data: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise SheetError(_("Choose one of the encodings listed."), code="encoding")
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise SheetError(
            _("The file is not written in %(name)s."),
            code="encoding",
            params={"name": ENCODINGS[encoding]},
        ) from error


def _plausible(data: bytes, encoding: str) -> str | None:
    """The text, if the bytes decode to letters and not to rubbish."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    rubbish = any(unicodedata.category(c) in ODD for c in set(text) - set("\t\r\n"))
    if rubbish or (encoding.startswith("utf-16") and not set(text) & set(DELIMITERS + "\n")):
        return None
    return text


def _csv_rows(text: str, limit: int = MAX_ROWS + 1) -> list[list[str]]:
    # What spreadsheet programs split a line at differs; the heading decides.
    counts = Counter(c for c in text.split("\n", 1)[0] if c in DELIMITERS)
    delimiter = counts.most_common(1)[0][0] if counts else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            rows.append(
                [GUARDED.sub(r"\1", cell, count=1) if cell[:1] == "'" else cell for cell in row]
            )
            if len(rows) >= limit:
                break
    except csv.Error as error:
        raise SheetError(_("The file is no table of text."), code="not_text") from error
    return rows


def _xlsx_rows(data: bytes) -> list[list[str]]:
    try:
        _check_package(data)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
            raise SheetError(_("The table is too large."), code="size")
        return [[_as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        if isinstance(error, SheetError):
            raise
        raise SheetError(_("The file is damaged, or no Excel file."), code="damaged") from error


def _check_package(data: bytes) -> None:
    """Refuse what is no workbook, or would unpack to more than we want to hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "xl/workbook.xml" not in package.namelist():
            raise SheetError(_("The file is damaged, or no Excel file."), code="damaged")
        if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
            raise SheetError(_("The table is too large."), code="size")


def _as_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _checked(found: Rows) -> Rows:
    """The rows without empty ones at the end, when each cell is one we can keep."""
    while found.rows and not any(found.rows[-1]):
        found.rows.pop()
    if not found.rows:
        raise SheetError(_("The file is empty."), code="empty")
    if len(found.rows) > MAX_ROWS or max(map(len, found.rows)) > MAX_COLUMNS:
        raise SheetError(_("The table is too large."), code="size")
    for line, row in enumerate(found.rows, 1):
        if any("\x00" in cell or len(cell) > MAX_CELL for cell in row):
            raise SheetError(
                _("Line %(line)s holds a character or a length that cannot be kept."),
                code="cell",
                params={"line": line},
            )
    return found
