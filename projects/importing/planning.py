"""What importing a list would do with each row: created, matched, changed or refused, and why.

A project of the edition is found by its reference, else by its number in the list, else by a
title in either script with the same web domain, or with no domain on one of the two sides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from attendees.importing.parsing import FIELDS as PERSON_FIELDS
from attendees.importing.parsing import Guest, put_names_right
from attendees.importing.people import Known, Register, load_register
from attendees.importing.planning import Outcome, match
from hrconf.lib.wording import labelled
from projects.importing.columns import heading
from projects.importing.parsing import ProjectRow, domain_of, title_keys
from projects.importing.sectors import SectorFinder
from projects.models import Project, ProjectList

FIELDS = [
    "source_id",
    "title_en",
    "title_zh_hans",
    "summary_en",
    "summary_zh_hans",
    "organization_en",
    "organization_zh_hans",
    "country",
    "website",
    "founded_year",
    "stage",
    "seeking",
    "funding_sought",
    "currency",
    "invited_on",
]
COLUMN_OF = {
    "organization_en": "organization",
    "organization_zh_hans": "organization",
    "currency": "funding_sought",
    "sector_id": "sector",
    "holder_id": "holder",
}


@dataclass
class Ours:
    """A project as stored, or as an earlier line makes it; `line` is who last said so."""

    key: int | None
    reference: str
    values: dict[str, Any]
    sector_id: int | None
    holder_id: int | None
    line: int = 0


@dataclass
class Planned:
    """A row and what becomes of it. `ours.key` is set once the project has a row."""

    row: ProjectRow
    outcome: Outcome
    notes: list[str] = field(default_factory=list)
    ours: Ours | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    was: dict[str, Any] = field(default_factory=dict)
    holder: Known | None = None


@dataclass
class Plan:
    """All rows of a list, planned."""

    rows: list[Planned]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def refused(self) -> int:
        return self.counts[Outcome.REFUSED]

    @property
    def writes(self) -> int:
        """How many rows would write anything."""
        return self.counts[Outcome.CREATED] + self.counts[Outcome.CHANGED]


class Shelf:
    """The projects of an edition, to be found by what lists know of them."""

    def __init__(self, projects: Iterable[Ours]) -> None:
        self.by_reference: dict[str, Ours] = {}
        self.by_source: dict[str, Ours] = {}
        self.by_title: dict[str, list[Ours]] = defaultdict(list)
        for ours in projects:
            self.add(ours)

    def add(self, ours: Ours) -> None:
        if ours.reference:
            self.by_reference[ours.reference.casefold()] = ours
        if ours.values.get("source_id"):
            self.by_source[ours.values["source_id"]] = ours
        for key in title_keys(ours.values):
            self.by_title[key].append(ours)

    def find(self, row: ProjectRow) -> tuple[Ours | None, str]:
        """The project a row is about, or none; or why nobody can tell."""
        reference = str(row.values.get("reference", "")).casefold()
        if found := self.by_reference.get(reference) or self._numbered(row):
            return found, ""
        found = self._namesakes(row, str(row.values.get("source_id", "")))
        if len(found) > 1:
            return None, _("several projects of this title: give the reference or the website")
        return (found[0], "") if found else (None, "")

    def _numbered(self, row: ProjectRow) -> Ours | None:
        """The project of the row's number, unless an earlier line gave it to another website."""
        found = self.by_source.get(str(row.values.get("source_id", "")))
        is_another = found and found.line and row.domain and domain(found) not in {"", row.domain}
        if found and is_another:
            del row.values["source_id"]
            why = _("taken by line %(line)s, left empty") % {"line": found.line}
            row.notes.append(labelled(heading("source_id"), why))
            return None
        return found

    def _namesakes(self, row: ProjectRow, source: str) -> list[Ours]:
        named = {id(one): one for key in row.titles for one in self.by_title.get(key, [])}
        fits = [one for one in named.values() if not (source and one.values.get("source_id"))]
        same = [one for one in fits if domain(one) == row.domain]
        return same or [one for one in fits if not (domain(one) and row.domain)]


def domain(ours: Ours) -> str:
    return domain_of(ours.values.get("website") or "")


def load_shelf(row: ProjectList) -> Shelf:
    """The projects of the list's edition; one query."""
    found = Project.objects.filter(edition=row.edition_id).order_by("pk")
    columns = ["pk", "reference", "sector_id", "holder_id", *FIELDS]
    return Shelf(
        Ours(pk, reference, dict(zip(FIELDS, values, strict=True)), sector, holder)
        for pk, reference, sector, holder, *values in found.values_list(*columns)
    )


def plan_import(project_list: ProjectList, rows: list[ProjectRow]) -> Plan:
    """Match every row with the projects there are; a few queries, nothing is written."""
    shelf, finder = load_shelf(project_list), SectorFinder()
    has_people = any(row.holder or row.email for row in rows)
    register = load_register() if has_people else Register()
    return Plan([_plan_row(project_list, row, shelf, finder, register) for row in rows])


def _plan_row(
    project_list: ProjectList,
    row: ProjectRow,
    shelf: Shelf,
    finder: SectorFinder,
    register: Register,
) -> Planned:
    holder, trouble = find_holder(row, register)
    ours, unclear = shelf.find(row)
    if troubles := [*row.troubles, *filter(None, [trouble, unclear])]:
        return Planned(row, Outcome.REFUSED, troubles)
    sector = sector_of(project_list, row, finder, is_new=ours is None)
    if ours is None:
        return _created(project_list, row, shelf, sector, holder)
    return _found(row, ours, sector, holder)


def sector_of(
    project_list: ProjectList, row: ProjectRow, finder: SectorFinder, *, is_new: bool
) -> int | None:
    """The sector of a row; for a new project always one, None where "other" has no row yet."""
    found = finder.find(row.sector) if row.sector else None
    if found or not is_new:
        return found.pk if found else None
    fallback = project_list.sector or finder.other
    name = str(fallback or _("Other"))
    row.notes.append(labelled(heading("sector"), _("filed under %(name)s") % {"name": name}))
    return fallback.pk if fallback else None


def find_holder(row: ProjectRow, register: Register) -> tuple[Known | None, str]:
    """Who brings the project: somebody we know, somebody new, or nobody yet."""
    if not (row.holder or row.email):
        return None, ""
    if not row.holder:
        known = register.of_address(row.email)
        if not known:
            row.notes.append(labelled(heading("holder"), _("has no name, so nobody is entered")))
        return (known[0] if len(known) == 1 else None), ""
    guest = Guest(row.line, {"name_native": row.holder, "email": row.email})
    guest.values.update(
        {name: str(row.values.get(name) or "") for name in PERSON_FIELDS if "organization" in name}
    )
    put_names_right(guest.values)
    known, trouble = match(guest, register)
    if known is None and not trouble:
        known = Known(None, {name: guest.values.get(name, "") for name in PERSON_FIELDS}, row.line)
        known.values["country"] = str(row.values.get("country") or "")
        register.add(known)
    return known, labelled(heading("holder"), trouble) if trouble else ""


def _created(
    project_list: ProjectList,
    row: ProjectRow,
    shelf: Shelf,
    sector: int | None,
    holder: Known | None,
) -> Planned:
    values = {name: row.values[name] for name in FIELDS if name in row.values}
    if project_list.invited_on:
        values.setdefault("invited_on", project_list.invited_on)
    others = {one.reference for key in row.titles for one in shelf.by_title.get(key, [])}
    ours = Ours(None, str(row.values.get("reference", "")), values, sector, None, row.line)
    shelf.add(ours)
    notes = list(row.notes)
    if others - {""}:
        text = _("another project has this title: %(references)s")
        notes.append(text % {"references": ", ".join(sorted(others - {""}))})
    return Planned(row, Outcome.CREATED, notes, ours, holder=holder)


def _found(row: ProjectRow, ours: Ours, sector: int | None, holder: Known | None) -> Planned:
    """A project we have: empty cells leave it as it is, others are taken over."""
    changes = {
        name: row.values[name]
        for name in FIELDS
        if name in row.values and (ours.values.get(name) or "") != row.values[name]
    }
    if sector and sector != ours.sector_id:
        changes["sector_id"] = sector
    if holder and not ours.holder_id and not ours.line:
        changes["holder_id"] = holder.key
    if ours.line:
        return _again(row, ours, changes)
    was = {name: ours.values.get(name) for name in changes if name in ours.values}
    ours.line = row.line
    ours.values.update({name: changes[name] for name in changes if name in FIELDS})
    if not changes:
        return Planned(row, Outcome.MATCHED, ours=ours)
    names = dict.fromkeys(heading(COLUMN_OF.get(name, name)) for name in changes)
    notes = [_("new: %(columns)s") % {"columns": ", ".join(names)}, *row.notes]
    return Planned(row, Outcome.CHANGED, notes, ours, changes, was, holder)


def _again(row: ProjectRow, ours: Ours, changes: dict[str, Any]) -> Planned:
    """A second line about one project: the first counts, what it says otherwise is named."""
    line = {"line": ours.line}
    text = _("the same project as in line %(line)s") % line
    if changes:
        names = ", ".join(dict.fromkeys(heading(COLUMN_OF.get(one, one)) for one in changes))
        text = _("the same project as in line %(line)s, which counts; left out: %(columns)s") % {
            **line,
            "columns": names,
        }
    return Planned(row, Outcome.MATCHED, [text, *row.notes], ours)
