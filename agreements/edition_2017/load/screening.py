"""The screening as it was done: phases, checklist, reviewers, reviews of a share, decisions."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random

from agreements.edition_2017.load.context import Context, between, moment
from agreements.edition_2017.text import Text
from attendees.models import Person
from projects.assigning import Entry, Judge, Problem, assign
from projects.models import (
    Decision,
    EligibilityCheck,
    EligibilityItem,
    Project,
    Review,
    ReviewCriterion,
    Reviewer,
    ReviewPhase,
    ReviewScore,
    Sector,
    SelectionQuota,
)
from projects.services.conflicts import conflict_pairs, find_conflicts

Mode, State, Status = ReviewPhase.Mode, Review.State, Project.Status

PHASES = (
    (Mode.ELIGIBILITY, Text("Eligibility", "资格审查"), moment(9, 1), moment(9, 15, 18), 1),
    (Mode.SCORES, Text("Expert review", "专家评审"), moment(9, 18), moment(10, 13, 18), 3),
)
GUIDES = {
    Mode.ELIGIBILITY: Text("The office checks it line by line.", "由组委会逐项审查。"),
    Mode.SCORES: Text(
        "Judge what the text says. You are not told who brings a project, and nobody is told who reviewed it.",
        "请依据材料内容评审。本阶段匿名进行：专家不知申报人，申报人不知专家。",
    ),
}
CHECKLIST = (
    Text("The application is complete and signed", "申报材料完整并已签署"),
    Text("The team holds the rights to its technology", "团队拥有核心技术的合法权利"),
    Text("The holder can come to Hangzhou for the conference", "负责人可来杭参会"),
    Text("No agreement with another host city is in force", "未与其他城市签署落地协议"),
)
CRITERIA = (
    (Text("Novelty", "创新性"), Text("5: a first of its kind. 0: nothing new.", "5分：首创；0分：无创新。"), 3),
    (Text("Market", "市场前景"), Text("5: customers pay already. 0: no market.", "5分：已有付费客户；0分：无市场。"), 3),
    (Text("Team", "团队"), Text("5: complete and proven. 0: nobody to do it.", "5分：完整且有业绩；0分：无执行团队。"), 2),
    (Text("Fit for Hangzhou", "落地可行性"), Text("5: starts here within a year. 0: no plan.", "5分：一年内落地；0分：无计划。"), 2),
)  # fmt: skip
TO_BOARD = (
    Text("Solid work; the figures on the market are hopeful.", "基础扎实，市场数据偏乐观。"),
    Text("A strong team. I would invite them.", "团队实力强，建议邀请。"),
    Text("Close to what is sold already.", "与现有产品相近。"),
    Text("A park with clean rooms would be needed.", "落地需配备洁净厂房的园区。"),
)
TO_APPLICANT = (
    Text("Show first customers at the conference.", "建议在大会上展示首批客户。"),
    Text("Say more about who makes it in series.", "请补充量产方案。"),
    Text("The comparison with others is convincing.", "与同类产品的对比很有说服力。"),
)
AWAY = Text("Too far from my field to judge it.", "与本人研究领域相距较远。")
REVIEWED = {Status.ACCEPTED: 120, Status.SHORTLISTED: 30, Status.IN_REVIEW: 40, Status.DECLINED: 20}
LEVEL = {Status.ACCEPTED: 3.7, Status.SHORTLISTED: 4.2, Status.IN_REVIEW: 3.2, Status.DECLINED: 2.0}
REVIEWERS, PLACES = 24, {"accept": 8, "reserve": 5, "decline": 4}


def load_screening(context: Context) -> None:
    """Phases and reviews of a share of the projects; some decisions are pending still."""
    rng = context.rng("screening")
    _check, scoring = phases_of(context)
    projects = chosen(context, rng)
    save_checklist(context, projects, rng)
    reviewers = save_reviewers(context, rng)
    save_criteria(context, scoring)
    save_reviews(context, scoring, projects, reviewers, rng)
    save_quotas(context)
    save_decisions(context, projects, rng)


def phases_of(context: Context) -> list[ReviewPhase]:
    return context.save(
        [
            ReviewPhase(
                edition=context.edition,
                number=number,
                mode=mode,
                name_en=name.en,
                name_zh_hans=name.zh,
                guide_en=GUIDES[mode].en,
                guide_zh_hans=GUIDES[mode].zh,
                starts_at=start,
                ends_at=end,
                wanted=wanted,
                is_blind=mode == Mode.SCORES,
            )
            for number, (mode, name, start, end, wanted) in enumerate(PHASES, 1)
        ]
    )


def chosen(context: Context, rng: Random) -> list[Project]:
    """Some projects of each standing, in the order of their references."""
    rows = Project.objects.filter(edition=context.edition).select_related("holder", "sector")
    found: list[Project] = []
    for status, count in REVIEWED.items():
        here = list(rows.filter(status=status).order_by("reference"))
        found += rng.sample(here, min(count, len(here)))
    return sorted(found, key=lambda project: project.reference)


def save_checklist(context: Context, projects: list[Project], rng: Random) -> None:
    items = context.save(
        [
            EligibilityItem(
                edition=context.edition, position=number, text_en=text.en, text_zh_hans=text.zh
            )
            for number, text in enumerate(CHECKLIST, 1)
        ]
    )
    by = context.users["organizer"]
    checks = []
    for project in projects:
        at = between(PHASES[0][2], PHASES[0][3], rng)
        checks += [
            EligibilityCheck(project=project, item=item, is_met=True, at=at, by=by)
            for item in items
        ]
    context.save(checks)


def save_reviewers(context: Context, rng: Random) -> list[Reviewer]:
    """Invited professionals who bring no project themselves, each with two sectors."""
    brought = Project.objects.filter(edition=context.edition)
    holders = set(brought.values_list("holder", flat=True))
    people = Person.objects.filter(
        invitations__edition=context.edition, invitations__category__kind="professional"
    )
    free = [one for one in people.order_by("sort_key", "pk").distinct() if one.pk not in holders]
    seats = rng.sample(free, min(REVIEWERS, len(free)))
    made = context.save([Reviewer(edition=context.edition, person=one, most=40) for one in seats])
    tops = list(Sector.objects.filter(parent=None).order_by("slug"))
    known = Reviewer.sectors.through
    context.save(
        [
            known(reviewer=one, sector=tops[(number + step) % len(tops)])
            for number, one in enumerate(made)
            for step in range(2)
        ]
    )
    return made


def save_criteria(context: Context, phase: ReviewPhase) -> None:
    context.save(
        [
            ReviewCriterion(
                phase=phase,
                position=number,
                name_en=name.en,
                name_zh_hans=name.zh,
                help_en=rubric.en,
                help_zh_hans=rubric.zh,
                weight=Decimal(weight),
            )
            for number, (name, rubric, weight) in enumerate(CRITERIA, 1)
        ]
    )


def save_reviews(
    context: Context,
    phase: ReviewPhase,
    projects: list[Project],
    reviewers: list[Reviewer],
    rng: Random,
) -> None:
    by_key = {one.pk: one for one in reviewers}
    given = assign(problem_of(projects, reviewers, phase.wanted)).pairs
    level = {one.pk: rng.gauss(LEVEL[one.status], 0.5) for one in projects}
    reviews = [
        review_of(phase, project, by_key[key], context, rng, is_away=rng.random() < 0.04)
        for project, key in in_order(given, projects)
    ]
    context.save(reviews)
    context.save([*scores_of(reviews, list(phase.criteria.all()), level, rng)])


def problem_of(projects: list[Project], reviewers: list[Reviewer], wanted: int) -> Problem:
    by_person = {one.person_id: one.pk for one in reviewers}
    conflicts = conflict_pairs(find_conflicts([one.person for one in reviewers], projects))
    knows = {one.pk: set(one.sectors.values_list("pk", flat=True)) for one in reviewers}
    return Problem(
        entries=[Entry(one.pk, one.sector.parent_id or one.sector_id, wanted) for one in projects],
        judges=[Judge(one.pk, frozenset(knows[one.pk]), one.most) for one in reviewers],
        conflicts=[(project, by_person[person]) for project, person in conflicts],
    )


def in_order(pairs, projects: list[Project]) -> Iterator[tuple[Project, int]]:
    by_key = {one.pk: one for one in projects}
    for project, reviewer in pairs:
        yield by_key[project], reviewer


def review_of(
    phase: ReviewPhase,
    project: Project,
    reviewer: Reviewer,
    context: Context,
    rng: Random,
    is_away: bool,
) -> Review:
    language = "zh" if reviewer.person.preferred_language == "zh-hans" else "en"
    board, applicant = rng.choice(TO_BOARD), rng.choice(TO_APPLICANT)
    says_more = rng.random() < 0.4
    return Review(
        phase=phase,
        project=project,
        reviewer=reviewer,
        state=State.ABSTAINED if is_away else State.DONE,
        reason=getattr(AWAY, language) if is_away else "",
        to_board="" if is_away else getattr(board, language),
        to_applicant=getattr(applicant, language) if says_more and not is_away else "",
        assigned_at=phase.starts_at,
        assigned_by=context.users["organizer"],
        answered_at=between(phase.starts_at + timedelta(days=1), phase.ends_at, rng),
    )


def scores_of(reviews, criteria, level: dict[int, float], rng: Random) -> Iterator[ReviewScore]:
    for review in reviews:
        for criterion in criteria if review.state == State.DONE else []:
            value = round(level[review.project_id] + rng.gauss(0, 0.6))
            yield ReviewScore(review=review, criterion=criterion, value=min(max(value, 0), 5))


def save_quotas(context: Context) -> None:
    """A few more places in each sector than were accepted in the end."""
    rows = []
    for sector in Sector.objects.filter(parent=None).order_by("slug"):
        waiting = Project.objects.filter(edition=context.edition, status=Status.IN_REVIEW)
        count = waiting.filter(sector__parent=sector).count()
        if count:
            places = max(1, round(count * 0.3))
            rows.append(SelectionQuota(edition=context.edition, sector=sector, places=places))
    context.save(rows)


def save_decisions(context: Context, projects: list[Project], rng: Random) -> None:
    """What the board meant to do with those still in review; nothing of it was released."""
    waiting = [one for one in projects if one.status == Status.IN_REVIEW]
    rng.shuffle(waiting)
    rows = []
    for outcome, count in PLACES.items():
        for rank in range(1, min(count, len(waiting)) + 1):
            rows.append(
                Decision(
                    edition=context.edition,
                    project=waiting.pop(),
                    outcome=outcome,
                    rank=rank if outcome == "reserve" else None,
                    decided_at=moment(10, 16, 10) + timedelta(minutes=3 * len(rows)),
                    decided_by=context.users["organizer"],
                )
            )
    context.save(rows)
