"""The ranking of a round, from its raw scores; and as it was published."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from projects.models import Assignment, Entry, Juror, Round, Vote
from projects.ranking import Basis, Criterion, Mark, Ranking, TieRule, rank, tally
from projects.ranking.tally import points
from projects.services.scoring import scores_now

Mode = Round.Mode
DIGITS = 6


def ranking_of(round: Round) -> Ranking:
    """Rank a round as its mode says, from what was scored and nothing else."""
    entries = list(Entry.objects.filter(round=round).values_list("pk", flat=True))
    if round.mode == Mode.AUDIENCE:
        counted = Vote.objects.filter(round=round, state=Vote.State.COUNTED)
        votes = [(entry, pk, 1) for pk, entry in counted.values_list("pk", "entry")]
        return tally(votes, entries=entries, total=True)
    if round.mode == Mode.SCORES:
        criteria = [Criterion(c.pk, c.weight) for c in round.criteria.all()]
        return rank(
            marks_of(round),
            criteria,
            entries=entries,
            basis=Basis(round.basis),
            tie_rule=TieRule(round.tie_rule),
        )
    return tally(ballots(round), entries=entries)


def marks_of(round: Round) -> list[Mark]:
    """The scores that hold, without those of who abstained or was recused."""
    standing = Assignment.objects.filter(entry__round=round, state=Assignment.State.ASSIGNED)
    pairs = set(standing.values_list("entry", "juror"))
    return [
        Mark(score.entry_id, score.juror_id, score.criterion_id, score.value)
        for score in scores_now(round)
        if (score.entry_id, score.juror_id) in pairs
    ]


def ballots(round: Round) -> list[tuple[int, int, int | None]]:
    """Of pass or fail the 1 or 0; of picks the points that a pick is worth.

    Who picked anything gives the entries they did not pick nothing, and that counts.
    """
    marks = [mark for mark in marks_of(round) if mark.value is not None]
    if round.mode == Mode.PASS_FAIL:
        return [(mark.entry, mark.juror, int(mark.value or 0)) for mark in marks]
    picked = {(mark.entry, mark.juror): int(mark.value or 0) for mark in marks}
    voters = {juror for _, juror in picked}
    standing = Assignment.objects.filter(
        entry__round=round, state=Assignment.State.ASSIGNED, juror__in=voters
    )
    return [
        (entry, juror, points(picked.get((entry, juror)), round.winners))
        for entry, juror in standing.values_list("entry", "juror")
    ]


def frozen(round: Round, ranking: Ranking) -> dict[str, Any]:
    """A ranking as plain JSON: method, rules, trail it was made of, every standing."""
    named = {
        e.pk: e.project.reference
        for e in Entry.objects.filter(round=round).select_related("project")
    }
    jurors = dict(Juror.objects.filter(round=round).values_list("pk", "person__sort_key"))
    return {
        "method": ranking.method,
        "mode": round.mode,
        "basis": ranking.basis.value,
        "tie_rule": ranking.tie_rule.value,
        "groups": ranking.groups,
        "reliability": rounded(ranking.reliability),
        "entries": len(named),
        "jurors": len(jurors),
        "trail_length": round.trail_length,
        "trail_head": round.trail_head,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "standings": [
            {**plain(standing), "reference": named[standing.entry]}
            for standing in ranking.standings
        ],
    }


def plain(standing: Any) -> dict[str, Any]:
    return {name: rounded(value) for name, value in asdict(standing).items()}


def rounded(value: Any) -> Any:
    return round(value, DIGITS) if isinstance(value, float) else value


COMPARED = ["entry", "place", "raw", "zscore", "corrected", "cards"]


def differences(round_: Round, ranking: Ranking) -> list[str]:
    """In what a new ranking differs from the published one: sentences, none if they agree."""
    published = round_.published or {}
    found = []
    if published.get("method") != ranking.method:
        found.append(f"method: {published.get('method')} was published, now {ranking.method}")
    before = {row["entry"]: row for row in published.get("standings", [])}
    for standing in ranking.standings:
        now, then = plain(standing), before.pop(standing.entry, {})
        name = then.get("reference", standing.entry)
        for key in COMPARED:
            if not alike(now[key], then.get(key)):
                found.append(f"{name}: {key} {then.get(key)} was published, now {now[key]}")
    found += [f"{row['reference']}: was published, is gone" for row in before.values()]
    return found


def alike(one: Any, other: Any) -> bool:
    """The same, but for the last digits of another machine's arithmetic."""
    if isinstance(one, float) and isinstance(other, int | float):
        return abs(one - other) < 5e-5
    return bool(one == other)
