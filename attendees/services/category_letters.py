"""A mail about a registration as the office reads it before anybody gets it."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from attendees.models import CategoryMail, Registration
from attendees.services.category_mails import Opening, reader_of
from attendees.services.letters import registration_link
from attendees.services.placeholders import (
    Paragraph,
    Piece,
    hidden,
    lacks,
    names_in,
    paragraphs,
    pieces,
)
from attendees.services.registrations import letter_for
from hrconf.mailing.compose import compose

Occasion = CategoryMail.Occasion
Status = Registration.Status
HERE = "\ue000"  # a private character marks where the words stand; no text of ours has it
# How a registration stands when each mail goes out.
STANDS = {
    Occasion.RECEIVED: Status.PENDING,
    Occasion.CONFIRMED: Status.CONFIRMED,
    Occasion.DECLINED: Status.DECLINED,
    Occasion.WAITLISTED: Status.WAITLISTED,
}


@dataclass(frozen=True)
class Shown:
    """A mail in parts: what stands before and after the office's words, and these, marked."""

    subject: str
    before: str
    words: list[Paragraph]
    after: str
    lacks: bool = False  # the words name something that this person has not


def letter_shown(registration: Registration, occasion: str, language: str) -> Shown:
    """The mail of an occasion to somebody; links keep their secret. Nothing is saved."""
    registration.status = STANDS[Occasion(occasion)]
    registration.decided_at = registration.decided_at or timezone.now()
    mail = CategoryMail.objects.filter(category=registration.category_id, occasion=occasion).first()
    reader = reader_of(registration, language=language, is_sample=True)
    text = mail.text_in(language) if mail else ""
    has_hole = lacks(reader, names_in(text))
    stands = bool(text) and not has_hole
    message = _compose(registration, occasion, language, stands)
    before, _mark, after = message.text.partition(HERE)
    words = paragraphs(pieces(text, reader), is_marked=True) if stands else []
    return Shown(message.subject, before.strip(), words, after.strip(), has_hole)


def _compose(registration: Registration, occasion: str, language: str, stands: bool) -> Any:
    """The mail written out, with a mark where the office's words stand."""
    opening = Opening([Piece(HERE)]) if stands else None
    letter = letter_for(registration, opening=opening)
    link = hidden(registration_link(registration, language))
    context = {**letter.context, "registration_link": link}
    address = letter.to_address or "nobody@example.org"
    name = registration.person.name_in(language)
    letter = replace(letter, language=language, to_address=address, to_name=name, context=context)
    return compose(f"registration_{occasion}", letter)
