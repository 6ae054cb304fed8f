"""Schedule files that the office uploads: kept, read, imported by a worker, forgotten."""

import hashlib

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.imports.files import ScheduleIn
from events.imports.planning import name_of
from events.imports.plans import Outcome, Plan, Planned, Wishes
from events.imports.reading import read_schedule
from events.imports.writing import Progress, import_schedule, silent
from events.models import ScheduleImport
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError


def upload_schedule(row: ScheduleImport, file: File, *, by: User | None) -> ScheduleImport:
    """Keep an uploaded file until it is imported; whether it can be read is looked at first."""
    data = file.read()
    row.name = (file.name or "")[-200:]
    row.sha256 = hashlib.sha256(data).hexdigest()
    row.uploaded_by = by
    row.file.save("schedule", ContentFile(data), save=False)
    row.save()
    return row


def read_upload(row: ScheduleImport) -> ScheduleIn:
    if not row.file:
        raise DomainError(_("The file of this import is gone. Upload it again."), code="gone")
    with row.file.open("rb") as file:
        return read_schedule(file.read(), fallback=row.edition.tz)


def wishes_of(row: ScheduleImport) -> Wishes:
    return Wishes(overwrites=row.overwrites, cancels_gone=row.cancels_gone)


@transaction.atomic
def run_upload(pk: int, *, progress: Progress = silent) -> ScheduleImport:
    """Import an uploaded file: all of it or nothing; twice changes nothing."""
    rows = ScheduleImport.objects.select_related("edition")
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.status == ScheduleImport.Status.IMPORTED:
        return row
    plan = import_schedule(row.edition, read_upload(row), wishes_of(row), progress=progress)
    row.report = report_of(plan)
    row.status, row.imported_at = ScheduleImport.Status.IMPORTED, timezone.now()
    name, storage = row.file.name or "", row.file.storage
    row.file = ""
    row.save()
    transaction.on_commit(lambda: storage.delete(name))
    return row


def report_of(plan: Plan) -> dict:
    """What an import keeps: counts, and each entry with what became of it."""
    return {
        "counts": plan.counts,
        "notes": plan.schedule.notes,
        "rows": [line_of(row) for row in plan.rows],
    }


def line_of(row: Planned) -> dict:
    # Sessions that are only planned have a code and no row yet.
    is_ours = row.session is not None and row.outcome != Outcome.REFUSED
    return {
        "row": row.row,
        "label": row.label,
        "outcome": row.outcome.value,
        "notes": told(row),
        "session": row.session.pk if is_ours and row.session else None,
    }


def told(row: Planned) -> list[str]:
    """Its notes, and what changes by name."""
    names = list(dict.fromkeys(name_of(name) for name in sorted(row.changes)))
    if not names or row.outcome != Outcome.CHANGED:
        return row.notes
    return [_("new: %(columns)s") % {"columns": ", ".join(names)}, *row.notes]
