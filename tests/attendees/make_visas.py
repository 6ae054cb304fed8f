"""Makers of visa requests and letters; nothing here draws a PDF."""

import hashlib
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from attendees.models import Registration, VisaLetter, VisaRequest
from attendees.services.passports import Passport, close_passport, close_pdf, masked_name
from attendees.services.visa_letters import take_number
from attendees.services.visa_paper import reference_of
from events.models import Edition
from tests import make

NUMBER = "ZK7719482"
PDF = b"%PDF-1.7 drawn"


def edition(**fields: Any) -> Edition:
    """A conference of next month."""
    first = timezone.localdate() + timedelta(days=30)
    fields = {"starts_on": first, "ends_on": first + timedelta(days=2), "year": first.year} | fields
    return make.edition(**fields)


def registration(**fields: Any) -> Registration:
    """The confirmed place of a guest from abroad."""
    fields["edition"] = fields.get("edition") or edition()
    fields["person"] = fields.get("person") or make.person(
        name_native="", name_latin="Anna Lindqvist", country="SE"
    )
    return make.registration(**fields)


def passport(place: Registration, **fields: Any) -> Passport:
    days = place.edition
    given = {
        "name": "Anna Maria Lindqvist",
        "number": NUMBER,
        "nationality": "SE",
        "born_on": date(1980, 2, 29),
        "issued_in": "Polismyndigheten, Stockholm",
        "expires_on": days.ends_on + timedelta(days=700),
        "consulate": "Stockholm, Sweden",
        "arrives_on": days.starts_on - timedelta(days=1),
        "leaves_on": days.ends_on + timedelta(days=1),
    }
    return Passport(**{**given, **fields})


def visa_request(place: Registration | None = None, **fields: Any) -> VisaRequest:
    """A request to check, unless another state is given."""
    place = place or registration()
    number = fields.pop("number", NUMBER)
    if fields.get("state", "asked") not in ["asked", "withdrawn"]:
        fields.setdefault("decided_at", timezone.now())
    made = VisaRequest(registration=place, **fields)
    if made.state != VisaRequest.State.WITHDRAWN and not made.deleted_at:
        close_passport(made, passport(place, number=number))
    made.save()
    return made


@transaction.atomic
def letter(request: VisaRequest | None = None, **fields: Any) -> VisaLetter:
    """A letter in the register, with a few bytes in place of a PDF."""
    request = request or visa_request(state="issued")
    days = request.registration.edition
    number = take_number(days)
    given = {
        "request": request,
        "edition": days,
        "number": number,
        "reference": reference_of(days, number),
        "holder": masked_name("Anna Maria Lindqvist"),
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "sealed_pdf": close_pdf(PDF),
        "issued_at": timezone.now() - timedelta(hours=1),
    }
    return VisaLetter.objects.create(**{**given, **fields})


def typed(place: Registration, **fields: Any) -> dict[str, str]:
    """What a guest types into the form."""
    held = vars(passport(place)) | fields
    return {name: str(value) for name, value in held.items()}
