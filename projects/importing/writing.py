"""A plan carried out: all of it or nothing, and the same list twice changes nothing."""

import hashlib
from collections.abc import Callable
from contextlib import suppress

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from attendees.importing.planning import Outcome
from attendees.importing.writing import one_at_a_time
from attendees.models import Person
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.names import HAN, sort_key
from hrconf.lib.sheets_in import EncodingUnclear
from projects.importing.columns import Header, signature, understand
from projects.importing.parsing import parse_rows
from projects.importing.planning import Plan, Planned, plan_import
from projects.importing.reading import read_table
from projects.importing.sectors import other_sector
from projects.models import Project, ProjectList
from projects.services.references import new_references

BATCH = 500
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def upload_project_list(row: ProjectList, file: File, *, by: User | None) -> ProjectList:
    """Keep an uploaded list, with the encoding if there is no doubt about it.

    Refuses what is no table. A list with headings that somebody once chose columns for
    has those columns at once.
    """
    data = file.read()
    with suppress(EncodingUnclear):
        table = read_table(data, row.encoding)
        row.encoding, row.signature = table.encoding, signature(table.header)
        if row.columns is None:
            row.columns = remembered(row.signature)
    row.name = (file.name or "")[-200:]
    row.sha256 = hashlib.sha256(data).hexdigest()
    row.uploaded_by = by
    row.file.save("list", ContentFile(data), save=False)
    row.save()
    return row


def remembered(sign: str) -> list[str] | None:
    """The fields that were chosen for the newest list with these headings."""
    chosen = ProjectList.objects.filter(signature=sign, columns__isnull=False)
    return chosen.order_by("-uploaded_at", "-pk").values_list("columns", flat=True).first()


def read_project_list(row: ProjectList) -> tuple[Header, list[list[str]]]:
    """The understood heading of an uploaded list and the rows under it."""
    if not row.file:
        raise DomainError(_("The file of this list is gone. Upload it again."), code="gone")
    with row.file.open("rb") as file:
        table = read_table(file.read(), row.encoding)
    return understand(table.header, row.columns), table.rows[1:]


def plan_project_list(row: ProjectList) -> tuple[Header, Plan]:
    """What importing the list would do now; nothing is written."""
    header, rows = read_project_list(row)
    return header, plan_import(row, parse_rows(header, rows) if header.has_names else [])


@transaction.atomic
def import_project_list(pk: int, *, progress: Progress = silent) -> ProjectList:
    """Import a list: every row, or none of them if one is refused.

    A list that may go without its refused rows imports the others. Lists of an edition
    follow one another, so that two of them cannot both create the same project.
    """
    rows = ProjectList.objects.select_related("edition", "sector")
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    Edition.objects.select_for_update(no_key=True).get(pk=row.edition_id)
    one_at_a_time()  # with whoever else creates people
    if row.status == ProjectList.Status.IMPORTED:
        return row
    header, plan = plan_project_list(row)
    if not header.has_names:
        raise DomainError(_("No column holds titles or companies."), code="no_names")
    if plan.refused and not row.skips_refused:
        row.report, row.status = report_of(plan), ProjectList.Status.REFUSED
        row.save()
        return row
    _write(row, plan, progress)
    row.report = report_of(plan)
    row.status, row.imported_at = ProjectList.Status.IMPORTED, timezone.now()
    _drop_file(row)
    row.save()
    return row


def report_of(plan: Plan) -> dict:
    """What a list keeps: counts, and each row by its line and its project's key."""
    return {
        "counts": plan.counts,
        "rows": [
            {
                "line": one.row.line,
                "label": one.row.label[:200],
                "outcome": one.outcome.value,
                "notes": one.notes,
                "project": one.ours.key if one.ours else None,
            }
            for one in plan.rows
        ],
    }


def _write(row: ProjectList, plan: Plan, progress: Progress) -> None:
    created = [one for one in plan.rows if one.outcome == Outcome.CREATED]
    changed = [one for one in plan.rows if one.outcome == Outcome.CHANGED]
    _create_people([*created, *changed])
    steps = [(created, _create), (changed, _change)]
    done, total = 0, len(created) + len(changed)
    for rows, write in steps:
        for start in range(0, len(rows), BATCH):
            chunk = rows[start : start + BATCH]
            write(row, chunk)
            done += len(chunk)
            progress(done, total)


def _create_people(rows: list[Planned]) -> None:
    """Holders that nobody knew; each once, however many projects they bring."""
    new = {id(r.holder): r.holder for r in rows if r.holder and r.holder.key is None}
    people = [
        Person(
            **{name: value for name, value in one.values.items() if value},
            preferred_language=_language(one.values),
            sort_key=sort_key(one.values["name_native"], one.values["name_latin"]),
        )
        for one in new.values()
    ]
    for one, person in zip(new.values(), Person.objects.bulk_create(people), strict=True):
        one.key = person.pk


def _language(values: dict[str, str]) -> str:
    is_chinese = HAN.search(values["name_native"]) and not values["name_latin"]
    return "zh-hans" if is_chinese else "en"


def _create(project_list: ProjectList, rows: list[Planned]) -> None:
    nameless = [one for one in rows if one.ours and not one.ours.reference]
    references = new_references(project_list.edition, len(nameless))
    for one, reference in zip(nameless, references, strict=True):
        one.ours.reference = reference  # type: ignore[union-attr]
    other = other_sector() if any(one.ours and not one.ours.sector_id for one in rows) else None
    projects = [
        Project(
            edition_id=project_list.edition_id,
            reference=one.ours.reference,
            sector_id=one.ours.sector_id or (other and other.pk),
            holder_id=one.holder.key if one.holder else None,
            status=one.row.status or project_list.standing,
            **one.ours.values,
        )
        for one in rows
        if one.ours
    ]
    for one, project in zip(rows, Project.objects.bulk_create(projects), strict=True):
        one.ours.key = project.pk  # type: ignore[union-attr]


def _change(project_list: ProjectList, rows: list[Planned]) -> None:
    by_key = {one.ours.key: one for one in rows if one.ours}
    projects = list(Project.objects.select_for_update(no_key=True).filter(pk__in=by_key))
    fields = {name for one in rows for name in one.changes}
    for project in projects:
        one = by_key[project.pk]
        for name, value in one.changes.items():
            setattr(project, name, one.holder.key if name == "holder_id" and one.holder else value)
        project.updated_at = timezone.now()
    names = {name.removesuffix("_id") if name != "source_id" else name for name in fields}
    Project.objects.bulk_update(projects, [*names, "updated_at"], batch_size=BATCH)


def _drop_file(row: ProjectList) -> None:
    """Once imported, the projects are rows; the file has no purpose any more."""
    name, storage = row.file.name, row.file.storage
    row.file = ""
    if name:
        transaction.on_commit(lambda: storage.delete(name))
