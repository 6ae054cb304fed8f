"""Agreements with their parties: 206 signed on the first day, and those not yet signed."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from agreements.edition_2017 import deals
from agreements.edition_2017.deals import Price
from agreements.edition_2017.load.context import Context, between, moment
from agreements.edition_2017.load.hosts import park_host
from agreements.edition_2017.load.places_of_work import committee_of
from agreements.edition_2017.load.programme import Stage
from agreements.edition_2017.load.projects import Portfolio
from agreements.edition_2017.names import draw_name
from agreements.edition_2017.names.book import for_chinese_readers
from agreements.edition_2017.organizations import titles
from agreements.edition_2017.organizations.companies import company
from agreements.edition_2017.organizations.universities import UNIVERSITIES
from agreements.edition_2017.places import DISTRICTS, PARKS, ParkRow
from agreements.edition_2017.rates import SIGNING_DAY
from agreements.edition_2017.sectors import SECTOR_OF, SUBSECTORS
from agreements.edition_2017.text import Text
from agreements.models import Agreement, AgreementParty, Party
from events.models import Park, Session
from projects.models import Meeting, Project

Status = Agreement.Status
Role = AgreementParty.Role
NOT_SIGNED = {Status.INTENTION: 64, Status.NEGOTIATING: 41, Status.READY: 23, Status.CANCELLED: 9}
KEY_PROJECTS = 30
# Four in five signed projects are of the province's priority industries, as reported.
PRIORITY = {row.slug for row in SUBSECTORS if row.is_priority}
PRIORITY_SHARE = 0.84
# Their sessions begin after the first tables of the afternoon have closed.
LATE_SECTORS = ("manufacturing", "finance")


@dataclass
class Deal:
    """An agreement in the making: its project, park, kind, price and sides."""

    project: Project
    park: ParkRow
    kind: str
    status: str
    price: Price
    row: Agreement | None = None
    meeting: Meeting | None = None
    sides: list[AgreementParty] = field(default_factory=list)
    is_key_project: bool = False

    @property
    def sector(self) -> str:
        return SECTOR_OF[self.project.sector.slug]

    @property
    def is_late_signing(self) -> bool:
        """Signed late enough in the day to have met at a table before."""
        is_late = self.sector in LATE_SECTORS and not self.is_key_project
        return self.status == Status.SIGNED and is_late


class Parties:
    """Every party once, by its name."""

    def __init__(self, context: Context) -> None:
        self.context, self.rng = context, context.rng("parties")
        self.rows: dict[str, Party] = {}

    def get(self, kind: str, name: Text, country: str = "CN", **fields) -> Party:
        if name.en not in self.rows:
            self.rows[name.en] = Party(
                kind=kind, name_en=name.en, name_zh_hans=name.zh, country=country, **fields
            )
        return self.rows[name.en]

    def investor(self) -> Party:
        country = "CN" if self.rng.random() < 0.8 else self.rng.choice(["US", "SG", "HK"])
        return self.get(Party.Kind.INVESTOR, company(country, "capital", self.rng), country)

    def university(self, project: Project) -> Party:
        places = UNIVERSITIES.get(str(project.country)) or UNIVERSITIES["CN"]
        name = self.rng.choice(places)
        return self.get(Party.Kind.UNIVERSITY, name, str(project.country))


def plan_agreements(context: Context, portfolio: Portfolio) -> list[Deal]:
    """Which project makes which deal; nothing is saved yet."""
    made = choose_deals(context, portfolio, context.rng("deals"))
    signed = [deal for deal in made if deal.status == Status.SIGNED]
    for deal in sorted(signed, key=lambda deal: deal.price.cny)[-KEY_PROJECTS:]:
        deal.is_key_project = True
    return made


def save_agreements(context: Context, portfolio: Portfolio, stage: Stage, made: list[Deal]) -> None:
    rng = context.rng("agreements")
    parties = Parties(context)
    parks = {park.slug: park for park in Park.objects.select_related("district")}
    order = {id(deal): n for n, deal in enumerate(rng.sample(made, len(made)), 1)}
    for deal in made:
        deal.row = as_row(context, deal, order[id(deal)], parks[deal.park.slug], rng)
        deal.sides = sides_of(context, deal, parties, parks[deal.park.slug], portfolio, rng)
    arrange_signings(made, stage)
    context.save(list(parties.rows.values()))
    context.save([deal.row for deal in made])
    save_sides(context, made)


def save_sides(context: Context, made: list[Deal]) -> None:
    """Sides take over the keys that agreement and party have now."""
    for deal in made:
        for side in deal.sides:
            side.agreement, side.party = deal.row, side.party
    context.save([side for deal in made for side in deal.sides])


def choose_deals(context: Context, portfolio: Portfolio, rng: Random) -> list[Deal]:
    """The signed projects, of different holders where there are enough, then the open ones."""
    candidates = [
        project
        for project in portfolio.at_the_conference()
        if portfolio.guests[project.reference].seated_at
    ]
    rng.shuffle(candidates)
    candidates.sort(key=lambda project: project.stage == Project.Stage.IDEA)
    count = deals.SIGNED * context.scale
    signed = choose_signed(candidates, count)
    taken = {project.reference for project in signed}
    rest = [project for project in candidates if project.reference not in taken]
    prices = deals.signed_prices(count, deals.VOLUME_CNY * context.scale, rng)
    made = [
        make_deal(project, Status.SIGNED, price, rng)
        for project, price in zip(signed, prices, strict=True)
    ]
    for status, number in NOT_SIGNED.items():
        for _each in range(number * context.scale):
            made.append(make_deal(rest.pop(), status, deals.open_price(rng), rng))
    return made


def choose_signed(candidates: list[Project], count: int) -> list[Project]:
    wanted = round(count * PRIORITY_SHARE)
    priority = [project for project in candidates if project.sector.slug in PRIORITY]
    other = [project for project in candidates if project.sector.slug not in PRIORITY]
    return priority[:wanted] + other[: count - wanted]


def make_deal(project: Project, status: str, price: Price, rng: Random) -> Deal:
    kind = rng.choices([*deals.KINDS], [*deals.KINDS.values()])[0]
    return Deal(project, some_park(project, rng), kind, status, price)


def some_park(project: Project, rng: Random) -> ParkRow:
    """A park for the project's sector, by the weight of its district."""
    sector = SECTOR_OF[project.sector.slug]
    fitting = [park for park in PARKS if sector in park.sectors]
    districts = {park.district for park in fitting}
    weights = [row.weight if row.code in districts else 0 for row in DISTRICTS]
    district = rng.choices(DISTRICTS, weights)[0]
    return rng.choice([park for park in fitting if park.district == district.code])


def as_row(context: Context, deal: Deal, number: int, park: Park, rng: Random) -> Agreement:
    project = deal.project
    name = Text(project.title_en, project.title_zh_hans)
    title = deals.title_of(deal.kind, name, deal.park.name, rng)
    row = Agreement(
        edition=context.edition,
        reference=f"HZ-2017-{number:04}",
        title_en=title.en,
        title_zh_hans=title.zh,
        project=project,
        meeting=deal.meeting,
        sector=project.sector,
        district=park.district,
        park=park,
        country=project.country,
        amount=deal.price.amount,
        currency=deal.price.currency,
        status=deal.status,
        created_at=between(moment(9, 18), moment(11, 7, 17), rng),
        created_by=context.users["staff"],
    )
    if deal.status == Status.SIGNED:
        row.signed_on = row.rate_on = SIGNING_DAY
        row.rate, row.usd_rate = deals.RATES[deal.price.currency], deals.USD
    if deal.status == Status.CANCELLED:
        row.cancelled_on = date(2017, 11, rng.randint(1, 8))
        reason = rng.choice(deals.REASONS_TO_CANCEL)
        row.cancel_reason = f"{reason.en} {reason.zh}"
    return row


# Who signs ---------------------------------------------------------------------------


def sides_of(
    context: Context,
    deal: Deal,
    parties: Parties,
    park: Park,
    portfolio: Portfolio,
    rng: Random,
) -> list[AgreementParty]:
    sides = [project_side(deal, parties, portfolio), host_side(context, deal, parties, park)]
    if deal.kind == "investment" or rng.random() < 0.2:
        sides.append(outsider(deal, parties.investor(), Role.INVESTOR, titles.INVESTOR, parties))
    if deal.kind == "laboratory":
        university = parties.university(deal.project)
        sides.append(outsider(deal, university, Role.PROJECT, titles.PROFESSOR, parties))
    for position, side in enumerate(sides):
        side.position = position
    return sides


def project_side(deal: Deal, parties: Parties, portfolio: Portfolio) -> AgreementParty:
    """The project's company; a team that has none yet signs through its holder."""
    project = deal.project
    person = portfolio.guests[project.reference].person
    country = str(project.country)
    if "创业团队" in project.organization_zh_hans:
        # A reader of either language should find the holder under a name they can read.
        readable = for_chinese_readers(person.name_native, person.name_latin)
        name = Text(person.name_latin, readable)
        kind, tie = Party.Kind.PERSON, {"person": person}
    else:
        name = Text(project.organization_en, project.organization_zh_hans)
        kind, tie = Party.Kind.COMPANY, {}
    return AgreementParty(
        party=parties.get(kind, name, country, **tie),
        role=Role.PROJECT,
        signer_native=person.name_native,
        signer_latin=person.name_latin,
        signer_title_en=person.title_en,
        signer_title_zh_hans=person.title_zh_hans,
    )


def host_side(context: Context, deal: Deal, parties: Parties, park: Park) -> AgreementParty:
    committee = committee_of(deal.park.name)
    host = park_host(context, park.slug)
    return AgreementParty(
        party=parties.get(Party.Kind.GOVERNMENT, committee, district=park.district),
        role=Role.HOST,
        signer_native=host.native,
        signer_latin=host.latin,
        signer_title_en="Deputy Director",
        signer_title_zh_hans="副主任",
    )


def outsider(
    deal: Deal, party: Party, role: str, jobs: tuple[Text, ...], parties: Parties
) -> AgreementParty:
    name, _is_chinese = draw_name(str(party.country), parties.rng)
    job = parties.rng.choice(jobs)
    return AgreementParty(
        party=party,
        role=role,
        signer_native=name.native,
        signer_latin=name.latin,
        signer_title_en=job.en,
        signer_title_zh_hans=job.zh,
    )


# Where and in which order -------------------------------------------------------------


def arrange_signings(made: list[Deal], stage: Stage) -> None:
    """The largest sign on the main stage, the others in the session of their sector;
    those that are ready sign on the second day."""
    for deal in sorted(made, key=lambda deal: deal.price.cny, reverse=True):
        if deal.status == Status.SIGNED:
            seat(deal, stage.sessions[signing_session(deal)])
        elif deal.status == Status.READY:
            seat(deal, stage.sessions["signing-second-day"])


def signing_session(deal: Deal) -> str:
    return "signing-key-projects" if deal.is_key_project else f"signing-{deal.sector}"


def seat(deal: Deal, session: Session) -> None:
    session.next_signing = getattr(session, "next_signing", 0) + 1
    deal.row.signed_at_session, deal.row.signing_order = session, session.next_signing
