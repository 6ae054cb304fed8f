"""The report as CSV: what it is and its totals first, then the rows under their headings."""

from collections.abc import Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _

from agreements.reports.content import DrawnReport, Progress
from agreements.reports.xlsx import definition_blocks, summary_blocks
from hrconf.lib.sheets import Cell, write_csv


def write(drawn: DrawnReport, file: IO[bytes], progress: Progress) -> None:
    """Write the same blocks as the workbook has, one under the other."""
    write_csv(file, lines(drawn, progress))


def lines(drawn: DrawnReport, progress: Progress) -> Iterator[Sequence[Cell]]:
    yield [drawn.report.title]
    yield []
    for block in [*summary_blocks(drawn.report), *definition_blocks(drawn.report)]:
        if block.title:
            yield [block.title]
        yield [column.title for column in block.columns]
        yield from block.rows
        if block.totals is not None:
            yield block.totals
        yield []
    yield [_("Agreements")]
    yield [column.title for column in drawn.columns]
    yield from drawn.rows(progress)
