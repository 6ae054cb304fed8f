import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from hrconf.lib import sheets_in
from hrconf.lib.sheets import (
    Block,
    Column,
    EncodingUnclear,
    Kind,
    Sheet,
    SheetError,
    read_rows,
    write_csv,
    write_xlsx,
)

HOSTILE = [
    '=HYPERLINK("http://example.org";"Click")',
    "+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "  =1+1",
    "'=1+1",
    "''+86 571",
    'say "hi", he said',
    "two\nlines",
    "http://example.org",
    "0012",
    "'quoted'",
    "张伟；李娜",
    "مرحبا \u202eabc",
]


def xlsx(*sheets):
    file = io.BytesIO()
    write_xlsx(file, sheets)
    file.seek(0)
    return file


def csv_of(*rows):
    file = io.BytesIO()
    write_csv(file, rows)
    file.seek(0)
    return file


def test_csv_guards_what_a_spreadsheet_would_run():
    text = csv_of(HOSTILE).getvalue().decode("utf-8-sig")
    cells = next(csv.reader(io.StringIO(text, newline="")))

    assert len(cells) == len(HOSTILE)
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@＝")]
    assert not [cell for cell in cells if cell[:1] in set("\t\r\n")]


def test_csv_comes_back_unchanged():
    read = read_rows(csv_of(["name"], *([text] for text in HOSTILE)))

    assert [row[0] for row in read.rows[1:]] == HOSTILE


def test_csv_leaves_numbers_and_dates_plain():
    file = csv_of([Decimal("-1E+3"), 7, date(2017, 11, 8), None, True])

    assert file.getvalue() == b'\xef\xbb\xbf-1000,7,"2017-11-08","",1\r\n'


def test_xlsx_comes_back_unchanged_and_holds_no_formula():
    file = xlsx(Sheet.table("Names", [Column("name")], [[text] for text in HOSTILE]))

    with ZipFile(file) as package:
        page = package.read("xl/worksheets/sheet1.xml").decode()
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in package.namelist()
    assert "<f>" not in page
    file.seek(0)
    assert [row[0] for row in read_rows(file).rows[1:]] == HOSTILE


def test_xlsx_writes_real_numbers_dates_and_filters():
    columns = [Column("金额", Kind.MONEY), Column("day", Kind.DATE), Column("at", Kind.INSTANT)]
    at = datetime(2017, 11, 8, 1, tzinfo=UTC)
    file = xlsx(Sheet.table("Rows", columns, [(Decimal("2930000000.55"), date(2017, 11, 8), at)]))

    assert CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()[1] == [
        2930000000.55,
        date(2017, 11, 8),
        datetime(2017, 11, 8, 1),
    ]
    page = ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    assert '<autoFilter ref="A1:C2"/>' in page
    assert 'state="frozen"' in page


def test_xlsx_columns_are_wide_enough_for_chinese():
    file = xlsx(Sheet.table("Rows", [Column("a"), Column("b")], [("人" * 15, "a" * 15)]))

    page = ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    widths = [float(part.split('"')[0]) for part in page.split(' width="')[1:]]
    assert widths[0] > 30 > widths[1] > 15


def test_xlsx_stacks_blocks_with_totals():
    blocks = [
        Block([Column("a"), Column("n", Kind.INTEGER)], [("x", 1)], "First", totals=("all", 1)),
        Block([Column("b")], [], "Second"),
    ]
    file = xlsx(Sheet("Summary", blocks, title="Title"))

    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_name("Summary").to_python()
    assert [row for row in rows if any(row)] == [
        ["Title", ""],
        ["First", ""],
        ["a", "n"],
        ["x", 1],
        ["all", 1],
        ["Second", ""],
        ["b", ""],
    ]


def test_xlsx_drops_characters_that_no_file_may_hold():
    file = xlsx(Sheet.table("Rows", [Column("a")], [["a\x00b\x1bc\ufffe"]]))

    assert read_rows(file).rows[1] == ["abc"]


def test_xlsx_refuses_more_rows_than_a_sheet_holds(monkeypatch):
    monkeypatch.setattr("hrconf.lib.sheets.MAX_LINES", 3)

    with pytest.raises(SheetError, match="1,048,576"):
        xlsx(Sheet.table("Rows", [Column("a")], [["x"]] * 3))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reading_knows_what_is_certain(encoding):
    read = read_rows(io.BytesIO("姓名;国家\n李明;美国".encode(encoding)))

    assert read.rows == [["姓名", "国家"], ["李明", "美国"]]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb18030", "姓名,国家\n李明,美国"), ("big5", "姓名,國家\n陳大文,美國")],
)
def test_reading_never_guesses_between_encodings(encoding, text):
    data = text.encode(encoding)
    found = sheets_in.candidates(data)

    if len(found) > 1:
        with pytest.raises(EncodingUnclear) as unclear:
            read_rows(io.BytesIO(data))
        assert text.split("\n")[0].split(",") in [c.sample[0] for c in unclear.value.candidates]
    named = {"big5": "big5hkscs"}.get(encoding, encoding)
    assert named in {candidate.encoding for candidate in found}
    assert read_rows(io.BytesIO(data), named).rows[1] == text.split("\n")[1].split(",")


def test_reading_lists_the_encodings_to_choose_from():
    with pytest.raises(EncodingUnclear) as unclear:
        read_rows(io.BytesIO("中文,中".encode("big5")))

    assert {"big5hkscs", "gb18030"} <= {c.encoding for c in unclear.value.candidates}
    assert "Big5" in unclear.value.messages[0]


def test_reading_a_wrong_encoding_says_so():
    with pytest.raises(SheetError, match="not written in UTF-8"):
        read_rows(io.BytesIO("姓名".encode("gb18030")), "utf-8-sig")


@pytest.mark.parametrize("data", [b"", b"  \r\n", b"a\x00b,c\n", b"\x89PNG\r\n\x1a\n" + bytes(99)])
def test_reading_refuses_what_is_no_table(data):
    with pytest.raises(SheetError):
        read_rows(io.BytesIO(data))


@pytest.mark.parametrize("data", [b"PK\x03\x04 damaged", b"\xd0\xcf\x11\xe0 old"])
def test_reading_refuses_damaged_and_old_workbooks(data):
    with pytest.raises(SheetError):
        read_rows(io.BytesIO(data))


def test_reading_refuses_a_zip_that_is_no_workbook_or_unpacks_too_far(monkeypatch):
    other = io.BytesIO()
    with ZipFile(other, "w") as package:
        package.writestr("a.txt", "hello")
    with pytest.raises(SheetError, match="no Excel file"):
        read_rows(io.BytesIO(other.getvalue()))

    monkeypatch.setattr(sheets_in, "MAX_UNPACKED", 100)
    with pytest.raises(SheetError, match="too large"):
        read_rows(xlsx(Sheet.table("Rows", [Column("a")], [["x"]])))


def test_reading_keeps_to_its_limits(monkeypatch):
    monkeypatch.setattr(sheets_in, "MAX_BYTES", 10)
    with pytest.raises(SheetError, match="20 MB"):
        read_rows(io.BytesIO(b"a,b\n1,2\n3,4\n"))

    monkeypatch.undo()
    monkeypatch.setattr(sheets_in, "MAX_ROWS", 2)
    with pytest.raises(SheetError, match="too large"):
        read_rows(io.BytesIO(b"a\n1\n2\n3\n"))


def test_reading_refuses_a_pdf_whatever_it_is_called():
    with pytest.raises(SheetError, match="This is a PDF"):
        read_rows(io.BytesIO(b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"))


def test_records_carry_their_line_and_skip_empty_ones():
    read = read_rows(io.BytesIO(b"name,country\nAnna\n,\nBo,SE,more\n"))

    assert list(read.records()) == [
        (2, {"name": "Anna", "country": ""}),
        (4, {"name": "Bo", "country": "SE"}),
    ]
