"""The audience's vote of the final: by badge, while the jury sat; checked, counted, published."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from uuid import UUID

from agreements.edition_2017.load.context import Context, moment
from attendees.models import Registration
from projects.models import Competition, Entry, Prize, Round, Score, Vote
from projects.services.standings import frozen, ranking_of
from projects.services.trail import hash_of
from projects.services.votes import keyed, voter_of

OPENS, CLOSES, PUBLISHED = moment(11, 10, 9, 5), moment(11, 10, 11, 35), moment(11, 10, 11, 45)
VOTERS = 386
# The projects' share of the hearts in the hall, in the order of their pitches.
WEIGHTS = (5, 9, 4, 7, 16, 6, 8, 5, 6, 11)
STRUCK = 9  # sent by one telephone within a minute


def load_audience(context: Context) -> None:
    rng = context.rng("audience")
    round = save_round(context)
    entries = context.save([*entries_of(round)])
    context.save([*votes(context, round, entries, rng)])
    trail = context.save([*steps(context, round)])
    round.trail_length, round.trail_head = len(trail), trail[-1].sha256
    round.published = frozen(round, ranking_of(round)) | {"made_at": PUBLISHED.isoformat()}
    round.published_at, round.state, round.revealed = PUBLISHED, Round.State.PUBLISHED, 1
    round.save()


def save_round(context: Context) -> Round:
    round = Round(
        competition=Competition.objects.get(edition=context.edition),
        number=2,
        name_en="Audience prize",
        name_zh_hans="最受观众欢迎项目",
        mode=Round.Mode.AUDIENCE,
        tie_rule=Round.TieRule.SHARED,
        starts_at=OPENS,
        ends_at=CLOSES,
        winners=1,
    )
    context.save([round])
    context.save(
        [Prize(round=round, place=1, name_en="Audience prize", name_zh_hans="最受观众欢迎奖")]
    )
    return round


def entries_of(round: Round) -> Iterator[Entry]:
    """The entries of the final, in the same order."""
    for one in Entry.objects.filter(round__competition=round.competition, round__number=1):
        yield Entry(
            round=round, project=one.project, position=one.position, session_id=one.session_id
        )


def votes(context: Context, round: Round, entries: list[Entry], rng: Random) -> Iterator[Vote]:
    """One of each badge that voted; those that one telephone sent are struck out."""
    came = Registration.objects.confirmed().filter(edition=context.edition)
    people = rng.sample([*came.select_related("person").order_by("pk")], VOTERS + STRUCK)
    said = {"round": round, "via": Vote.Via.BADGE, "checked_by": context.users["organizer"]}
    for place, row in enumerate(people):
        is_struck = place < STRUCK
        at = OPENS + timedelta(seconds=rng.randrange(9000))
        yield Vote(
            **said,
            voter=voter_of(row.person),
            entry=entries[2] if is_struck else rng.choices(entries, WEIGHTS)[0],
            source=keyed("from:telephone" if is_struck else f"from:hall-{rng.randrange(40)}"),
            state=Vote.State.STRUCK if is_struck else Vote.State.COUNTED,
            reason="Nine badges from one telephone within a minute." if is_struck else "",
            at=CLOSES - timedelta(seconds=5 * (place + 1)) if is_struck else at,
        )


def steps(context: Context, round: Round) -> Iterator[Score]:
    """What the chair did with the round: its trail."""
    rng, previous = context.rng("audience-steps"), ""
    moments = {"open": OPENS, "close": CLOSES, "publish": PUBLISHED}
    for number, (kind, at) in enumerate(moments.items(), 1):
        line = Score(round=round, number=number, kind=kind, at=at, previous=previous)
        line.by, line.key = context.users["organizer"], UUID(int=rng.getrandbits(128), version=4)
        line.sha256 = previous = hash_of(line)
        yield line
