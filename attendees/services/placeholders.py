"""Placeholders in the texts of campaigns and reminders.

A text is data: nothing in it is evaluated. One pass of a regular expression puts
values where known placeholders stand, so what a value contains stays text too.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from attendees.models import Invitation, Person, Registration
from attendees.services.letters import invitation_link, registration_link
from events.models import Edition
from hrconf.lib.wording import listed
from hrconf.mailing.addresses import one_line
from hrconf.mailing.templatetags.mail import day_in_words, days_in_words, unlinked

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
HIDDEN_TOKEN = "…"  # noqa: S105  what stands in a preview for the secret part of a link
# In these states an invitation has reached its guest and its link leads somewhere.
ANSWERABLE = [
    Invitation.Status.SENT,
    Invitation.Status.OPENED,
    Invitation.Status.TENTATIVE,
    Invitation.Status.ACCEPTED,
    Invitation.Status.DECLINED,
    Invitation.Status.DEPUTY,
]
GONE = [Registration.Status.CANCELLED, Registration.Status.DECLINED]


@dataclass(frozen=True)
class Reader:
    """Who a text is filled in for, and what they have to do with the edition."""

    person: Person
    edition: Edition
    language: str
    invitation: Invitation | None = None
    registration: Registration | None = None
    is_sample: bool = False  # for other eyes than the reader's: links keep their secret

    @cached_property
    def open_invitation(self) -> Invitation | None:
        is_open = self.invitation and self.invitation.status in ANSWERABLE
        return self.invitation if is_open else None

    @cached_property
    def open_registration(self) -> Registration | None:
        is_open = self.registration and self.registration.status not in GONE
        return self.registration if is_open else None


@dataclass(frozen=True)
class Placeholder:
    """What can be filled in: its name, what it is, its value; who has none gets no letter."""

    label: object
    value: Callable[[Reader], str]
    is_needed: bool = False
    button: object = ""  # of a link: what its button says

    @property
    def is_link(self) -> bool:
        return bool(self.button)


class Piece(NamedTuple):
    """A stretch of a filled-in text: as it was typed, or filled in for a placeholder."""

    text: str
    name: str = ""

    @property
    def is_link(self) -> bool:
        return bool(self.name) and PLACEHOLDERS[self.name].is_link


def committee(reader: Reader) -> str:
    """Who writes where nobody is named."""
    return gettext("The organizing committee of the %(conference)s") % {
        "conference": reader.edition.name
    }


def _sender(reader: Reader) -> str:
    association = reader.invitation.association if reader.invitation else None
    return association.name if association else committee(reader)


def _owner(reader: Reader) -> str:
    owner = reader.invitation.owner if reader.invitation else None
    return str(owner) if owner else committee(reader)


def _deadline(reader: Reader) -> str:
    day = reader.open_invitation.answer_by if reader.open_invitation else None
    return day_in_words(day) if day else ""


def _answer_link(reader: Reader) -> str:
    if not reader.open_invitation:
        return ""
    return _shown(reader, invitation_link(reader.open_invitation, reader.language))


def _registration_link(reader: Reader) -> str:
    if not reader.open_registration:
        return ""
    return _shown(reader, registration_link(reader.open_registration, reader.language))


def _shown(reader: Reader, link: str) -> str:
    """The link, or for other eyes than the reader's what it looks like."""
    return hidden(link) if reader.is_sample else link


def hidden(link: str) -> str:
    """A personal link without its secret part."""
    return f"{link.rstrip('/').rpartition('/')[0]}/{HIDDEN_TOKEN}/"


PLACEHOLDERS: dict[str, Placeholder] = {
    "name": Placeholder(_("name of the reader"), lambda to: to.person.name_in(to.language)),
    "title": Placeholder(_("title of the reader"), lambda to: to.person.title or ""),
    "organization": Placeholder(
        _("organization of the reader"), lambda to: to.person.organization or ""
    ),
    "country": Placeholder(_("country or region of the reader"), lambda to: to.person.country.name),
    "edition": Placeholder(_("name of the conference"), lambda to: to.edition.name),
    "days": Placeholder(
        _("days of the conference"),
        lambda to: days_in_words(to.edition.starts_on, to.edition.ends_on),
    ),
    "city": Placeholder(_("city of the conference"), lambda to: to.edition.city),
    "deadline": Placeholder(_("day to answer by"), _deadline, is_needed=True),
    "answer_link": Placeholder(
        _("link to answer the invitation"), _answer_link, True, _("Answer the invitation")
    ),
    "registration_link": Placeholder(
        _("link to the registration"), _registration_link, True, _("Your registration")
    ),
    "badge": Placeholder(
        _("badge code"),
        lambda to: to.open_registration.badge if to.open_registration else "",
        is_needed=True,
    ),
    "sender": Placeholder(_("association that invites, or the committee"), _sender),
    "owner": Placeholder(_("who in the office courts the guest, or the committee"), _owner),
}


def check_text(text: str) -> None:
    """Refuse placeholders that we do not know and braces that are none."""
    unknown = [name for name in PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
    known = listed(f"{{{name}}}" for name in PLACEHOLDERS)
    if unknown:
        shown = listed(f"{{{name[:40]}}}" for name in dict.fromkeys(unknown))
        raise ValidationError(
            gettext("%(unknown)s is no placeholder. There are: %(known)s."),
            code="unknown_placeholder",
            params={"unknown": shown, "known": known},
        )
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        raise ValidationError(
            gettext("A brace stands alone. Braces mark placeholders: %(known)s."),
            code="lone_brace",
            params={"known": known},
        )


def names_in(*texts: str) -> set[str]:
    """The placeholders that stand in texts."""
    return {name for text in texts for name in PLACEHOLDER.findall(text) if name in PLACEHOLDERS}


def lacks(reader: Reader, names: Iterable[str]) -> bool:
    """Whether the text would have a hole for this reader."""
    needed = [PLACEHOLDERS[name] for name in names if PLACEHOLDERS[name].is_needed]
    with override(reader.language):
        return any(not one.value(reader) for one in needed)


def pieces(text: str, reader: Reader) -> list[Piece]:
    """The text for a reader, in stretches; an unknown placeholder stays as it was typed."""
    with override(reader.language):
        return [piece for piece in _pieces(text, reader) if piece.text]


def _pieces(text: str, reader: Reader) -> Iterator[Piece]:
    end = 0
    for found in PLACEHOLDER.finditer(text):
        placeholder = PLACEHOLDERS.get(found[1])
        if placeholder:
            yield Piece(text[end : found.start()])
            yield Piece(one_line(placeholder.value(reader)), found[1])
            end = found.end()
    yield Piece(text[end:])


def plain(found: Iterable[Piece]) -> str:
    """A filled-in text for a mail without HTML; names of people become no links."""
    return "".join(_harmless(piece) for piece in found)


def _harmless(piece: Piece) -> str:
    return unlinked(piece.text) if piece.name and not piece.is_link else piece.text


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a filled-in text as HTML; one that is a link alone is a button."""

    html: SafeString
    link: str = ""
    label: object = ""  # translated where it is shown, in the language of the letter


def paragraphs(found: Iterable[Piece], *, is_marked: bool = False) -> list[Paragraph]:
    """The text as HTML, everything escaped; for the office what was filled in is marked."""
    return [_paragraph(one, is_marked) for one in _split(found) if any(p.text.strip() for p in one)]


def _split(found: Iterable[Piece]) -> list[list[Piece]]:
    """Stretches by paragraph: an empty line that somebody typed begins another."""
    split: list[list[Piece]] = [[]]
    for piece in found:
        if piece.name:
            split[-1].append(piece)
            continue
        first, *rest = EMPTY_LINE.split(piece.text.replace("\r\n", "\n"))
        split[-1].append(Piece(first))
        split += [[Piece(part)] for part in rest]
    return split


def _paragraph(found: list[Piece], is_marked: bool) -> Paragraph:
    said = [piece for piece in found if piece.text.strip()]
    if len(said) == 1 and said[0].is_link:
        link = said[0]
        return Paragraph(_html(link, is_marked), link.text, PLACEHOLDERS[link.name].button)
    return Paragraph(format_html_join("", "{}", [(_html(piece, is_marked),) for piece in found]))


def _html(piece: Piece, is_marked: bool) -> SafeString:
    if not piece.name:
        return linebreaksbr(piece.text)
    shape = '<a href="{0}">{0}</a>' if piece.is_link and not is_marked else "{}"
    filled = format_html(shape, _harmless(piece))
    return format_html("<mark>{}</mark>", filled) if is_marked else filled
