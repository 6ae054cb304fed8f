"""Letters to people: what every mail of this storey has in common."""

from typing import Any

from attendees.models import Invitation, Person, Registration
from events.models import Edition
from hrconf.lib.links import link
from hrconf.lib.tokens import make_token
from hrconf.mailing.compose import Letter

INVITATION = "invitation"
REGISTRATION = "registration"


def letter_to(
    person: Person, edition: Edition, *, occasion: str, context: dict[str, Any]
) -> Letter:
    """A letter to a person about an edition, in the language they read."""
    language = person.preferred_language
    return Letter(
        recipient=recipient_of(person.pk),
        occasion=occasion,
        to_address=person.email,
        to_name=person.name_in(language),
        language=language,
        reply_to=edition.contact_email,
        context={"person": person, "edition": edition, **context},
    )


def recipient_of(person_id: int) -> str:
    """The name under which the outbox knows a person."""
    return f"person:{person_id}"


def invitation_link(invitation: Invitation, language: str) -> str:
    """The personal page on which a guest answers; needs no login."""
    return link(
        "attendees:invitation",
        language=language,
        edition=invitation.edition.slug,
        token=invitation_token(invitation),
    )


def invitation_token(invitation: Invitation) -> str:
    return make_token(
        INVITATION, invitation.edition_id, invitation.person_id, invitation.key_version
    )


def registration_link(registration: Registration, language: str) -> str:
    """The personal page of a registration; needs no login."""
    return link(
        "attendees:registration",
        language=language,
        edition=registration.edition.slug,
        token=registration_token(registration),
    )


def registration_token(registration: Registration) -> str:
    return make_token(
        REGISTRATION, registration.edition_id, registration.pk, registration.key_version
    )
