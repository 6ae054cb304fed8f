"""Passport data: sealed, masked, revealed with a reason, deleted after the edition.

They are text in one place only, the `Passport` that a service has in hand. What is
stored is encrypted under a key of its own purpose (hrconf/lib/sealing.py); while
SECRET_KEY changes, the keys of SECRET_KEY_FALLBACKS still open it.
"""

import json
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from attendees.models import VisaLetter, VisaRequest, VisaReveal
from attendees.models.visas import DOTS
from attendees.services.clock import today_at
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.errors import DomainError
from hrconf.lib.sealing import seal, seal_bytes, unseal, unseal_bytes

PURPOSE = "visa"
HINT = 3  # characters of the number that are shown
SHORTEST_REASON = 10
LONGEST_REASON = 300
DAYS = ["born_on", "expires_on", "arrives_on", "leaves_on"]


@dataclass(frozen=True, repr=False)
class Passport:
    """What a consulate asks for. Without a repr: a trace must not print it."""

    name: str
    number: str
    nationality: str
    born_on: date
    issued_in: str
    expires_on: date
    consulate: str
    arrives_on: date
    leaves_on: date


def close_passport(request: VisaRequest, passport: Passport) -> None:
    """Put sealed data into a request that is not saved yet."""
    request.sealed = seal(json.dumps(asdict(passport), default=str), purpose=PURPOSE)
    request.hint = passport.number[-HINT:]
    request.deleted_at = None


@sensitive_variables()
def open_passport(request: VisaRequest) -> Passport:
    """The data of a request. Refuses when they are deleted."""
    if not request.sealed:
        raise DomainError(_("The passport data are deleted."), code="visa_no_data")
    held = json.loads(unseal(request.sealed, purpose=PURPOSE))
    days: dict[str, Any] = {name: date.fromisoformat(held[name]) for name in DAYS}
    return Passport(**held | days)


def own_passport(request: VisaRequest) -> dict[str, str]:
    """The data for the guest themselves; empty once they are deleted."""
    return json.loads(unseal(request.sealed, purpose=PURPOSE)) if request.sealed else {}


@sensitive_variables("passport")
def refuse_number(request: VisaRequest, text: str) -> None:
    """Refuse a text that is kept or mailed and has the passport number in it."""
    if not request.sealed:
        return
    passport = open_passport(request)
    if passport.number in bare(text):
        words = _("Do not write the passport number here: this text is kept as it is.")
        raise DomainError(words, code="number_in_clear")


def bare(text: str) -> str:
    """Its letters and digits in capitals, however they were typed."""
    letters = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def close_pdf(pdf: bytes) -> bytes:
    return seal_bytes(pdf, purpose=PURPOSE)


def open_pdf(letter: VisaLetter) -> bytes:
    """The letter as it was issued. Refuses when it is deleted."""
    if not letter.sealed_pdf:
        raise DomainError(_("The passport data are deleted."), code="visa_no_data")
    return unseal_bytes(bytes(letter.sealed_pdf), purpose=PURPOSE)


def masked_name(name: str) -> str:
    """The first letter of each word; how long a word is stays untold."""
    return " ".join(f"{word[0]}{DOTS}" for word in name.split())[:100]


# The office looks -----------------------------------------------------------------------


@transaction.atomic
def reveal_passport(pk: int, *, reason: str, by: User) -> Passport:
    """The data in clear, for who says why; it is written down first."""
    request = _note_reveal(pk, VisaReveal.What.DATA, reason, by)
    return open_passport(request)


@transaction.atomic
def reveal_letter(pk: int, *, reason: str, by: User) -> tuple[VisaLetter, bytes]:
    """The PDF of a request's last letter, which shows the same data."""
    request = _note_reveal(pk, VisaReveal.What.LETTER, reason, by)
    letter = request.letters.order_by("-number").first()
    if letter is None:
        raise DomainError(_("No letter was issued yet."), code="visa_no_letter")
    return letter, open_pdf(letter)


def _note_reveal(pk: int, what: str, reason: str, by: User) -> VisaRequest:
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        text = _(
            "Say why in a few words, of at least %(count)s letters: it is kept with your name."
        )
        raise DomainError(text % {"count": SHORTEST_REASON}, code="reason")
    if len(reason) > LONGEST_REASON:
        text = _("Keep the reason to %(count)s characters.")
        raise DomainError(text % {"count": LONGEST_REASON}, code="reason")
    request = VisaRequest.objects.select_related("registration__edition").get(pk=pk)
    if not request.sealed:
        raise DomainError(_("The passport data are deleted."), code="visa_no_data")
    refuse_number(request, reason)
    VisaReveal.objects.create(request=request, what=what, reason=reason, by=by)
    return request


# The end --------------------------------------------------------------------------------


def deletes_on(edition: Edition) -> date:
    """The day on which the passport data of an edition are deleted."""
    return edition.ends_on + timedelta(days=settings.VISA_KEEP_DAYS)


def delete_passport_data() -> int:
    """Delete the data of editions that are over for long enough; return of how many guests.

    The register of letters stays: number, code, days, who issued and revoked.
    """
    open_still = VisaRequest.objects.filter(deleted_at__isnull=True).order_by()
    editions = Edition.objects.filter(registrations__visa__in=open_still).distinct()
    due = [edition for edition in editions if today_at(edition) > deletes_on(edition)]
    return forget_passports(VisaRequest.objects.filter(registration__edition__in=due))


@transaction.atomic
def forget_passports(requests) -> int:
    """Empty requests and the letters of them; return how many requests had something."""
    keys = list(requests.values_list("pk", flat=True))
    letters = VisaLetter.objects.filter(request__in=keys)
    letters.update(sealed_pdf=b"", holder="")
    rows = VisaRequest.objects.filter(pk__in=keys, deleted_at__isnull=True)
    return rows.update(sealed="", hint="", deleted_at=timezone.now())
