"""Who came on the first day, and when: check-ins at the gates and at the ceremony."""

from datetime import timedelta
from random import Random
from uuid import UUID

from agreements.edition_2017 import attendance
from agreements.edition_2017.load.context import Context, between, local, moment
from agreements.edition_2017.load.guests import Guest, Guests
from agreements.edition_2017.load.programme import Stage
from attendees.models import CheckIn

LATE_FROM, LATE_UNTIL = moment(11, 8, 11, 10), moment(11, 8, 16, 40)


def plan_arrivals(context: Context, guests: Guests) -> None:
    """Decide who comes in time for the opening and who later; nothing is saved yet."""
    rng = context.rng("arrivals")
    for category in attendance.CATEGORIES:
        confirmed = guests.confirmed(category.kind)
        in_time = category.at_opening * context.scale
        coming = rng.sample(confirmed, in_time + category.late * context.scale)
        for number, guest in enumerate(coming):
            if number < in_time:
                arrive_in_time(guest, rng)
            else:
                guest.registration.arrived_at = between(LATE_FROM, LATE_UNTIL, rng)


def arrive_in_time(guest: Guest, rng: Random) -> None:
    early = timedelta(minutes=attendance.arrival_minute(rng))
    guest.seated_at = local(attendance.CEREMONY) - early
    guest.registration.arrived_at = guest.seated_at - timedelta(seconds=rng.randint(120, 600))


def load_checkins(context: Context, guests: Guests, stage: Stage) -> None:
    """One check-in at the site for all who came, a second one at the opening ceremony."""
    rng = context.rng("checkins")
    opening = stage.sessions["opening-ceremony"]
    rows = []
    for guest in guests.all:
        place = guest.registration
        if place is None or place.arrived_at is None:
            continue
        gate = gate_of(guest, rng)
        rows.append(checkin(context, rng, gate, registration=place, at=place.arrived_at))
        if guest.seated_at:
            rows.append(
                checkin(
                    context,
                    rng,
                    "Plenary Hall",
                    registration=place,
                    session=opening,
                    at=guest.seated_at,
                )
            )
    context.save(sorted(rows, key=lambda row: row.at))


def gate_of(guest: Guest, rng: Random) -> str:
    if guest.kind == "professional" and rng.random() < 0.6:
        return attendance.GATES[-1]
    return rng.choices(attendance.GATES[:3], [5, 3, 2])[0]


def checkin(context: Context, rng: Random, gate: str, **fields) -> CheckIn:
    nonce = UUID(int=rng.getrandbits(128), version=4)
    return CheckIn(by=context.users["desk"], gate=gate, nonce=nonce, **fields)
