"""Makers of competitions, rounds and juries for tests."""

from collections.abc import Mapping
from uuid import uuid4

from projects.models import (
    Assignment,
    Competition,
    Criterion,
    Entry,
    Juror,
    Prize,
    Round,
    Score,
    Vote,
)
from projects.services.rounds import close_round, open_round, publish_round
from projects.services.scoring import keep_score
from projects.services.trail import Touch
from tests import make


def competition(**fields) -> Competition:
    fields["edition"] = fields.get("edition") or make.edition()
    return Competition.objects.create(
        **{"name_en": "Innovation contest", "name_zh_hans": "创新大赛", **fields}
    )


def round_of(**fields) -> Round:
    fields["competition"] = fields.get("competition") or competition()
    return Round.objects.create(**{"name_en": "Final", "name_zh_hans": "决赛", **fields})


def entry(**fields) -> Entry:
    fields["round"] = fields.get("round") or round_of()
    fields["project"] = fields.get("project") or make.project(edition=fields["round"].edition)
    fields.setdefault("position", fields["round"].entries.count() + 1)
    return Entry.objects.create(**fields)


def criterion(**fields) -> Criterion:
    fields["round"] = fields.get("round") or round_of()
    fields.setdefault("position", fields["round"].criteria.count() + 1)
    defaults = {"name_en": "Market", "name_zh_hans": "市场前景"}
    return Criterion.objects.create(**{**defaults, **fields})


def juror(**fields) -> Juror:
    fields["round"] = fields.get("round") or round_of()
    fields["person"] = fields.get("person") or make.person()
    return Juror.objects.create(**fields)


def assignment(**fields) -> Assignment:
    fields["entry"] = fields.get("entry") or entry()
    fields["juror"] = fields.get("juror") or juror(round=fields["entry"].round)
    return Assignment.objects.create(**fields)


def prize(**fields) -> Prize:
    fields["round"] = fields.get("round") or round_of()
    defaults = {"place": 1, "name_en": "First prize", "name_zh_hans": "一等奖", "amount": 500_000}
    return Prize.objects.create(**{**defaults, **fields})


def vote(**fields) -> Vote:
    fields["entry"] = fields.get("entry") or entry(round=round_of(mode="audience"))
    defaults = {"round": fields["entry"].round, "via": "badge", "voter": uuid4().hex}
    return Vote.objects.create(**{**defaults, **fields})


def audience(entries: int = 2, **fields) -> Round:
    """An open vote of the audience."""
    made = round_of(**{"mode": "audience", "name_en": "Audience prize", **fields})
    for _ in range(entries):
        entry(round=made)
    return open_round(made.pk, by=make.organizer())


def final(entries: int = 3, jurors: int = 2, criteria: int = 1, **fields) -> Round:
    """An open round in which every juror judges every entry."""
    made = round_of(**fields)
    for number in range(criteria if made.mode == "scores" else 0):
        criterion(round=made, name_en=f"Criterion {number + 1}", position=number + 1)
    people = [juror(round=made) for _ in range(jurors)]
    for _ in range(entries):
        here = entry(round=made)
        Assignment.objects.bulk_create([Assignment(entry=here, juror=one) for one in people])
    return open_round(made.pk, by=make.organizer())


def touch(**fields) -> Touch:
    return Touch(**{"key": uuid4(), **fields})


def give(juror: Juror, entry: Entry, value: int | None, criterion=None, **more) -> Score:
    """One touch."""
    criterion = criterion or entry.round.criteria.first()
    return keep_score(
        juror.pk, entry_id=entry.pk, criterion_id=criterion.pk, value=value, touch=touch(**more)
    )


def scored(points: Mapping[int, list[int]] | None = None, **fields) -> Round:
    """An open final with scores: position of an entry → points of each juror."""
    points = points or {1: [7, 8], 2: [9, 9], 3: [4, 5]}
    jurors = len(next(iter(points.values())))
    made = final(entries=len(points), jurors=jurors, **fields)
    for entry in made.entries.all():
        for juror, value in zip(made.jurors.order_by("pk"), points[entry.position], strict=True):
            for one in made.criteria.all():
                give(juror, entry, value, one)
    made.refresh_from_db()
    return made


def published(**fields) -> Round:
    made = scored(**fields)
    close_round(made.pk, by=make.organizer())
    return publish_round(made.pk, by=make.organizer())
