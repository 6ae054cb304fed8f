"""Spreadsheets out: XLSX and CSV that never turn a cell of text into a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any
from unicodedata import east_asian_width

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from hrconf.lib.sheets_in import EncodingUnclear, Rows, SheetError, read_rows

__all__ = [
    "Block",
    "Column",
    "EncodingUnclear",
    "Kind",
    "Rows",
    "Sheet",
    "SheetError",
    "guarded",
    "read_rows",
    "write_csv",
    "write_xlsx",
]

Cell = str | int | float | Decimal | bool | date | datetime | None

# What a spreadsheet program takes for the beginning of a formula, in half and
# full width; quotation marks in front of it count, so that reading undoes writing.
FORMULA = re.compile(r"'*(\s*[=+\-@＝＋－＠]|[\t\r\n])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
WIDEST = 60
MEASURED_LINES = 500  # the widths of columns are taken from the first rows
MAX_LINES = 1_048_576
WORKBOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "remove_timezone": True,
}


class Kind(StrEnum):
    """What a column holds, which decides how its cells are written and shown."""

    TEXT = "text"
    INTEGER = "integer"
    MONEY = "money"
    RATE = "rate"
    PERCENT = "percent"
    DATE = "date"
    INSTANT = "instant"


FORMATS: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"text_wrap": True, "valign": "top"},
    Kind.INTEGER: {"num_format": "#,##0", "valign": "top"},
    Kind.MONEY: {"num_format": "#,##0.00", "valign": "top"},
    Kind.RATE: {"num_format": "#,##0.0000####", "valign": "top"},
    Kind.PERCENT: {"num_format": "0.0%", "valign": "top"},
    Kind.DATE: {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    Kind.INSTANT: {"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"},
}
HEADER: dict[str, object] = {
    "bold": True,
    "bg_color": "#123a5e",
    "font_color": "#ffffff",
    "text_wrap": True,
    "valign": "vcenter",
}


@dataclass(frozen=True)
class Column:
    """A column's heading and what it holds."""

    title: str
    kind: Kind = Kind.TEXT


@dataclass
class Block:
    """A table on a sheet: its rows are read once, so that they may stream."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    title: str = ""
    totals: Sequence[Cell] | None = None


@dataclass
class Sheet:
    """A named sheet. One block without a title gets frozen headings and filters."""

    name: str
    blocks: Sequence[Block]
    title: str = ""
    is_table: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_table = len(self.blocks) == 1 and not (self.title or self.blocks[0].title)

    @classmethod
    def table(cls, name: str, columns: Sequence[Column], rows: Iterable, totals=None) -> "Sheet":
        return cls(name, [Block(columns, rows, totals=totals)])


def clean(text: Any) -> str:
    """Text without the control characters that no spreadsheet file may hold."""
    plain = str(text)
    return CONTROL.sub("", plain) if CONTROL.search(plain) else plain


def guarded(text: Any) -> str:
    """Text for CSV that no spreadsheet program will run; `read_rows` undoes it."""
    plain = clean(text)
    return f"'{plain}" if FORMULA.match(plain) else plain


def write_csv(file: IO[bytes], rows: Iterable[Sequence[Cell]], encoding: str = "utf-8-sig") -> int:
    """Write rows as CSV that Excel opens right: BOM, CRLF, text quoted and guarded.

    `file` takes bytes. Numbers, dates and instants (with their zone) stay plain.
    GB18030 has no BOM and holds every character too. Returns how many rows were written.
    """
    written = 0
    if encoding == "utf-8-sig":
        file.write(b"\xef\xbb\xbf")
    into = _Encoded(file, encoding.removesuffix("-sig"))
    writer = csv.writer(into, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
        written += 1
    return written


class _Encoded:
    """What `csv` writes to, as bytes of an encoding."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        self.file, self.encoding = file, encoding

    def write(self, text: str) -> int:
        return self.file.write(text.encode(self.encoding, "replace"))


def _csv_cell(cell: Cell) -> Cell:
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else int(cell)
    if isinstance(cell, Decimal):
        return _Plain(cell)
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    return guarded(cell)


class _Plain(Decimal):
    """A number that prints without an exponent."""

    def __str__(self) -> str:
        return format(self, "f")


def write_xlsx(target: str | IO[bytes], sheets: Iterable[Sheet], title: str = "") -> int:
    """Write sheets as XLSX in constant memory; returns how many rows were written.

    Text is always a string, never a formula or a link; money, rates and dates are
    real numbers with formats. Times are written as local time of their zone.
    """
    written = 0
    with xlsxwriter.Workbook(target, WORKBOOK) as book:
        book.set_properties({"title": title})
        pen = _Pen(book)
        for sheet in sheets:
            written += pen.write_sheet(sheet)
    return written


class _Pen:
    """Writes blocks one under the other; formats belong to one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.formats = {kind: book.add_format(look) for kind, look in FORMATS.items()}
        self.totals = {
            kind: book.add_format({**look, "bold": True, "top": 1})
            for kind, look in FORMATS.items()
        }
        self.header = book.add_format(HEADER)
        self.title = book.add_format({"bold": True, "font_size": 15, "font_color": "#123a5e"})
        self.heading = book.add_format({"bold": True, "font_size": 12, "font_color": "#123a5e"})

    def write_sheet(self, sheet: Sheet) -> int:
        page = self.book.add_worksheet(sheet.name[:31])
        widths: dict[int, int] = {}
        line = written = 0
        if sheet.title:
            page.write_string(0, 0, clean(sheet.title), self.title)
            line = 2
        for block in sheet.blocks:
            line, rows = self._write_block(page, block, line, widths)
            written += rows
        self._finish(page, sheet, written, widths)
        return written

    def _write_block(self, page, block: Block, line: int, widths: dict) -> tuple[int, int]:
        """Write a block from a line on; returns the next free line and how many rows it had."""
        if block.title:
            page.write_string(line, 0, clean(block.title), self.heading)
            line += 1
        for place, column in enumerate(block.columns):
            page.write_string(line, place, clean(column.title), self.header)
            _widen(widths, place, min(_width(column.title) + 3, 24))
        rows = 0
        for rows, row in enumerate(block.rows, 1):
            self._write_row(page, line + rows, block.columns, row, self.formats, widths)
        line += rows + 1
        if block.totals is not None:
            self._write_row(page, line, block.columns, block.totals, self.totals, widths)
            line += 1
        return line + 1, rows

    def _write_row(self, page, line: int, columns, row, looks: dict, widths: dict) -> None:
        if line >= MAX_LINES:
            raise SheetError(_("An Excel sheet holds no more than 1,048,576 rows."), code="size")
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _write_cell(page, line, place, cell, looks[column.kind])
        if line < MEASURED_LINES:
            for place, cell in enumerate(row):
                _widen(widths, place, _shown_width(cell))

    def _finish(self, page, sheet: Sheet, rows: int, widths: dict) -> None:
        for place, width in widths.items():
            page.set_column(place, place, width)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        if sheet.is_table:
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
            page.autofilter(0, 0, max(rows, 1), len(sheet.blocks[0].columns) - 1)


def _write_cell(page, line: int, place: int, cell: Cell, look) -> None:
    if cell is None or cell == "":
        page.write_blank(line, place, None, look)
    elif isinstance(cell, str):
        page.write_string(line, place, clean(cell), look)
    elif isinstance(cell, int | float | Decimal):
        page.write_number(line, place, cell, look)
    elif isinstance(cell, datetime | date):
        page.write_datetime(line, place, cell, look)
    else:  # a lazy translation, a country
        page.write_string(line, place, clean(cell), look)


def _shown_width(cell: Cell) -> int:
    """The width a cell would like, in Latin characters."""
    if isinstance(cell, int | float | Decimal):
        return len(f"{cell:,.2f}") + 2
    if isinstance(cell, datetime | date):
        return 17 if isinstance(cell, datetime) else 12
    return _width("" if cell is None else str(cell)) + 2


def _width(text: str) -> int:
    """How wide the longest line of a text is: a Chinese character takes two places."""
    lines = str(text)[:400].splitlines() or [""]
    return max(sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in lines)


def _widen(widths: dict[int, int], place: int, width: int) -> None:
    widths[place] = max(widths.get(place, 8), min(width, WIDEST))
