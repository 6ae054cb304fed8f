"""All that led to decisions: checklist, assignments, conflicts, reviews, quotas, who and when."""

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hrconf.lib.sheets import Block, Column, Kind, Sheet, write_xlsx
from projects.models import (
    Decision,
    EligibilityCheck,
    Project,
    Review,
    Reviewer,
    ReviewPhase,
    ReviewScore,
)
from projects.services.board import points_of, weights_of
from projects.services.conflicts import Why, find_conflicts


def gather(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """What led to the decision on each project; the same queries however many."""
    keys = [one.pk for one in projects]
    checks = _by(EligibilityCheck.objects.select_related("item", "by"), keys, "item__position")
    scores = Prefetch("scores", ReviewScore.objects.select_related("criterion").order_by("pk"))
    reviews = _by(
        Review.objects.select_related("phase", "reviewer__person", "assigned_by").prefetch_related(
            scores
        ),
        keys,
        "phase__number",
    )
    decisions = _by(
        Decision.objects.select_related("decided_by", "released_by", "letter").defer("letter__pdf"),
        keys,
        "decided_at",
    )
    weights = {one.pk: weights_of(one) for one in _phases(projects)}
    conflicts = _conflicts(projects)
    return [
        {
            "reference": one.reference,
            "title": one.title,
            "sector": str(one.sector),
            "holder": one.holder.both_names,
            "status": str(one.get_status_display()),
            "checklist": [_check(row) for row in checks.get(one.pk, [])],
            "conflicts": conflicts.get(one.pk, []),
            "reviews": [_review(row, weights[row.phase_id]) for row in reviews.get(one.pk, [])],
            "decisions": [_decision(row) for row in decisions.get(one.pk, [])],
        }
        for one in projects
    ]


def _by(rows: Any, keys: list[int], order: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.filter(project__in=keys).order_by("project", order, "pk"):
        found.setdefault(row.project_id, []).append(row)
    return found


def _phases(projects: Sequence[Project]) -> list[ReviewPhase]:
    return list(ReviewPhase.objects.filter(edition__in={one.edition_id for one in projects}))


def _conflicts(projects: Sequence[Project]) -> dict[int, list[dict[str, str]]]:
    """Between the projects and all reviewers of their editions, given or not."""
    rows = Reviewer.objects.filter(edition__in={one.edition_id for one in projects})
    people = {one.person_id: one.person for one in rows.select_related("person")}
    found: dict[int, list[dict[str, str]]] = {}
    for one in find_conflicts(people.values(), projects):
        said = {
            "reviewer": people[one.person].both_names,
            "why": str(Why(one.why).label),
            "detail": one.detail,
        }
        found.setdefault(one.project, []).append(said)
    return found


def _check(row: EligibilityCheck) -> dict[str, Any]:
    said = {"line": row.item.text, "holds": row.is_met, "note": row.note}
    return said | {"by": str(row.by or ""), "at": row.at}


def _review(row: Review, weights: dict[int, tuple[float, int]]) -> dict[str, Any]:
    points = points_of(row, weights)
    return {
        "phase": row.phase.name,
        "reviewer": row.reviewer.person.both_names,
        "state": str(row.get_state_display()),
        "by_hand": row.is_by_hand,
        "assigned_by": str(row.assigned_by or ""),
        "assigned_at": row.assigned_at,
        "answered_at": row.answered_at,
        "passes": row.passes,
        "points": None if points is None else round(points, 2),
        "criteria": {one.criterion.name: one.value for one in row.scores.all()},
        "to_board": row.to_board,
        "to_applicant": row.to_applicant,
        "reason": row.reason,
    }


def _decision(row: Decision) -> dict[str, Any]:
    letter = getattr(row, "letter", None)
    return {
        "outcome": str(row.get_outcome_display()),
        "rank": row.rank,
        "note": row.note,
        "seen": row.seen,
        "decided_by": str(row.decided_by or ""),
        "decided_at": row.decided_at,
        "released_by": str(row.released_by or ""),
        "released_at": row.released_at,
        "superseded_at": row.superseded_at,
        "letter": letter.reference if letter else "",
        "sha256": letter.sha256 if letter else "",
    }


# Files ----------------------------------------------------------------------------------


def write_json(file: IO[bytes], projects: Sequence[Project]) -> None:
    said = {"made_at": timezone.now(), "projects": gather(projects)}
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    file.write(text.encode())


def write_sheets(file: IO[bytes], projects: Sequence[Project]) -> None:
    """A workbook with a sheet each: projects, checklist, conflicts, reviews, decisions."""
    found = gather(projects)
    parts = [
        (_("Decisions"), DECISIONS, "decisions"),
        (_("Reviews"), REVIEWS, "reviews"),
        (_("Checklist"), CHECKS, "checklist"),
        (_("Conflicts of interest"), CONFLICTS, "conflicts"),
    ]
    sheets = [
        Sheet(str(title), [Block(_columns(columns), list(_lines(found, columns, part)))])
        for title, columns, part in parts
    ]
    write_xlsx(file, sheets)


def _columns(columns: dict[str, tuple[Any, Kind]]) -> list[Column]:
    head = [Column(str(_("Reference"))), Column(str(_("Project"))), Column(str(_("Sector")))]
    return head + [Column(str(_(title)), kind) for title, kind in columns.values()]


def _lines(found: list[dict], columns: dict, part: str) -> Iterator[list[Any]]:
    for one in found:
        for row in one[part]:
            yield [
                one["reference"],
                one["title"],
                one["sector"],
                *(_cell(row[key]) for key in columns),
            ]


def _cell(value: Any) -> Any:
    """Yes and no in words; what has parts on one line."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)
    return value


DECISIONS = {
    "outcome": (gettext_noop("Decision"), Kind.TEXT),
    "rank": (gettext_noop("Place on the reserve list"), Kind.INTEGER),
    "note": (gettext_noop("Grounds"), Kind.TEXT),
    "seen": (gettext_noop("What was seen when deciding"), Kind.TEXT),
    "decided_by": (gettext_noop("Decided by"), Kind.TEXT),
    "decided_at": (gettext_noop("Decided"), Kind.INSTANT),
    "released_by": (gettext_noop("Released by"), Kind.TEXT),
    "released_at": (gettext_noop("Released"), Kind.INSTANT),
    "superseded_at": (gettext_noop("Superseded"), Kind.INSTANT),
    "letter": (gettext_noop("Letter"), Kind.TEXT),
    "sha256": (gettext_noop("Checksum (SHA-256)"), Kind.TEXT),
}
REVIEWS = {
    "phase": (gettext_noop("Phase"), Kind.TEXT),
    "reviewer": (gettext_noop("Reviewer"), Kind.TEXT),
    "state": (gettext_noop("State"), Kind.TEXT),
    "points": (gettext_noop("Points of 100"), Kind.MONEY),
    "passes": (gettext_noop("Passes"), Kind.TEXT),
    "criteria": (gettext_noop("Points by criterion"), Kind.TEXT),
    "to_board": (gettext_noop("Comment to the board"), Kind.TEXT),
    "to_applicant": (gettext_noop("Comment to the applicant"), Kind.TEXT),
    "reason": (gettext_noop("Reason"), Kind.TEXT),
    "by_hand": (gettext_noop("Assigned by hand"), Kind.TEXT),
    "assigned_by": (gettext_noop("Assigned by"), Kind.TEXT),
    "assigned_at": (gettext_noop("Assigned"), Kind.INSTANT),
    "answered_at": (gettext_noop("Answered"), Kind.INSTANT),
}
CHECKS = {
    "line": (gettext_noop("Line of the checklist"), Kind.TEXT),
    "holds": (gettext_noop("Holds"), Kind.TEXT),
    "note": (gettext_noop("Note"), Kind.TEXT),
    "by": (gettext_noop("Found by"), Kind.TEXT),
    "at": (gettext_noop("Found"), Kind.INSTANT),
}
CONFLICTS = {
    "reviewer": (gettext_noop("Reviewer"), Kind.TEXT),
    "why": (gettext_noop("Why"), Kind.TEXT),
    "detail": (gettext_noop("Detail"), Kind.TEXT),
}
