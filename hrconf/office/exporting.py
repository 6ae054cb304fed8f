"""The work of an export: chosen columns of chosen rows into a file, in bounded memory."""

import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from hrconf.jobs.kinds import Progress
from hrconf.jobs.models import Job
from hrconf.lib.errors import DomainError
from hrconf.lib.sheets import Sheet, write_csv, write_xlsx
from hrconf.office.columns import Field, as_columns, chosen_fields, get_exportable
from hrconf.office.models import SavedExport

ENCODINGS = {SavedExport.Format.CSV: "utf-8-sig", SavedExport.Format.GB18030: "gb18030"}


def run_export(job: Job, progress: Progress, *, label: str, name: str) -> None:
    """Write the rows that a job names; what its owner may not take home stays out."""
    keys, form = job.options["keys"], job.options["format"]
    fields = chosen_fields(label, job.created_by, job.options.get("columns", ()))
    if not fields:
        raise DomainError(_("None of the columns is there for you."), code="no_columns")
    loaded = get_exportable(label).load(keys, [field.key for field in fields])
    rows = counted(fields, loaded, len(keys), progress)
    with tempfile.TemporaryFile() as file:
        written = write(file, name, form, fields, rows)
        file.seek(0)
        job.report = {"rows": written}
        job.result_name = f"{job.options.get('name') or name} {timezone.localdate():%Y-%m-%d}"
        job.result_name += ".xlsx" if form == SavedExport.Format.XLSX else ".csv"
        job.result.save("export", File(file), save=False)


def write(file: Any, name: str, form: str, fields: Sequence[Field], rows: Iterator) -> int:
    if form == SavedExport.Format.XLSX:
        return write_xlsx(file, [Sheet.table(name, as_columns(fields), rows)], title=name)
    titles = [field.title for field in fields]
    return write_csv(file, with_titles(titles, rows), encoding=ENCODINGS[form]) - 1


def with_titles(titles: list[str], rows: Iterator) -> Iterator[Sequence[Any]]:
    yield titles
    yield from rows


def counted(fields: Sequence[Field], rows: Any, total: int, progress: Progress) -> Iterator[list]:
    """The cells of each row; says now and then how far it is."""
    for number, row in enumerate(rows, 1):
        yield [field.read(row) for field in fields]
        if number % 100 == 0:
            progress(number, total)
    progress(total, total)
