"""Makers of rows of the screening."""

import hashlib
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from projects.models import (
    BlindText,
    Decision,
    DecisionLetter,
    EligibilityItem,
    Project,
    Review,
    ReviewCriterion,
    Reviewer,
    ReviewPhase,
    ReviewScore,
    SelectionQuota,
)
from tests import make


def phase(criteria: int = 2, **fields) -> ReviewPhase:
    """A phase of scores that is open now, with criteria of up to 5 points."""
    fields["edition"] = fields.get("edition") or make.edition()
    known = ReviewPhase.objects.filter(edition=fields["edition"]).count()
    defaults = {
        "number": known + 1,
        "name_en": f"Phase {known + 1}",
        "name_zh_hans": f"第{known + 1}阶段",
        "starts_at": timezone.now() - timedelta(days=1),
        "ends_at": timezone.now() + timedelta(days=9),
    }
    made = ReviewPhase.objects.create(**{**defaults, **fields})
    for number in range(criteria if made.is_panel else 0):
        criterion(made, position=number + 1)
    return made


def criterion(phase: ReviewPhase, **fields) -> ReviewCriterion:
    n = make.number()
    defaults = {
        "name_en": f"Criterion {n}",
        "name_zh_hans": f"标准{n}",
        "weight": Decimal(1),
        "highest": 5,
    }
    return ReviewCriterion.objects.create(phase=phase, **{**defaults, **fields})


def item(edition, **fields) -> EligibilityItem:
    n = make.number()
    defaults = {
        "text_en": f"Line {n} holds",
        "text_zh_hans": f"第{n}项符合要求",
        "position": n % 1000,
    }
    return EligibilityItem.objects.create(edition=edition, **{**defaults, **fields})


def project(edition, **fields) -> Project:
    fields.setdefault("status", Project.Status.ELIGIBLE)
    return make.project(edition=edition, **fields)


def reviewer(edition, sectors=(), **fields) -> Reviewer:
    fields["person"] = fields.get("person") or make.person()
    made = Reviewer.objects.create(edition=edition, **fields)
    made.sectors.set(sectors)
    return made


def review(phase=None, project=None, reviewer=None, points: int | None = None, **fields) -> Review:
    """A review to be written, or one that gives the same points in every criterion."""
    phase = phase or globals()["phase"]()
    if points is not None:
        fields = {"state": Review.State.DONE, "answered_at": timezone.now(), **fields}
    made = Review.objects.create(
        phase=phase,
        project=project or globals()["project"](phase.edition),
        reviewer=reviewer or globals()["reviewer"](phase.edition),
        **fields,
    )
    if points is not None:
        for one in phase.criteria.all():
            ReviewScore.objects.create(review=made, criterion=one, value=points)
    return made


def quota(edition, sector, places: int) -> SelectionQuota:
    return SelectionQuota.objects.create(edition=edition, sector=sector, places=places)


def decision(project=None, outcome="accept", **fields) -> Decision:
    project = project or globals()["project"](make.edition())
    if outcome == "reserve":
        fields.setdefault("rank", make.number() % 30_000 + 1)
    return Decision.objects.create(
        edition=project.edition, project=project, outcome=outcome, **fields
    )


PDF = b"%PDF-1.7 letter"


def letter(decision=None, **fields) -> DecisionLetter:
    """A line of the register for a released decision."""
    now = timezone.now()
    made = decision or globals()["decision"](decided_at=now, released_at=now)
    n = make.number()
    defaults = {
        "number": n,
        "reference": f"X-D-{n:04}",
        "pdf": PDF,
        "sha256": hashlib.sha256(PDF).hexdigest(),
    }
    return DecisionLetter.objects.create(
        decision=made, edition=made.edition, **{**defaults, **fields}
    )


def blind_text(project=None, **fields) -> BlindText:
    n = make.number()
    texts = {"title_en": f"Entry {n}", "title_zh_hans": f"项目{n}", "text_en": f"A text {n}."}
    made = project or globals()["project"](make.edition())
    return BlindText.objects.create(project=made, **{**texts, **fields})
