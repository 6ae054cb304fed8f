"""The personal page of a registration: what the person themselves may change."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from attendees.models import Person, Registration
from attendees.services.answers import LinkOver, decline_invitation
from attendees.services.clock import is_over
from attendees.services.letters import REGISTRATION
from attendees.services.registrations import (
    cancel_registration,
    lock_registration,
    submit_registration,
)
from hrconf.lib.tokens import read_token


def registration_of(token: str, edition_slug: str) -> Registration | None:
    """The registration a link stands for; None for a link that we never made.

    Raises LinkOver when the link was renewed or the edition is over.
    """
    numbers = read_token(REGISTRATION, token, 3)
    if numbers is None:
        return None
    edition_id, pk, key_version = numbers
    found = (
        Registration.objects.select_related("edition", "person", "category", "invitation")
        .filter(pk=pk, edition_id=edition_id, edition__slug=edition_slug)
        .first()
    )
    if found is None:
        return None
    if found.key_version != key_version or is_over(found.edition):
        raise LinkOver
    return found


@transaction.atomic
def complete_registration(pk: int, *, details: Mapping[str, Any]) -> Registration:
    """Write down what was missing and submit the registration.

    `details` has organization, title, companions and note, already validated.
    """
    registration, _free = lock_registration(pk)
    if registration.status == Registration.Status.INCOMPLETE:
        _write_details(registration, details)
    return submit_registration(pk)


def _write_details(registration: Registration, details: Mapping[str, Any]) -> None:
    person: Person = registration.person
    person.organization, person.title = details["organization"], details["title"]
    person.save()
    registration.companions, registration.note = details["companions"], details["note"]
    registration.save(update_fields=["companions", "note"])


def give_up_place(registration: Registration) -> None:
    """The person cannot come after all; an invitation counts as declined."""
    if registration.invitation_id:
        decline_invitation(registration.invitation_id)
    else:
        cancel_registration(registration.pk)
