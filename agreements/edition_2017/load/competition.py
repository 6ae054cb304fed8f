"""The final as it was judged: jury, criteria, every score with its line of the trail, prizes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from agreements.edition_2017.load.context import Context, moment
from agreements.edition_2017.text import Text
from attendees.models import Person
from events.models import Appearance, Session
from projects.models import (
    Assignment,
    Competition,
    Criterion,
    Entry,
    Juror,
    Prize,
    Project,
    Round,
    Score,
)
from projects.services.standings import frozen, ranking_of
from projects.services.trail import hash_of

Kind = Score.Kind
OPENS, CLOSES, PUBLISHED = moment(11, 10, 8, 50), moment(11, 10, 11, 40), moment(11, 10, 11, 45)

CONTEST = Text("Innovation and Startup Competition", "创新创业大赛")
LEAD = Text(
    "Ten of the projects invited to the conference pitched in the final, fifteen minutes each, before a jury of scholars, investors and engineers.",
    "大会邀请的项目中，十个项目进入决赛，逐一进行十五分钟路演，由专家学者、投资人和企业技术负责人组成的评审团现场打分。",
)
CRITERIA = (
    (
        Text("Technology", "技术创新"),
        Text(
            "10: a first of its kind, proven. 5: better than what is sold. 0: nothing new.",
            "10分：首创且已验证；5分：优于现有产品；0分：无创新。",
        ),
        Decimal(35),
    ),
    (
        Text("Market", "市场前景"),
        Text(
            "10: customers pay already. 5: the market is clear, the way to it is not. 0: no market.",
            "10分：已有付费客户；5分：市场明确、路径待定；0分：无市场。",
        ),
        Decimal(30),
    ),
    (
        Text("Team", "团队实力"),
        Text(
            "10: has done it before, complete. 5: able, but something is missing. 0: nobody is there to do it.",
            "10分：经验丰富、结构完整；5分：能力较强、尚有短板；0分：无执行团队。",
        ),
        Decimal(20),
    ),
    (
        Text("Fit for Hangzhou", "落地杭州"),
        Text(
            "10: starts here within the year. 5: interested, conditions are open. 0: no plan to come.",
            "10分：年内落地；5分：有意向、条件待议；0分：无落地计划。",
        ),
        Decimal(15),
    ),
)
PRIZES = (
    (Text("First prize", "一等奖"), Decimal(500_000)),
    (Text("Second prize", "二等奖"), Decimal(300_000)),
    (Text("Third prize", "三等奖"), Decimal(200_000)),
)
# How harsh (below zero) or lenient each juror is, in points.
LENIENCIES = (0.9, -1.4, 0.3, -0.4, 0.6, -0.2)
# Entry and juror, counted from nought: who gave which entry no card.
AWAY = (
    (4, 1, Kind.RECUSE, "Advises the company of this project."),
    (8, 0, Kind.ABSTAIN, "Called out of the hall during the pitch."),
)
Away = dict[tuple[Entry, Juror], tuple[str, str]]


@dataclass
class Final:
    """The round with its rows, as the trail needs them."""

    round: Round
    entries: list[Entry]
    criteria: list[Criterion]
    jurors: list[Juror]


def load_competition(context: Context) -> None:
    """Everything of the final, from its rules to its published ranking."""
    rng = context.rng("competition")
    final = save_final(context)
    away = seat_jurors(context, final)
    trail = [*chained(final, touches(final, away, rng), context, rng)]
    context.save(trail)
    publish(final.round, trail)


def save_final(context: Context) -> Final:
    contest = Competition(
        edition=context.edition,
        name_en=CONTEST.en,
        name_zh_hans=CONTEST.zh,
        text_en=LEAD.en,
        text_zh_hans=LEAD.zh,
    )
    context.save([contest])
    round = Round(
        competition=contest,
        number=1,
        name_en="Final",
        name_zh_hans="总决赛",
        starts_at=OPENS,
        ends_at=CLOSES,
        cards_per_entry=len(LENIENCIES),
    )
    context.save([round])
    save_prizes(context, round)
    return Final(
        round,
        context.save([*entries_of(round, context)]),
        context.save([*criteria_of(round)]),
        context.save([*jurors_of(round, context)]),
    )


def entries_of(round: Round, context: Context) -> Iterator[Entry]:
    """The pitches of the final, each with the project whose title it bears."""
    pitches = Session.objects.filter(edition=context.edition, code__regex=r"^pitch-\d+$")
    projects = Project.objects.filter(edition=context.edition, status="shortlisted")
    by_title = {f"Pitch: {project.title_en}": project for project in projects}
    for pitch in sorted(pitches, key=lambda one: int(one.code.removeprefix("pitch-"))):
        number = int(pitch.code.removeprefix("pitch-"))
        yield Entry(round=round, project=by_title[pitch.title_en], position=number, session=pitch)


def criteria_of(round: Round) -> Iterator[Criterion]:
    for position, (name, rubric, weight) in enumerate(CRITERIA, 1):
        yield Criterion(
            round=round,
            name_en=name.en,
            name_zh_hans=name.zh,
            rubric_en=rubric.en,
            rubric_zh_hans=rubric.zh,
            weight=weight,
            position=position,
        )


def jurors_of(round: Round, context: Context) -> Iterator[Juror]:
    """Who sits in the jury of the final is on its stage."""
    # Key by key: so soon after the rows were written the planner knows nothing of them yet.
    stages = Session.objects.filter(edition=context.edition, code="final-opening")
    (stage,) = stages.values_list("pk", flat=True)
    seats = Appearance.objects.filter(session=stage, role=Appearance.Role.JUROR)
    speakers = list(seats.values_list("speaker", flat=True))
    found = Person.objects.filter(speakers__in=speakers).order_by("sort_key", "pk")
    for number, person in enumerate(found.distinct()):
        yield Juror(round=round, person=person, is_lead=number == 0)


def save_prizes(context: Context, round: Round) -> None:
    context.save(
        [
            Prize(
                round=round,
                place=place,
                name_en=name.en,
                name_zh_hans=name.zh,
                amount=amount,
            )
            for place, (name, amount) in enumerate(PRIZES, 1)
        ]
    )


def seat_jurors(context: Context, final: Final) -> Away:
    """Every juror judges every entry, but who knows a project too well or had to go out."""
    away: Away = {
        (final.entries[entry], final.jurors[juror]): (kind, reason)
        for entry, juror, kind, reason in AWAY
    }
    states = {Kind.RECUSE: "recused", Kind.ABSTAIN: "abstained"}
    context.save(
        [
            Assignment(
                entry=one,
                juror=who,
                state=states[away[one, who][0]] if (one, who) in away else "assigned",
            )
            for one in final.entries
            for who in final.jurors
        ]
    )
    return away


def touches(final: Final, away: Away, rng: Random) -> Iterator[dict]:
    """What was touched, in the order of time: each entry in its quarter of an hour."""
    yield {"kind": Kind.OPEN, "at": OPENS}
    for place, entry in enumerate(final.entries):
        begin = moment(11, 10, 9) + timedelta(minutes=15 * place)
        quality = rng.gauss(6.8, 0.9)
        here = [
            touch
            for number, juror in enumerate(final.jurors)
            for touch in card(final, entry, juror, LENIENCIES[number % 6] + quality, begin, rng)
            if (entry, juror) not in away
        ]
        here += [
            {
                "kind": kind,
                "at": begin + timedelta(minutes=4),
                "juror": who,
                "entry": one,
                "reason": reason,
            }
            for (one, who), (kind, reason) in away.items()
            if one == entry
        ]
        yield from sorted(here, key=lambda touch: touch["at"])
    yield {"kind": Kind.CLOSE, "at": CLOSES}
    yield {"kind": Kind.PUBLISH, "at": PUBLISHED}


def card(
    final: Final, entry: Entry, juror: Juror, level: float, begin: datetime, rng: Random
) -> Iterator[dict]:
    """A juror's points for an entry; now and then they think again."""
    said = {"kind": Kind.SCORE, "juror": juror, "entry": entry}
    for criterion in final.criteria:
        points = [round(level + rng.gauss(0, 0.8))]
        if rng.random() < 0.06:
            points.append(points[0] + rng.choice([-1, 1]))
        at = begin + timedelta(seconds=rng.randrange(360, 840))
        for turn, value in enumerate(points):
            value = min(max(value, 1), 10)
            yield {
                **said,
                "criterion": criterion,
                "value": value,
                "at": at + timedelta(seconds=9 * turn),
            }


def chained(
    final: Final, touched: Iterator[dict], context: Context, rng: Random
) -> Iterator[Score]:
    """The lines of the trail, each with the hash of the one before."""
    previous = ""
    for number, said in enumerate(touched, 1):
        by = None if said.get("juror") else context.users["organizer"]
        line = Score(round=final.round, number=number, by=by, previous=previous, **said)
        line.key = UUID(int=rng.getrandbits(128), version=4)
        line.sha256 = previous = hash_of(line)
        yield line


def publish(round: Round, trail: list[Score]) -> None:
    """Freeze the ranking as it stood at noon of the last day."""
    round.trail_length, round.trail_head = trail[-1].number, trail[-1].sha256
    round.published = frozen(round, ranking_of(round)) | {"made_at": PUBLISHED.isoformat()}
    round.published_at, round.state, round.revealed = PUBLISHED, Round.State.PUBLISHED, len(PRIZES)
    round.save()
