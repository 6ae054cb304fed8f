"""Three people whose thread a visitor of the demo can follow from end to end."""

from agreements.edition_2017.load.accounts import ACCOUNTS, Account
from agreements.edition_2017.load.agreements import Deal
from agreements.edition_2017.load.context import Context
from agreements.edition_2017.load.guests import Guest, Guests
from agreements.edition_2017.load.people import PersonMaker, person_sort_key
from agreements.edition_2017.load.programme import Stage
from agreements.edition_2017.load.projects import Portfolio
from agreements.edition_2017.names import Name
from attendees.models import Person

BY_KEY = {account.key: account for account in ACCOUNTS}


def seat_the_guest(context: Context, portfolio: Portfolio, made: list[Deal]) -> None:
    """The demo's guest was invited, came, brought a project, met someone and signed."""
    deal = next(
        deal
        for deal in made
        if deal.is_late_signing
        and portfolio.guests[deal.project.reference].kind == "professional"
        and portfolio.guests[deal.project.reference].association
    )
    made.remove(deal)
    made.insert(0, deal)  # the first table of the afternoon is theirs
    guest = portfolio.guests[deal.project.reference]
    lend_account(context, guest.person, BY_KEY["guest"])


def lend_account(context: Context, person: Person, account: Account) -> None:
    person.name_native, person.name_latin = account.name.zh, account.name.en
    person.sort_key = person_sort_key(name_of(account), "CN")
    person.email, person.user = account.email, context.users[account.key]
    person.preferred_language = account.language


def name_of(account: Account) -> Name:
    first, _, last = account.name.en.partition(" ")
    return Name(account.name.zh, account.name.en, last, first, is_woman=False)


def seat_the_jury(context: Context, maker: PersonMaker, guests: Guests, stage: Stage) -> None:
    """Every juror is a person too; the first one can sign in."""
    for number, juror in enumerate(stage.jurors):
        life = stage.profiles[stage.speakers.index(juror)]
        if life.country != "CN":
            continue  # among the invited professionals already
        person = maker.named(
            life.name, life.country, life.organization, life.title, is_chinese=True
        )
        person.stage_name = juror
        if number == 0:
            lend_account(context, person, BY_KEY["juror"])
        guests.all.append(Guest(person, "juror"))


def tie_to_stage(guests: Guests) -> None:
    """Tell who of the people is who of the speakers."""
    through = Person.speakers.through
    through.objects.bulk_create(
        [
            through(person=guest.person, speaker=guest.person.stage_name)
            for guest in guests.all
            if hasattr(guest.person, "stage_name")
        ]
    )
