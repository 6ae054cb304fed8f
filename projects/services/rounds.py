"""What the chair does with a round: opens, closes, opens again, publishes, reveals."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from projects.models import Assignment, Criterion, Round, Score, Vote
from projects.services.standings import frozen, ranking_of
from projects.services.trail import add_line, lock_round
from projects.services.winners import podium_rows

State, Kind, Mode = Round.State, Score.Kind, Round.Mode


@transaction.atomic
def open_round(round_id: int, *, by: User) -> Round:
    """Let the jury, or the audience, begin."""
    round = in_state(round_id, State.DRAFT)
    if not round.entries.exists():
        raise DomainError(_("A round without entries cannot be judged."), code="empty")
    if round.mode != Mode.AUDIENCE:
        prepare_cards(round)
    return moved(round, State.OPEN, Kind.OPEN, by)


def prepare_cards(round: Round) -> None:
    """A round of scores has criteria of its own; the others have one, which goes without saying."""
    if round.mode != Mode.SCORES and not round.criteria.exists():
        highest = 1 if round.mode == Mode.PASS_FAIL else round.winners
        Criterion.objects.create(
            round=round, name_en="Decision", name_zh_hans="评议结果", highest=min(highest, 20)
        )
    if not round.criteria.exists() or not round.jurors.exists():
        raise DomainError(_("A jury needs jurors and criteria."), code="empty")
    if not Assignment.objects.filter(entry__round=round).exists():
        raise DomainError(_("No juror has an entry to judge yet."), code="empty")


@transaction.atomic
def close_round(round_id: int, *, by: User) -> Round:
    """From here on no score counts. What arrives at the same moment waits for the lock."""
    return moved(in_state(round_id, State.OPEN), State.CLOSED, Kind.CLOSE, by)


@transaction.atomic
def reopen_round(round_id: int, *, reason: str, by: User) -> Round:
    """Open a closed or published round again; the reason is in the trail for good."""
    if not reason.strip():
        raise DomainError(_("Opening a round again needs a reason."), code="reason")
    round = in_state(round_id, State.CLOSED, State.PUBLISHED)
    round.published = round.published_at = None
    round.revealed = 0
    return moved(round, State.OPEN, Kind.REOPEN, by, reason=reason.strip())


@transaction.atomic
def publish_round(round_id: int, *, by: User) -> Round:
    """Freeze the ranking of a closed round, with its method and the end of its trail."""
    round = in_state(round_id, State.CLOSED)
    must_be_checked(round)
    ranking = ranking_of(round)
    if not any(standing.place for standing in ranking.standings):
        raise DomainError(_("Nothing was scored: there is no ranking."), code="empty")
    add_line(round, Kind.PUBLISH, by=by)
    round.published = frozen(round, ranking)
    round.published_at = timezone.now()
    return saved(round, State.PUBLISHED)


def must_be_checked(round: Round) -> None:
    """Votes of the audience count only once the office has looked for fraud."""
    if round.votes.filter(state=Vote.State.WAITING).exists():
        raise DomainError(_("Some votes are not checked for fraud yet."), code="unchecked")


@transaction.atomic
def reveal(round_id: int, *, step: int, by: User) -> Round:
    """Show the first so many of the revealed places, the last of them first; 0 hides all."""
    round = in_state(round_id, State.PUBLISHED)
    round.revealed = min(max(step, 0), steps_of(round))
    round.save(update_fields=["revealed"])
    return round


def steps_of(round: Round) -> int:
    """How many steps a reveal has: one for each entry on the podium."""
    return len(podium_rows(round))


def in_state(round_id: int, *states: str) -> Round:
    round = lock_round(round_id)
    if round.state not in states:
        raise DomainError(
            _("The round is “%(state)s”: that is not possible now.")
            % {"state": round.get_state_display()},
            code="wrong_state",
        )
    return round


def moved(round: Round, state: str, kind: str, by: User, reason: str = "") -> Round:
    add_line(round, kind, by=by, reason=reason)
    return saved(round, state)


def saved(round: Round, state: str) -> Round:
    round.state = state
    round.save()
    return round
