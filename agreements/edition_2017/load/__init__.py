"""Writes the 2017 edition into the database, all or nothing."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import translation

from agreements.edition_2017.load import (
    accounts,
    agreements,
    arrivals,
    audience,
    call,
    city,
    competition,
    finals,
    guests,
    mail,
    meetings,
    programme,
    projects,
    screening,
    seats,
    showcase,
    stars,
    visas,
)
from agreements.edition_2017.load.context import Context
from agreements.edition_2017.load.people import PersonMaker
from events.models import Edition
from events.services.releases import Words, release_schedule


@transaction.atomic
def load_edition(
    seed: int = 2017, scale: int = 1, advance: Callable[[int], Any] = lambda _rows: None
) -> Edition:
    """Load the edition. The same seed gives the same conference, whenever it is loaded.

    `scale` multiplies guests, projects and agreements, not the programme. `advance` is
    told how many rows were saved, as they are saved.
    """
    context = Context(seed, scale, advance)
    # Columns without a language keep the English text.
    with translation.override("en"):
        load_ground(context)
        stage = programme.load_programme(context)
        load_people(context, stage)
        release_schedule(
            context.edition.pk,
            Words("Programme as of 6 November", "11月6日发布版"),
            by=context.users["organizer"],
        )
    return context.edition


def load_ground(context: Context) -> None:
    accounts.load_accounts(context)
    city.load_series(context)
    city.load_city(context)
    city.load_sectors(context)
    city.load_rates(context)


def load_people(context: Context, stage: programme.Stage) -> None:
    """Plan everybody and everything they do, then save it in the order of the keys."""
    maker = PersonMaker(context.rng("people"))
    everybody = guests.load_guests(context, maker, stage)
    arrivals.plan_arrivals(context, everybody)
    portfolio = projects.plan_projects(context, maker, everybody)
    made = agreements.plan_agreements(context, portfolio)
    stars.seat_the_jury(context, maker, everybody, stage)
    stars.seat_the_guest(context, portfolio, made)

    guests.save_guests(context, everybody)
    stars.tie_to_stage(everybody)
    projects.save_projects(context, portfolio)
    showcase.load_showcase(context, portfolio)
    busy = meetings.load_meetings(context, everybody, portfolio, made)
    agreements.save_agreements(context, portfolio, stage, made)
    arrivals.load_checkins(context, everybody, stage)
    seats.load_seats(context, everybody, stage, busy)
    finals.load_finals(context, portfolio, stage)
    competition.load_competition(context)
    audience.load_audience(context)
    screening.load_screening(context)
    call.load_call(context)
    mail.load_mail(context, everybody)
    visas.load_visas(context, everybody)
