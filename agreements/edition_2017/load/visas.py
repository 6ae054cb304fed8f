"""Visa letters that guests from abroad asked for; every passport number is a specimen's."""

import hashlib
from datetime import date, timedelta
from random import Random

from agreements.edition_2017.load.context import Context, moment
from agreements.edition_2017.load.guests import Guest, Guests, is_confirmed
from attendees.models import VisaLetter, VisaRegister, VisaRequest
from attendees.models.registrations import BADGE_LETTERS
from attendees.models.visas import CODE_LENGTH
from attendees.services.passports import Passport, close_passport, close_pdf, masked_name
from attendees.services.visa_paper import draw_visa_letter, reference_of
from attendees.services.visas import HOST_PASSPORTS

State = VisaRequest.State
# Each letter takes the better part of a second to draw, so few are issued.
STATES = [State.ISSUED, State.ISSUED, State.REVOKED, *[State.DECLINED] * 2, *[State.ASKED] * 19]
NOTES = {
    State.DECLINED: "The passport ends within six months of the conference: please renew it.",
    State.REVOKED: "The given names were incomplete: please send them as in the passport.",
}
LAST = moment(11, 1)


def load_visas(context: Context, everybody: Guests) -> None:
    """Requests in every state; who was asked first stands first in the register."""
    rng = context.rng("visas")
    guests = from_abroad(everybody)
    chosen = guests[:1] + rng.sample(guests[1:], min(len(STATES), len(guests)) - 1)
    requests = [
        new_request(context, guest, state, number, rng)
        for number, (guest, state) in enumerate(zip(chosen, STATES, strict=False), 1)
    ]
    context.save(requests)
    drawn = sorted(
        (row for row in requests if row.state in (State.ISSUED, State.REVOKED)),
        key=lambda row: row.decided_at,
    )
    context.save([new_letter(context, row, number, rng) for number, row in enumerate(drawn, 1)])
    VisaRegister.objects.create(edition=context.edition, last_number=len(drawn))


def from_abroad(everybody: Guests) -> list[Guest]:
    """Confirmed professionals with foreign passports; the demo's guest comes first."""
    found = [
        guest
        for guest in everybody.of_kind("professional")
        if is_confirmed(guest) and str(guest.person.country) not in HOST_PASSPORTS
    ]
    return sorted(found, key=lambda guest: guest.person.user_id is None)


def new_request(
    context: Context, guest: Guest, state: str, number: int, rng: Random
) -> VisaRequest:
    place = guest.registration
    asked = min(place.decided_at + timedelta(hours=rng.randint(3, 90)), LAST)
    row = VisaRequest(
        registration=place,
        state=state,
        asked_at=asked,
        note=NOTES.get(state, ""),
        decided_at=None if state == State.ASKED else asked + timedelta(hours=rng.randint(2, 30)),
        decided_by=None if state == State.ASKED else context.users["organizer"],
    )
    row.passport = specimen(guest, number, rng)
    close_passport(row, row.passport)
    return row


def specimen(guest: Guest, number: int, rng: Random) -> Passport:
    """Passport data that nobody has: the numbers X0000001, X0000002 and so on."""
    person = guest.person
    return Passport(
        name=person.name_latin.upper(),
        number=f"X{number:07}",
        nationality=str(person.country),
        born_on=date(rng.randint(1950, 1988), rng.randint(1, 12), rng.randint(1, 28)),
        issued_in="Specimen Passport Office",
        expires_on=date(rng.randint(2019, 2026), rng.randint(1, 12), rng.randint(1, 28)),
        consulate="",
        arrives_on=date(2017, 11, rng.randint(5, 7)),
        leaves_on=date(2017, 11, rng.randint(11, 16)),
    )


def new_letter(context: Context, row: VisaRequest, number: int, rng: Random) -> VisaLetter:
    is_revoked = row.state == State.REVOKED
    issued = row.decided_at - timedelta(hours=1) if is_revoked else row.decided_at
    letter = VisaLetter(
        request=row,
        edition=context.edition,
        number=number,
        reference=reference_of(context.edition, number),
        code="".join(rng.choice(BADGE_LETTERS) for _letter in range(CODE_LENGTH)),
        holder=masked_name(row.passport.name),
        issued_at=issued,
        issued_by=context.users["organizer"],
        revoked_at=row.decided_at if is_revoked else None,
        revoked_by=context.users["organizer"] if is_revoked else None,
        revoke_reason=row.note if is_revoked else "",
    )
    pdf = draw_visa_letter(letter, row.registration, row.passport)
    letter.sha256, letter.sealed_pdf = hashlib.sha256(pdf).hexdigest(), close_pdf(pdf)
    return letter
