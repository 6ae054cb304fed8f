"""What a category's own words put in place of our first paragraph in a mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from attendees.models import CategoryMail, Registration
from attendees.services.placeholders import (
    Paragraph,
    Piece,
    Reader,
    check_text,
    lacks,
    names_in,
    paragraphs,
    pieces,
    plain,
)

Occasion = CategoryMail.Occasion
# Of somebody whose registration has ended there is no page and no badge.
ENDED = {"registration_link", "badge"}


@dataclass(frozen=True)
class Opening:
    """The office's words for one reader, in stretches."""

    pieces: Sequence[Piece]

    @cached_property
    def plain(self) -> str:
        return plain(self.pieces)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return paragraphs(self.pieces)


def check_words(text: str, occasion: str) -> None:
    """Refuse unknown placeholders, and those that nobody has on this occasion."""
    check_text(text)
    hollow = names_in(text) & ENDED if occasion == Occasion.DECLINED else set()
    if hollow:
        shown = ", ".join(f"{{{name}}}" for name in sorted(hollow))
        raise ValidationError(
            _("Who is declined has no %(placeholders)s."),
            code="nobody_has_it",
            params={"placeholders": shown},
        )


def openings(registrations: Iterable[Registration], occasion: str) -> dict[int, Opening]:
    """The words by registration, in one query; who lacks what they name reads our own text."""
    rows = list(registrations)
    categories = {row.category_id for row in rows}
    mails = CategoryMail.objects.filter(category__in=categories, occasion=occasion)
    known = {mail.category_id: mail for mail in mails}
    found = {row.pk: _opening(row, known.get(row.category_id)) for row in rows}
    return {pk: opening for pk, opening in found.items() if opening}


def opening_of(registration: Registration, occasion: str) -> Opening | None:
    """The words for one registration; None where our own text stands."""
    return openings([registration], occasion).get(registration.pk)


def _opening(registration: Registration, mail: CategoryMail | None) -> Opening | None:
    reader = reader_of(registration)
    text = mail.text_in(reader.language) if mail else ""
    if not text or lacks(reader, names_in(text)):
        return None
    return Opening(pieces(text, reader))


def reader_of(registration: Registration, *, language: str = "", is_sample: bool = False) -> Reader:
    """Who the words are filled in for."""
    person = registration.person
    return Reader(
        person,
        registration.edition,
        language or person.preferred_language,
        registration.invitation,
        registration,
        is_sample,
    )
