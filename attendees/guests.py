"""Whose login is a guest's: people of the register, by their e-mail address."""

from typing import Any

from django.dispatch import receiver

from attendees.models import Person
from hrconf.accounts.guests import Guest, guest_finder, guest_signed_in
from hrconf.accounts.models import User


@guest_finder
def person_of(email: str) -> Guest | None:
    """Somebody of the register has this address."""
    person = Person.objects.of_address(email).first()
    if person is None:
        return None
    return Guest(name=str(person), language=person.preferred_language)


@receiver(guest_signed_in)
def link_person(user: User, **kwargs: Any) -> None:
    """Link the one person of the address to the login; two are for the office to sort out.

    A person whose address has changed leaves the login of the old one behind.
    """
    found = list(Person.objects.of_address(user.email).select_related("user")[:2])
    if len(found) != 1 or Person.objects.filter(user=user).exists():
        return
    if found[0].user is None or not found[0].user.is_office:
        Person.objects.filter(pk=found[0].pk).update(user=user)
