"""The way from a public page to one's own seats: a link by mail, for who has a place."""

from django.utils import timezone

from attendees.models import Person, Registration
from attendees.services.letters import letter_to, registration_link
from attendees.services.previews import mail_trouble
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.mailing.compose import Letter, compose
from hrconf.mailing.services import queue_letters

KIND = "seat_link"
# Within so many minutes a second request mails nothing: the outbox knows the occasion.
QUIET_MINUTES = 20


def mail_seat_links(edition: Edition, email: str, code: str) -> None:
    """Mail their link to whom we know at an address. Says nothing about whom we know."""
    rows = Registration.objects.confirmed().filter(
        edition=edition, person__email__iexact=email.strip(), person__merged_into=None
    )
    found = rows.select_related("person", "edition").order_by("pk")
    letters = [_letter(row, code) for row in found if not mail_trouble(row.person)]
    queue_letters(KIND, letters)
    if not letters:
        compose(KIND, _letter(_nobody(edition), code))  # takes the time that a known one takes


def _nobody(edition: Edition) -> Registration:
    """Somebody to write to who is not there."""
    person = Person(pk=0, name_latin="Nobody", email="nobody@nowhere.invalid")
    return Registration(pk=0, edition=edition, person=person)


def _letter(registration: Registration, code: str) -> Letter:
    language = registration.person.preferred_language
    period = int(timezone.now().timestamp()) // (60 * QUIET_MINUTES)
    return letter_to(
        registration.person,
        registration.edition,
        occasion=f"seat_link:{registration.pk}:{period}",
        context={"seats_link": seat_link(registration, code, language)},
    )


def seat_link(registration: Registration, code: str, language: str) -> str:
    """The personal page of a session's seat; needs no login."""
    return f"{registration_link(registration, language)}seats/{code}/"


def own_registration(user: User, edition: Edition) -> Registration | None:
    """The place at an edition of somebody who has signed in."""
    rows = Registration.objects.confirmed().filter(edition=edition, person__user=user)
    return rows.select_related("edition", "person").first()
