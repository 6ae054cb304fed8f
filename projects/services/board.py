"""The board's table: what the reviewers said of each project, and the quotas of the sectors."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean, stdev
from typing import Any

from django.db.models import Prefetch

from events.models import Edition
from projects.models import (
    Decision,
    Project,
    Review,
    ReviewPhase,
    ReviewScore,
    Sector,
    SelectionQuota,
)
from projects.services.reviewers import projects_of

State, Outcome = Review.State, Decision.Outcome


# Points ---------------------------------------------------------------------------------


def points_of(review: Review, weights: dict[int, tuple[float, int]]) -> float | None:
    """The weighted points of a complete review, 0 to 100; None where it has none."""
    given = {one.criterion_id: one.value for one in review.scores.all()}
    if review.state != State.DONE or not weights or set(given) != set(weights):
        return None
    whole = sum(weight for weight, _highest in weights.values())
    got = sum(weight * given[key] / highest for key, (weight, highest) in weights.items())
    return 100 * got / whole


def weights_of(phase: ReviewPhase) -> dict[int, tuple[float, int]]:
    """Criterion → weight and highest points."""
    rows = phase.criteria.values_list("pk", "weight", "highest")
    return {pk: (float(weight), highest) for pk, weight, highest in rows}


# Quotas ---------------------------------------------------------------------------------


@dataclass
class Quota:
    """A sector with its places, and how many are taken: pending ones counted."""

    sector: Sector
    places: int
    accepted: int = 0
    pending: int = 0

    @property
    def taken(self) -> int:
        return self.accepted + self.pending

    @property
    def is_over(self) -> bool:
        return self.taken > self.places

    @property
    def left(self) -> int:
        return max(0, self.places - self.taken)


def quotas_of(edition: Edition) -> list[Quota]:
    """The sectors with a quota, each with what is accepted and pending in it; sub-sectors count."""
    rows = SelectionQuota.objects.filter(edition=edition).select_related("sector")
    found = {row.sector_id: Quota(row.sector, row.places) for row in rows}
    taken = Decision.objects.filter(
        edition=edition, outcome=Outcome.ACCEPT, superseded_at=None
    ).values_list("project__sector", "project__sector__parent", "released_at")
    for sector, parent, released in taken:
        quota = found.get(sector) or found.get(parent)
        if quota and released:
            quota.accepted += 1
        elif quota:
            quota.pending += 1
    return list(found.values())


# The table ------------------------------------------------------------------------------


@dataclass
class Row:
    """A project with what was said of it in a phase."""

    project: Project
    points: list[float] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    decision: Decision | None = None  # the pending one, or the last released

    @property
    def mean(self) -> float | None:
        return fmean(self.points) if self.points else None

    @property
    def spread(self) -> float | None:
        return stdev(self.points) if len(self.points) > 1 else None

    @property
    def said(self) -> Counter:
        return Counter(one.state for one in self.reviews)

    @property
    def done(self) -> int:
        return self.said[State.DONE]

    @property
    def away(self) -> int:
        return self.said[State.ABSTAINED] + self.said[State.CONFLICT]

    @property
    def passes(self) -> int:
        return sum(one.passes is True for one in self.reviews)

    @property
    def fails(self) -> int:
        return sum(one.passes is False for one in self.reviews)

    @property
    def comments(self) -> list[Review]:
        return [one for one in self.reviews if one.to_board or one.to_applicant or one.reason]

    @property
    def pending(self) -> Decision | None:
        return self.decision if self.decision and not self.decision.released_at else None

    @property
    def released(self) -> Decision | None:
        return self.decision if self.decision and self.decision.released_at else None

    def as_data(self) -> dict[str, Any]:
        """What is kept with a decision: the figures as they stood."""
        return {
            "mean": None if self.mean is None else round(self.mean, 2),
            "spread": None if self.spread is None else round(self.spread, 2),
            "reviews": self.done,
            "abstained": self.said[State.ABSTAINED],
            "conflicts": self.said[State.CONFLICT],
            "passes": self.passes,
            "fails": self.fails,
        }


def rows_of(phase: ReviewPhase, projects: Iterable[Project] | None = None) -> list[Row]:
    """A row for each project of the phase, the best first; the same queries however many."""
    found = projects_of(phase) if projects is None else projects
    found = list(found.select_related("sector", "holder")) if projects is None else list(found)
    rows = {one.pk: Row(one) for one in found}
    weights = weights_of(phase)
    scores = Prefetch("scores", ReviewScore.objects.order_by("criterion__position", "pk"))
    reviews = Review.objects.filter(phase=phase, project__in=rows).prefetch_related(scores)
    for review in reviews.select_related("reviewer__person").order_by("pk"):
        row = rows[review.project_id]
        row.reviews.append(review)
        points = points_of(review, weights)
        if points is not None:
            row.points.append(points)
    for project, decision in decisions_of(rows).items():
        rows[project].decision = decision
    return sorted(rows.values(), key=_best_first)


def _best_first(row: Row) -> tuple:
    by_vote = (row.fails - row.passes) if row.passes or row.fails else 0
    return (row.mean is None, -(row.mean or 0), by_vote, row.project.reference, row.project.pk)


def decisions_of(projects: Iterable[int]) -> dict[int, Decision]:
    """The decision that stands for each project: the pending one, else the last released."""
    rows = Decision.objects.filter(project__in=projects, superseded_at=None)
    found: dict[int, Decision] = {}
    for one in rows.order_by("decided_at", "pk"):
        if one.project_id not in found or found[one.project_id].released_at:
            found[one.project_id] = one
    return found
