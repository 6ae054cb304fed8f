"""Letters to people: what every mail of this storey has in common."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from attendees.models import Invitation, Person, Registration, VisaLetter
from events.models import Edition
from hrconf.lib.links import absolute, link
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


def letter_link(invitation: Invitation, language: str) -> str:
    """The official letter as a PDF, by the personal link."""
    return link(
        "attendees:invitation_letter",
        language=language,
        edition=invitation.edition.slug,
        token=invitation_token(invitation),
    )


def deputy_declined_letter(guest: Invitation, deputy: Invitation) -> Letter:
    """To the guest: who was to come instead cannot; the place is theirs again."""
    context = {"deputy": deputy.person, "answer_link": _own_link(guest)}
    occasion = f"invitation:{deputy.pk}:declined:{timezone.now():%Y%m%dT%H%M%S%f}"
    return letter_to(guest.person, guest.edition, occasion=occasion, context=context)


def deputy_released_letter(deputy: Invitation) -> Letter:
    """To a deputy who has had a letter: the guest comes in person."""
    guest = Invitation.objects.select_related("person").get(deputies=deputy)
    occasion = f"invitation:{deputy.pk}:released:{deputy.key_version}"
    context = {"guest": guest.person}
    return letter_to(deputy.person, deputy.edition, occasion=occasion, context=context)


def invited_again_letter(invitation: Invitation) -> Letter:
    """To the guest: the office has opened the invitation again."""
    context = {"invitation": invitation, "answer_link": _own_link(invitation)}
    occasion = f"invitation:{invitation.pk}:again:{invitation.openings}"
    return letter_to(invitation.person, invitation.edition, occasion=occasion, context=context)


def asked_again_letter(invitation: Invitation, note: str) -> Letter | None:
    """To the owner, or the office: a guest asks for another chance. None if there is neither."""
    owner, edition = invitation.owner, invitation.edition
    address = owner.email if owner else edition.contact_email
    if not address:
        return None
    language = owner.language if owner else "en"
    page = reverse("admin:attendees_invitation_change", args=[invitation.pk])
    return Letter(
        recipient=f"user:{owner.pk}" if owner else f"edition:{edition.pk}",
        occasion=f"invitation:{invitation.pk}:asked:{invitation.openings}",
        to_address=address,
        to_name=str(owner) if owner else edition.name,
        language=language,
        context={
            "edition": edition,
            "guest": invitation.person,
            "note": note,
            "office_link": absolute(page),
        },
    )


def _own_link(invitation: Invitation) -> str:
    return invitation_link(invitation, invitation.person.preferred_language)


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


def visa_link(registration: Registration, language: str) -> str:
    """The page on which a guest asks for a visa letter, and finds it."""
    return link(
        "attendees:visa",
        language=language,
        edition=registration.edition.slug,
        token=registration_token(registration),
    )


def visa_check_link(letter: VisaLetter, language: str) -> str:
    """The public page that says whether a visa letter holds."""
    return link(
        "attendees:visa_checked",
        language=language,
        edition=letter.edition.slug,
        code=letter.code,
    )
