"""Another e-mail address: it counts once a code mailed to it has come back.

Until then the old address stays, and it is told of the change when it happens.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from attendees.models import AddressChange, Mark, Person
from attendees.services.letters import recipient_of
from attendees.services.marks import mark
from events.models import Edition
from hrconf.lib.errors import DomainError
from hrconf.mailing.compose import Letter, refuse_bad_headers
from hrconf.mailing.models import Message
from hrconf.mailing.services import queue_letters

VALID = timedelta(minutes=30)
MOST_ATTEMPTS = 5
MOST_PER_HOUR = 3


@transaction.atomic
def ask_for_address(
    person: Person, *, email: str, edition: Edition, invitation_id: int | None
) -> None:
    """Mail a code to the new address; the old one stays until the code comes back."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if email.casefold() == person.email.casefold():
        raise DomainError(_("We write to this address already."), code="same")
    refuse_bad_headers("", email)
    lately = AddressChange.objects.filter(
        person=person, created_at__gt=timezone.now() - timedelta(hours=1)
    )
    if lately.count() >= MOST_PER_HOUR:
        raise DomainError(_("That was too often. Please try again in an hour."), code="too_many")
    code = f"{secrets.randbelow(10**8):08}"
    change = AddressChange.objects.create(
        person=person, email=email, invitation_id=invitation_id, code_hash=""
    )
    AddressChange.objects.filter(pk=change.pk).update(code_hash=hash_of(change.pk, code))
    spelt = f"{code[:4]}-{code[4:]}"
    letter = _letter(person, edition, email, f"address:{change.pk}:code", {"code": spelt})
    sent = queue_letters("address_code", [letter])
    Message.objects.filter(pk__in=[message.pk for message in sent]).update(
        is_secret=True, is_urgent=True
    )


def waiting_change(person: Person) -> AddressChange | None:
    """The address that waits for its code."""
    since = timezone.now() - VALID
    waiting = AddressChange.objects.filter(person=person, created_at__gt=since)
    newest = waiting.first()
    is_open = newest and newest.done_at is None and newest.attempts < MOST_ATTEMPTS
    return newest if is_open else None


def prove_address(person: Person, *, code: str, edition: Edition) -> None:
    """Take the new address if the code is right; the old one gets a note.

    A wrong code is counted in a transaction of its own, so that refusing keeps it.
    """
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        change = waiting_change(person)
        if change and hmac.compare_digest(change.code_hash, hash_of(change.pk, digits(code))):
            _take(person, change, edition)
            return
        AddressChange.objects.filter(pk=change.pk if change else 0).update(
            attempts=F("attempts") + 1
        )
    raise DomainError(_("This code is wrong or no longer valid."), code="wrong_code")


def _take(person: Person, change: AddressChange, edition: Edition) -> None:
    old, person.email = person.email, change.email
    person.save(update_fields=["email", "updated_at"])
    change.done_at = timezone.now()
    change.save(update_fields=["done_at"])
    for invitation in [change.invitation] if change.invitation else []:
        mark(invitation, Mark.Kind.ADDRESS, text=change.email)
    if old:
        letter = _letter(person, edition, old, f"address:{change.pk}:changed", {})
        queue_letters("address_changed", [letter])


def _letter(person: Person, edition: Edition, address: str, occasion: str, context: dict) -> Letter:
    language = get_language() or person.preferred_language
    return Letter(
        recipient=recipient_of(person.pk),
        occasion=occasion,
        to_address=address,
        to_name=person.name_in(language),
        language=language,
        reply_to=edition.contact_email,
        context={"person": person, "edition": edition, **context},
        is_urgent=True,
    )


def digits(code: str) -> str:
    """What was typed, without spaces and dashes; full-width digits count."""
    return "".join(str(int(letter)) for letter in code if letter.isdecimal())


def hash_of(pk: int, code: str) -> str:
    """A keyed hash: a copy of the table gives no code away."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"hrconf.address.{pk}.{code}".encode(), hashlib.sha256).hexdigest()
