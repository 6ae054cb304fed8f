"""The trail of a round: lines are added under the round's lock, each chained to the last."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC
from uuid import UUID, uuid4

from django.utils import timezone

from hrconf.accounts.models import User
from projects.models import Criterion, Entry, Juror, Round, Score

Kind = Score.Kind


@dataclass(frozen=True)
class Touch:
    """Where a line comes from: the key of one touch, its browser, its place in that browser.

    `seen` is the number of the last line of the same score that the browser knew of.
    """

    key: UUID
    client: str = ""
    sequence: int = 0
    seen: int | None = None


def lock_round(pk: int) -> Round:
    """The round, with whoever else writes to its trail, or closes it, waiting behind us."""
    rows = Round.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("competition__edition").get(pk=pk)


def add_line(
    round: Round,
    kind: str,
    *,
    juror: Juror | None = None,
    entry: Entry | None = None,
    criterion: Criterion | None = None,
    value: int | None = None,
    reason: str = "",
    is_silent: bool = False,
    touch: Touch | None = None,
    by: User | None = None,
) -> Score:
    """Add a line to the trail of a round that the caller has locked."""
    touch = touch or Touch(uuid4())
    line = Score(
        round=round,
        number=round.trail_length + 1,
        kind=kind,
        juror=juror,
        entry=entry,
        criterion=criterion,
        value=value,
        reason=reason.strip()[:500],
        is_silent=is_silent,
        key=touch.key,
        client=touch.client,
        sequence=touch.sequence,
        at=timezone.now(),
        by=by,
        previous=round.trail_head,
    )
    line.sha256 = hash_of(line)
    line.save(force_insert=True)
    round.trail_length, round.trail_head = line.number, line.sha256
    round.save(update_fields=["trail_length", "trail_head"])
    return line


def hash_of(line: Score) -> str:
    """SHA-256 over all that a line says and over the hash of the line before."""
    said = [
        line.round_id,
        line.number,
        line.kind,
        line.juror_id,
        line.entry_id,
        line.criterion_id,
        line.value,
        line.reason,
        line.is_silent,
        str(line.key),
        line.client,
        line.sequence,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.by_id,
        line.previous,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def verify_trail(round: Round) -> int | None:
    """The number of the first line that is not as it was written, or None if all are.

    A line that was changed, taken out or put in breaks the chain there; lines that are
    missing at the end show against the length that the round keeps.
    """
    previous, number = "", 0
    for line in Score.objects.filter(round=round).order_by("number").iterator(chunk_size=2000):
        number += 1
        if (line.number, line.previous, line.sha256) != (number, previous, hash_of(line)):
            return number
        previous = line.sha256
    return None if (number, previous) == (round.trail_length, round.trail_head) else number + 1
