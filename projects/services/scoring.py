"""What a juror does: scores, abstains, takes that back. Each touch is kept once."""

from django.db import transaction
from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.tokens import make_token, read_token
from projects.models import Assignment, Criterion, Juror, Round, Score
from projects.services.trail import Touch, add_line, lock_round

LINK = "juror"
Kind, State = Score.Kind, Assignment.State


def juror_token(juror: Juror) -> str:
    return make_token(LINK, juror.round_id, juror.pk, juror.key_version)


def juror_of(token: str, edition_slug: str) -> Juror | None:
    """Whose link it is; None if we made none such, or made a newer one since."""
    numbers = read_token(LINK, token, 3)
    if numbers is None:
        return None
    rows = Juror.objects.select_related("person", "round__competition__edition")
    return rows.filter(
        round=numbers[0],
        pk=numbers[1],
        key_version=numbers[2],
        round__competition__edition__slug=edition_slug,
    ).first()


@transaction.atomic
def keep_score(
    juror_id: int, *, entry_id: int, criterion_id: int, value: int | None, touch: Touch
) -> Score:
    """Keep one touch: points in a criterion, or None to take them back.

    The same touch sent again gives the line it gave the first time. Raises DomainError:
    closed, not_assigned, points, superseded (the juror has scored anew since), picked.
    """
    juror, round = locked(juror_id)
    if kept := Score.objects.filter(round=round, key=touch.key).first():
        return same_touch(kept, juror, entry_id, criterion_id, value)
    must_be_open(round)
    assignment = assignment_of(juror, entry_id, State.ASSIGNED)
    criterion = criterion_of(round, criterion_id, value)
    must_be_newer(juror, entry_id, criterion_id, touch)
    must_be_free(round, juror, entry_id, value)
    return add_line(
        round,
        Kind.SCORE,
        juror=juror,
        entry=assignment.entry,
        criterion=criterion,
        value=value,
        touch=touch,
    )


def locked(juror_id: int) -> tuple[Juror, Round]:
    """The juror and their round, which nobody closes while we hold it."""
    juror = Juror.objects.get(pk=juror_id)
    juror.round = lock_round(juror.round_id)
    return juror, juror.round


def same_touch(
    kept: Score, juror: Juror, entry_id: int, criterion_id: int | None, value: int | None
) -> Score:
    said = (kept.juror_id, kept.entry_id, kept.criterion_id, kept.value)
    if said != (juror.pk, entry_id, criterion_id, value):
        raise DomainError(_("This touch was kept with other points."), code="other_touch")
    return kept


def must_be_open(round: Round) -> None:
    if not round.is_open:
        raise DomainError(
            _("The round is not open for judging: this was not counted."), code="closed"
        )


def assignment_of(juror: Juror, entry_id: int, *states: str) -> Assignment:
    rows = Assignment.objects.select_related("entry__project").filter(juror=juror, entry=entry_id)
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None or found.state not in states:
        raise DomainError(_("This entry is not yours to judge."), code="not_assigned")
    return found


def criterion_of(round: Round, criterion_id: int, value: int | None) -> Criterion:
    criterion = Criterion.objects.filter(round=round, pk=criterion_id).first()
    if criterion is None:
        raise DomainError(_("The round has no such criterion."), code="points")
    if value is not None and value not in criterion.points:
        raise DomainError(
            _("Points for “%(name)s” go from 0 to %(highest)s.")
            % {"name": criterion.name, "highest": criterion.highest},
            code="points",
        )
    return criterion


def must_be_newer(juror: Juror, entry_id: int, criterion_id: int, touch: Touch) -> None:
    """Refuse what was touched before something that is kept already.

    One browser numbers its touches; of another one we know what it had seen.
    """
    rows = Score.objects.filter(
        juror=juror, entry=entry_id, criterion=criterion_id, kind=Kind.SCORE
    )
    last = rows.order_by("-number").first()
    if last is None or not touch.client:
        return
    is_same = last.client == touch.client
    is_older = last.sequence >= touch.sequence if is_same else last.number > (touch.seen or 0)
    if is_older:
        raise DomainError(_("You gave other points since: those stay."), code="superseded")


def must_be_free(round: Round, juror: Juror, entry_id: int, value: int | None) -> None:
    """In a round of picks nobody has two first choices."""
    if round.mode != Round.Mode.PICKS or not value:
        return
    rows = Score.objects.filter(juror=juror, kind=Kind.SCORE).exclude(entry=entry_id)
    last = rows.order_by("entry_id", "-number").distinct("entry_id")
    if value in {score.value for score in last}:
        raise DomainError(
            _("You gave this choice to another entry: take it back there first."), code="picked"
        )


@transaction.atomic
def abstain(
    juror_id: int, *, entry_id: int, reason: str = "", is_silent: bool = False, touch: Touch
) -> Score:
    """The juror gives an entry no card; what they scored of it no longer counts."""
    juror, round = locked(juror_id)
    if kept := Score.objects.filter(round=round, key=touch.key).first():
        return kept
    must_be_open(round)
    assignment = assignment_of(juror, entry_id, State.ASSIGNED)
    line = add_line(
        round,
        Kind.ABSTAIN,
        juror=juror,
        entry=assignment.entry,
        reason=reason,
        is_silent=is_silent,
        touch=touch,
    )
    return stand(assignment, State.ABSTAINED, is_silent, line)


@transaction.atomic
def recuse(
    juror_id: int, *, entry_id: int, reason: str, is_silent: bool = False, by: User | None = None
) -> Score:
    """A conflict of interest: the juror, or the office for them, leaves an entry."""
    if not reason.strip():
        raise DomainError(_("Recusing needs a reason."), code="reason")
    juror, round = locked(juror_id)
    if by is None:
        must_be_open(round)
    must_not_be_published(round)
    assignment = assignment_of(juror, entry_id, State.ASSIGNED, State.ABSTAINED)
    line = add_line(
        round,
        Kind.RECUSE,
        juror=juror,
        entry=assignment.entry,
        reason=reason.strip(),
        is_silent=is_silent,
        by=by,
    )
    return stand(assignment, State.RECUSED, is_silent, line)


@transaction.atomic
def resume(juror_id: int, *, entry_id: int, by: User | None = None) -> Score:
    """A juror judges after all what they abstained from; a recusal only the office lifts."""
    juror, round = locked(juror_id)
    must_be_open(round)
    states = [State.ABSTAINED, State.RECUSED] if by else [State.ABSTAINED]
    assignment = assignment_of(juror, entry_id, *states)
    line = add_line(round, Kind.RESUME, juror=juror, entry=assignment.entry, by=by)
    return stand(assignment, State.ASSIGNED, False, line)


def must_not_be_published(round: Round) -> None:
    if round.state == Round.State.PUBLISHED:
        raise DomainError(_("The ranking of this round is published."), code="published")


def stand(assignment: Assignment, state: str, is_silent: bool, line: Score) -> Score:
    assignment.state, assignment.is_silent = state, is_silent
    assignment.save(update_fields=["state", "is_silent"])
    return line


def scores_now(round: Round) -> list[Score]:
    """The score that holds for each juror, entry and criterion: one query."""
    rows = Score.objects.filter(round=round, kind=Kind.SCORE)
    rows = rows.order_by("juror_id", "entry_id", "criterion_id", "-number")
    return list(rows.distinct("juror_id", "entry_id", "criterion_id"))
