"""The call of 2017: two kinds of projects, sectors with limits, codes, some applications."""

from datetime import datetime, timedelta

from agreements.edition_2017.load.context import Context, between, moment
from agreements.edition_2017.text import Text
from attendees.models import Association, Form, FormField, FormSection, Person, Registration
from projects.models import (
    Application,
    ApplicationVersion,
    Call,
    CallKind,
    CallSector,
    Project,
    ProjectCode,
    Sector,
    TeamMember,
)
from projects.services.codes import draw_codes
from projects.services.snapshots import content_of, version_of

OPENS, CLOSES = moment(3, 20), moment(9, 15, 18)
APPLICATIONS, CORRECTED, IN_TEAM = 40, 3, 12
NAME = Text("Call for projects 2017", "2017年创新创业项目征集")
LEAD = Text(
    "The conference calls for startup projects that want to land in Hangzhou: teams of talents "
    "from abroad with a technology of their own, and young companies that look for partners, "
    "funding or space. The best are invited to the competition and meet the city's parks.",
    "大会面向海内外征集有意落户杭州的创新创业项目：拥有自主技术的海外人才团队，以及寻求合作、"
    "融资或场地的初创企业。优秀项目将受邀参加大赛，并与各园区对接。",
)
KINDS = [
    (
        "team",
        Text("Startup team", "创业团队"),
        Text(
            "No company yet: a technology, a team and a plan.",
            "尚未成立公司：有技术、有团队、有计划。",
        ),
    ),
    (
        "company",
        Text("Innovation company", "创新企业"),
        Text("Founded at most five years ago.", "成立不超过五年。"),
    ),
]
QUESTIONS = [
    (
        "novelty",
        "long_text",
        Text("What is new about it?", "创新之处是什么？"),
    ),
    ("patents", "number", Text("Patents granted", "已授权专利数")),
    ("landing", "yes_no", Text("Do you want to land in Hangzhou?", "是否有意落户杭州？")),
]
ROLES = ["Chief technology officer", "Finance", "Product"]


def load_call(context: Context) -> None:
    rng = context.rng("call")
    call, kinds = save_call(context)
    codes = save_codes(call)
    sent = [project for project in candidates(context) if project.holder_id]
    chosen = sorted(rng.sample(sent, min(APPLICATIONS, len(sent))), key=lambda one: one.reference)
    rows = context.save(
        [
            Application(
                project=project,
                call=call,
                kind=kinds[1 if project.founded_year else number % 2],
                code=codes[number % 7] if number % 7 < len(codes) else None,
                applicant_id=project.holder_id,
                answers={"patents": rng.randint(0, 12), "landing": "yes"},
                created_at=(begun := between(OPENS, moment(8, 20), rng)),
                saved_at=(at := begun + timedelta(hours=rng.randint(2, 500))),
                submitted_at=at,
            )
            for number, project in enumerate(chosen)
        ]
    )
    save_team(context, rows[:IN_TEAM])
    save_versions(context, rows)


def save_call(context: Context) -> tuple[Call, list[CallKind]]:
    call = Call(
        edition=context.edition,
        name_en=NAME.en,
        name_zh_hans=NAME.zh,
        text_en=LEAD.en,
        text_zh_hans=LEAD.zh,
        opens_at=OPENS,
        closes_at=CLOSES,
    )
    context.save([call])
    form = save_form(context)
    kinds = context.save(
        [
            CallKind(
                call=call,
                slug=slug,
                name_en=name.en,
                name_zh_hans=name.zh,
                help_en=help.en,
                help_zh_hans=help.zh,
                form=form,
                needs_deck=False,
                position=number,
            )
            for number, (slug, name, help) in enumerate(KINDS)
        ]
    )
    tops = Sector.objects.filter(parent=None).order_by("position", "slug")
    context.save([CallSector(call=call, sector=one, most=None) for one in tops])
    return call, kinds


def save_form(context: Context) -> Form:
    """What both kinds are asked beside what every project is."""
    form = Form.objects.create(
        edition=context.edition,
        slug="call",
        name_en="Questions of the call",
        name_zh_hans="征集问卷",
        position=9,
    )
    section = FormSection.objects.create(
        form=form, title_en="About the project", title_zh_hans="项目情况"
    )
    for number, (key, kind, label) in enumerate(QUESTIONS):
        FormField.objects.create(
            form=form,
            section=section,
            key=key,
            kind=kind,
            label_en=label.en,
            label_zh_hans=label.zh,
            position=number,
        )
    return form


def save_codes(call: Call) -> list[ProjectCode]:
    """A code for some of the associations that bring projects."""
    found = list(Association.objects.order_by("pk")[:3])
    codes = []
    for one in found:
        codes += draw_codes(call, [str(one)[:200]], association=one, most_uses=20)
    return codes


def candidates(context: Context) -> list[Project]:
    """Projects that were looked at: they have come in by the call."""
    rows = Project.objects.filter(
        edition=context.edition, status__in=["accepted", "shortlisted", "in_review", "declined"]
    )
    return list(rows.select_related("sector").order_by("reference"))


def save_team(context: Context, rows: list[Application]) -> None:
    """A colleague each, who has added their part."""
    visitors = Registration.objects.filter(edition=context.edition, category__kind="visitor")
    ids = list(visitors.order_by("pk").values_list("person", flat=True)[: len(rows)])
    people = Person.objects.in_bulk(ids)
    context.save(
        [
            TeamMember(
                application=row,
                person=people[key],
                name_native=people[key].name_native,
                name_latin=people[key].name_latin,
                email=people[key].email,
                role=ROLES[number % len(ROLES)],
                state=TeamMember.State.JOINED,
                asked_at=row.created_at,
                answered_at=row.submitted_at,
            )
            for number, (row, key) in enumerate(zip(rows, ids, strict=False))
        ]
    )


def save_versions(context: Context, rows: list[Application]) -> None:
    """What was sent; of some accepted projects a correction after that too."""
    versions: list[ApplicationVersion] = []
    corrected = 0
    for row in rows:
        content = content_of(row)
        is_corrected = row.project.status == "accepted" and corrected < CORRECTED
        sent = content | {"stage": "prototype"} if is_corrected else content
        versions.append(version_of(row, sent, 1, at=row.submitted_at, status="applied"))
        if is_corrected:
            versions.append(
                version_of(row, content, 2, at=corrected_at(corrected), status="accepted")
            )
            corrected += 1
    context.save(versions)


def corrected_at(number: int) -> datetime:
    return moment(10, 16 + number, 10)
