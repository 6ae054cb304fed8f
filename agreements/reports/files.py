"""The report as a file, in a format and a language of its own."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import override

from agreements.forms.filters import AgreementFilter
from agreements.models import Agreement
from agreements.reports import pdf, plain, xlsx
from agreements.reports.content import DrawnReport, Progress
from agreements.services.history import leave_mark
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError

log = logging.getLogger(__name__)
SHORT = {"en": "en", "zh-hans": "zh"}


class WrongFilter(DomainError):
    """The filters that came along are not valid."""


@dataclass(frozen=True)
class Format:
    """A format of the report.

    Up to `direct` rows it is drawn while one waits, up to `most` by a worker.
    """

    write: Callable[[DrawnReport, IO[bytes], Progress], None]
    content_type: str
    direct: int
    most: int


FORMATS = {
    "xlsx": Format(
        xlsx.write,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        direct=5_000,
        most=1_000_000,
    ),
    "csv": Format(plain.write, "text/csv; charset=utf-8", direct=5_000, most=1_000_000),
    "pdf": Format(pdf.write, "application/pdf", direct=1_000, most=5_000),
}


@dataclass(frozen=True)
class Drawn:
    """What came out: the name for the file, and how many rows it has."""

    name: str
    rows: int


def no_progress(done: int, total: int) -> None:
    """For whoever waits without a bar."""


def draw_report(
    file: IO[bytes],
    *,
    edition: Edition,
    filters: Mapping[str, Any],
    format: str,
    language: str,
    by: User,
    progress: Progress = no_progress,
) -> Drawn:
    """Write the report of what the user may see to a file, and log it with its row count.

    `filters` are the parameters of the list's address. Raises WrongFilter, or
    PdfError when the PDF takes too long.
    """
    with override(language):
        chosen = AgreementFilter(filters, edition=edition)
        if not chosen.is_valid():
            raise WrongFilter(chosen.errors.as_text(), code="filter")
        rows = chosen.apply(Agreement.objects.visible_to(by).filter(edition=edition))
        with DrawnReport(edition, chosen, rows, by, progress) as drawn:
            FORMATS[format].write(drawn, file, progress)
            count = drawn.report.tally.rows
            name = file_name(edition, drawn.report.drawn_at, language, format)
    _log(edition, by, format, language, count)
    return Drawn(name, count)


def file_name(edition: Edition, drawn_at, language: str, format: str) -> str:
    """Such as agreements-2017-20171108-1700-en.xlsx."""
    return f"agreements-{edition.slug}-{drawn_at:%Y%m%d-%H%M}-{SHORT[language]}.{format}"


def _log(edition: Edition, by: User, format: str, language: str, rows: int) -> None:
    """Who took how many rows out of the house: for the log, and for the office."""
    log.info(
        "Report of agreements of %s drawn by user %s at %s: %s, %s, %s rows.",
        edition.slug,
        by.pk,
        timezone.now().isoformat(timespec="seconds"),
        format,
        language,
        rows,
    )
    leave_mark(edition, f"Drew the report of agreements: {format}, {language}, {rows} rows.", by)
