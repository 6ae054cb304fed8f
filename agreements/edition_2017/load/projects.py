"""Startup projects and who brings them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from agreements.edition_2017.load.context import Context, between, moment
from agreements.edition_2017.load.guests import Guest, Guests, is_confirmed, one_of, some_country
from agreements.edition_2017.load.people import PersonMaker
from agreements.edition_2017.organizations.companies import chinese_company, company, team
from agreements.edition_2017.proposals import shares
from agreements.edition_2017.proposals.writer import Proposal, ProposalWriter
from agreements.edition_2017.sectors import SUBSECTORS_OF
from agreements.edition_2017.text import Text
from attendees.models import Registration
from projects.models import Project, Sector

Status = Project.Status
ENDED = {Registration.Status.CANCELLED, Registration.Status.DECLINED}


@dataclass
class Portfolio:
    """The projects and what the steps after need to know of each."""

    all: list[Project] = field(default_factory=list)
    proposals: dict[str, Proposal] = field(default_factory=dict)  # by reference
    guests: dict[str, Guest] = field(default_factory=dict)  # by reference

    def invited(self) -> list[Project]:
        return [
            project
            for project in self.all
            if project.invited_on and project.status != Status.WITHDRAWN
        ]

    def at_the_conference(self) -> list[Project]:
        """Invited projects whose holder has a confirmed place."""
        return [
            project for project in self.invited() if is_confirmed(self.guests[project.reference])
        ]


def plan_projects(context: Context, maker: PersonMaker, guests: Guests) -> Portfolio:
    """Write the projects and find each a holder; nothing is saved yet.

    Holders that nobody has heard of before join the guests as people without a place.
    """
    rng = context.rng("projects")
    portfolio = Portfolio()
    writer = ProposalWriter(context.rng("proposals"))
    sectors = {sector.slug: sector for sector in Sector.objects.all()}
    holders = holders_in_turn(context, maker, guests, rng)
    numbers = dict.fromkeys(shares.LETTERS, 0)
    for sector, status in standings(context, rng):
        holder = next(holders)
        numbers[sector] += 1
        reference = f"{shares.LETTERS[sector]}-{numbers[sector]:04}"
        subsector = some_subsector(sector, rng)
        move_to_sector(holder, sector, maker, rng)
        proposal = writer.write(subsector, employer_of(holder))
        brought_by = organization_of(proposal, holder, rng)
        project = as_row(context, reference, proposal, holder, sectors[subsector], status, rng)
        project.organization_en, project.organization_zh_hans = (
            brought_by.en,
            brought_by.zh,
        )
        portfolio.all.append(project)
        portfolio.proposals[reference] = proposal
        portfolio.guests[reference] = holder
    return portfolio


def save_projects(context: Context, portfolio: Portfolio) -> None:
    """Save the projects once their holders are rows."""
    for project in portfolio.all:
        guest = portfolio.guests[project.reference]
        project.holder = guest.person
        place = guest.registration
        project.registration = place if place and place.status not in ENDED else None
    context.save(portfolio.all)


def standings(context: Context, rng: Random) -> list[tuple[str, str]]:
    """A sector and a status for each project, shuffled as they came in."""
    found: list[tuple[str, str]] = []
    for sector, count in shares.INVITED.items():
        names, weights = [*shares.STANDING], [*shares.STANDING.values()]
        states = rng.choices(names, weights, k=count * context.scale)
        found += [(sector, status) for status in states]
    extra = {
        Status.WITHDRAWN: shares.WITHDRAWN,
        Status.DECLINED: shares.DECLINED,
        Status.APPLIED: shares.APPLIED,
        Status.DRAFT: shares.DRAFT,
    }
    for status, count in extra.items():
        sectors = rng.choices(
            [*shares.INVITED], [*shares.INVITED.values()], k=count * context.scale
        )
        found += [(sector, status) for sector in sectors]
    rng.shuffle(found)
    return found


def holders_in_turn(
    context: Context, maker: PersonMaker, guests: Guests, rng: Random
) -> Iterator[Guest]:
    """Professionals with a project and project holders first, then people at home."""
    known = [
        guest
        for guest in guests.all
        if guest.registration
        and (
            guest.kind == "project_holder"
            or (guest.kind == "professional" and rng.random() < shares.PROFESSIONALS_WITH_PROJECT)
        )
    ]
    rng.shuffle(known)
    for number, guest in enumerate(known, 1):
        yield guest
        if number % shares.SECOND_PROJECT == 0:
            yield guest
    while True:
        country = "CN" if rng.random() < 0.4 else some_country(rng)
        guest = Guest(one_of("project_holder", country, maker, rng), "holder_at_home")
        guests.all.append(guest)
        yield guest


def some_subsector(sector: str, rng: Random) -> str:
    rows = SUBSECTORS_OF[sector]
    return rng.choices([row.slug for row in rows], [row.weight for row in rows])[0]


def as_row(
    context: Context,
    reference: str,
    proposal: Proposal,
    holder: Guest,
    sector: Sector,
    status: str,
    rng: Random,
) -> Project:
    created = between(moment(5, 15), moment(9, 10), rng)
    was_invited = status not in {Status.DECLINED, Status.APPLIED, Status.DRAFT}
    return Project(
        edition=context.edition,
        reference=reference,
        title_en=proposal.title.en,
        title_zh_hans=proposal.title.zh,
        summary_en=proposal.summary.en,
        summary_zh_hans=proposal.summary.zh,
        sector=sector,
        country=holder.person.country,
        stage=proposal.stage,
        seeking=list(proposal.seeking),
        funding_sought=proposal.funding,
        status=status,
        is_competing=was_invited and (status == "shortlisted" or rng.random() < shares.COMPETING),
        invited_on=(created + timedelta(days=rng.randint(10, 40))).date() if was_invited else None,
        created_at=created,
    )


def employer_of(holder: Guest) -> Text:
    return Text(holder.person.organization_en, holder.person.organization_zh_hans)


def organization_of(proposal: Proposal, holder: Guest, rng: Random) -> Text:
    """The holder's own company where it is one of the sector, a new one, or a team."""
    country = str(holder.person.country)
    if holder.sector == proposal.sector:
        return employer_of(holder)
    if proposal.stage in {"idea", "prototype"} and rng.random() < 0.7:
        return team(proposal.keyword)
    return some_company(country, proposal.sector, rng)


def move_to_sector(holder: Guest, sector: str, maker: PersonMaker, rng: Random) -> None:
    """Let a holder from a company work for one of their first project's sector."""
    person = holder.person
    is_settled = holder.sector or hasattr(person, "stage_name")
    if is_settled or not person.organization_zh_hans.endswith("公司"):
        return
    holder.sector = sector
    company_of_sector = some_company(str(person.country), sector, rng)
    person.organization_en = company_of_sector.en
    person.organization_zh_hans = company_of_sector.zh
    person.email = maker.address(person.given_latin, person.family_latin, company_of_sector)


def some_company(country: str, sector: str, rng: Random) -> Text:
    """A company of the country; two in three Chinese ones come from other cities."""
    if country == "CN" and rng.random() < 0.66:
        return chinese_company(sector, rng)
    return company(country, sector, rng)
