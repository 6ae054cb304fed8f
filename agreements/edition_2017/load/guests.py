"""Associations and their delegations, categories, invitations, registrations."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.utils.text import slugify

from agreements.edition_2017 import attendance, countries
from agreements.edition_2017.attendance import Attendance
from agreements.edition_2017.load import letters
from agreements.edition_2017.load.context import Context
from agreements.edition_2017.load.people import PersonMaker
from agreements.edition_2017.load.places_of_work import place_of_work
from agreements.edition_2017.load.programme import Stage
from agreements.edition_2017.load.questionnaires import Questionnaires
from agreements.edition_2017.organizations.associations import ASSOCIATIONS
from agreements.edition_2017.text import text
from attendees.models import (
    Association,
    Category,
    Delegation,
    Invitation,
    Person,
    Registration,
    ReminderRule,
    Wait,
)

DELEGATIONS = 26


@dataclass
class Guest:
    """A person and what ties them to the edition."""

    person: Person
    kind: str
    association: Association | None = None
    delegation: Delegation | None = None
    invitation: Invitation | None = None
    registration: Registration | None = None
    seated_at: datetime | None = None  # checked in at the opening ceremony
    sector: str = ""  # of the company that brings a project


@dataclass
class Guests:
    """Everybody, in the order in which they were thought of."""

    all: list[Guest] = field(default_factory=list)
    categories: dict[str, Category] = field(default_factory=dict)
    associations: list[Association] = field(default_factory=list)
    delegations: dict[int, Delegation] = field(default_factory=dict)  # by association

    def of_kind(self, kind: str) -> list[Guest]:
        return [guest for guest in self.all if guest.kind == kind]

    def confirmed(self, kind: str) -> list[Guest]:
        return [guest for guest in self.of_kind(kind) if is_confirmed(guest)]


def is_confirmed(guest: Guest) -> bool:
    place = guest.registration
    return place is not None and place.status == Registration.Status.CONFIRMED


def load_guests(context: Context, maker: PersonMaker, stage: Stage) -> Guests:
    guests = Guests(categories=load_categories(context), associations=load_associations(context))
    guests.delegations = load_delegations(context, guests.associations)
    load_rules(context)
    guests.all += professionals(context, maker, stage)
    for category in attendance.CATEGORIES[1:]:
        guests.all += registered(context, maker, category, guests)
    guests.all += drafts(context, maker)
    join_associations(context, guests)
    return guests


def save_guests(context: Context, guests: Guests) -> None:
    """People, then their invitations, then their places; leaders last."""
    context.save([guest.person for guest in guests.all])
    invited = [guest for guest in guests.all if guest.invitation]
    for guest in invited:
        guest.invitation.person = guest.person
        guest.invitation.category = guests.categories[guest.kind]
    context.save([guest.invitation for guest in invited])
    placed = [guest for guest in guests.all if guest.registration]
    forms = Questionnaires(context, guests.categories)
    for guest in placed:
        guest.registration.person = guest.person
        guest.registration.category = guests.categories[guest.kind]
        guest.registration.invitation = guest.invitation
        forms.answer(guest.registration, guest.kind)
    context.save([guest.registration for guest in placed])
    forms.save()
    save_waits(context, [guest.registration for guest in placed])
    name_leaders(guests)


def save_waits(context: Context, registrations: list[Registration]) -> None:
    """Who is on a waiting list stands there since their registration was sent."""
    rows = [
        Wait(registration=row, category=row.category, joined_at=row.submitted_at)
        for row in registrations
        if row.status == Registration.Status.WAITLISTED
    ]
    context.save(rows)


# What guests belong to ------------------------------------------------------------


COVERED = text(
    "Return flight in economy class, hotel, meals and transfers during the conference | "
    "往返经济舱机票，会议期间的住宿、餐饮及接送"
)


def load_categories(context: Context) -> dict[str, Category]:
    rows = [
        Category(
            edition=context.edition,
            kind=category.kind,
            name_en=category.name.en,
            name_zh_hans=category.name.zh,
            capacity=category.confirmed * context.scale if category.kind == "visitor" else None,
            opens_at=letters.REGISTRATION_OPENS,
            closes_at=letters.REGISTRATION_CLOSES,
            needs_approval=category.needs_approval,
            covers_en=COVERED.en if category.kind == "professional" else "",
            covers_zh_hans=COVERED.zh if category.kind == "professional" else "",
            position=position,
        )
        for position, category in enumerate(attendance.CATEGORIES)
    ]
    return {category.kind: category for category in context.save(rows)}


def load_rules(context: Context) -> None:
    kinds = ReminderRule.Kind
    waits = {
        kinds.INVITATION_UNANSWERED: 10,
        kinds.REGISTRATION_INCOMPLETE: 7,
        kinds.PROGRAMME_TOMORROW: 1,
    }
    context.save(
        [
            # Three days of the conference, three programmes.
            ReminderRule(edition=context.edition, kind=kind, days=days, at_most=3)
            for kind, days in waits.items()
        ]
    )


def load_associations(context: Context) -> list[Association]:
    rows = []
    for row in ASSOCIATIONS:
        slug = slugify(row.name.en)[:80]
        rows.append(
            Association(
                slug=slug,
                name_en=row.name.en,
                name_zh_hans=row.name.zh,
                country=row.country,
                email=f"office@{slug[:50].strip('-')}.example",
            )
        )
    return list(context.save_once(rows, key="slug").values())


def load_delegations(context: Context, associations: list[Association]) -> dict[int, Delegation]:
    """The associations that send a delegation; their leaders are named later."""
    sending = context.rng("delegations").sample(associations, DELEGATIONS)
    rows = [
        Delegation(
            edition=context.edition,
            association=association,
            slug=association.slug[:80],
            name_en=f"Delegation of the {association.name_en}",
            name_zh_hans=f"{association.name_zh_hans}代表团",
            quota=20 * context.scale,
        )
        for association in sending
    ]
    return {row.association_id: row for row in context.save(rows)}


def join_associations(context: Context, guests: Guests) -> None:
    """Two professionals in three come through an association of their country."""
    rng = context.rng("associations")
    by_country: dict[str, list[Association]] = {}
    for association in guests.associations:
        by_country.setdefault(str(association.country), []).append(association)
    for guest in guests.of_kind("professional"):
        senders = by_country.get(str(guest.person.country))
        if senders and rng.random() < 0.66:
            join(guest, rng.choice(senders), guests.delegations)


def join(guest: Guest, association: Association, delegations: dict[int, Delegation]) -> None:
    guest.association = association
    guest.delegation = delegations.get(association.pk)
    if guest.invitation:
        guest.invitation.association = association
        guest.invitation.delegation = guest.delegation
    if guest.registration:
        guest.registration.delegation = guest.delegation


def name_leaders(guests: Guests) -> None:
    """A delegation is led by the first of its association who has a place."""
    for guest in guests.confirmed("association"):
        if guest.delegation and guest.delegation.leader_id is None:
            guest.delegation.leader = guest.person
    led = [delegation for delegation in guests.delegations.values() if delegation.leader_id]
    Delegation.objects.bulk_update(led, ["leader"])


# Who they are -----------------------------------------------------------------------


def professionals(context: Context, maker: PersonMaker, stage: Stage) -> Iterator[Guest]:
    """The invited: those who come, those on stage among them, and those who do not come."""
    rng = context.rng("professionals")
    came = coming_professionals(context, maker, stage, rng)
    rng.shuffle(came)
    for person in came:
        invitation = letters.invitation(context, rng, "accepted")
        place = letters.registration(context, rng, "confirmed", since=invitation.answered_at)
        yield Guest(person, "professional", invitation=invitation, registration=place)
    for status, count in attendance.CATEGORIES[0].others.items():
        for _each in range(count * context.scale):
            invitation = letters.invitation(context, rng, "accepted")
            place = letters.registration(context, rng, status, since=invitation.answered_at)
            person = one_of("professional", some_country(rng), maker, rng)
            yield Guest(person, "professional", invitation=invitation, registration=place)
    for status, count in attendance.UNSUCCESSFUL.items():
        for _each in range(count * context.scale):
            person = one_of("professional", some_country(rng, in_vain=0.12), maker, rng)
            invitation = letters.invitation(context, rng, status)
            yield Guest(person, "professional", invitation=invitation)


def coming_professionals(
    context: Context, maker: PersonMaker, stage: Stage, rng: Random
) -> list[Person]:
    """As many per country or region as the report's 498 divide into."""
    wanted = {code: n * context.scale for code, n in countries.PROFESSIONALS.items()}
    people = []
    for speaker, life in zip(stage.speakers, stage.profiles, strict=True):
        if life.country in wanted:
            is_chinese = speaker.name_native != speaker.name_latin and life.country != "JP"
            person = maker.named(
                life.name, life.country, life.organization, life.title, is_chinese=is_chinese
            )
            person.stage_name = speaker  # tied in once both are rows
            wanted[life.country] -= 1
            people.append(person)
    for code, count in wanted.items():
        people += [one_of("professional", code, maker, rng) for _each in range(count)]
    return people


def registered(
    context: Context, maker: PersonMaker, category: Attendance, guests: Guests
) -> Iterator[Guest]:
    """Guests of a category who registered by themselves."""
    rng = context.rng(category.kind)
    for status, count in {"confirmed": category.confirmed, **category.others}.items():
        for number in range(count * context.scale):
            place = letters.registration(context, rng, status)
            if category.kind == "association":
                yield member(guests, number, maker, rng, place)
                continue
            person = one_of(category.kind, country_for(category.kind, rng), maker, rng)
            yield Guest(person, category.kind, registration=place)


def member(
    guests: Guests, number: int, maker: PersonMaker, rng: Random, place: Registration
) -> Guest:
    """Someone who stands for an association, each association in its turn."""
    association = guests.associations[number % len(guests.associations)]
    title, organization = place_of_work("association", "", rng, association)
    person = maker.make(str(association.country), organization, title)
    guest = Guest(person, "association", registration=place)
    join(guest, association, guests.delegations)
    return guest


def drafts(context: Context, maker: PersonMaker) -> Iterator[Guest]:
    rng = context.rng("drafts")
    for kind, count in attendance.DRAFTS.items():
        for _each in range(count * context.scale):
            person = one_of(kind, country_for(kind, rng), maker, rng)
            yield Guest(person, kind, invitation=letters.invitation(context, rng, "draft"))


def one_of(kind: str, country: str, maker: PersonMaker, rng: Random) -> Person:
    title, organization = place_of_work(kind, country, rng)
    return maker.make(country, organization, title)


def some_country(rng: Random, in_vain: float = 0.0) -> str:
    """A country or region by its share of the professionals, or one nobody came from."""
    if rng.random() < in_vain:
        return rng.choice(countries.ASKED_IN_VAIN)
    return rng.choices([*countries.PROFESSIONALS], [*countries.PROFESSIONALS.values()])[0]


CHINESE_SHARE = {
    "professional": 0.0,
    "project_holder": 0.46,
    "host": 1.0,
    "investor": 0.78,
    "press": 0.85,
    "staff": 1.0,
    "visitor": 0.82,
}


def country_for(kind: str, rng: Random) -> str:
    return "CN" if rng.random() < CHINESE_SHARE[kind] else some_country(rng)
