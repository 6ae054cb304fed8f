"""The official letter of invitation on paper: both languages, a number, a code to check it by."""

import io
import re
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from attendees import addressing
from attendees.models import Invitation
from attendees.services.letters import invitation_link
from hrconf.lib.glyphs import refuse_undrawable
from hrconf.lib.pdf import render_pdf
from hrconf.lib.sheets import clean
from hrconf.mailing.templatetags.mail import day_in_words, days_in_words

TEMPLATE = Path(__file__).parent.parent / "documents" / "invitation.typ"
MARK = settings.BASE_DIR / "static" / "img" / "mark.svg"
LANGUAGES = ["en", "zh-hans"]
# Marks that would turn the direction of the text behind them.
TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def draw_letter(invitation: Invitation) -> bytes:
    """The letter as a PDF: a page in the guest's language, then one in the other.

    Raises PdfError where a name has characters that no font of ours shows.
    """
    data = letter_data(invitation)
    refuse_undrawable(data["pages"])
    return render_pdf(TEMPLATE, data)


def letter_number(invitation: Invitation) -> str:
    """The number in the edition's register; empty before the letter first goes out."""
    return f"{invitation.edition.year}-{invitation.number:04}" if invitation.number else ""


def letter_data(invitation: Invitation) -> dict[str, Any]:
    """What the template prints, written out; what people typed are strings to it."""
    first = invitation.person.preferred_language
    languages = sorted(LANGUAGES, key=lambda language: language != first)
    return {
        "mark": MARK.read_text(),
        "qr": qr_code(invitation_link(invitation, first)),
        "pages": [_page(invitation, language) for language in languages],
    }


def _page(invitation: Invitation, language: str) -> dict[str, Any]:
    with override(language):
        edition = invitation.edition
        return {
            "lang": "zh" if language.startswith("zh") else "en",
            "title": _("Letter of invitation"),
            "edition": plain(edition.name),
            "city": plain(edition.city),
            "days": days_in_words(edition.starts_on, edition.ends_on),
            "number": _("No. %(number)s") % {"number": letter_number(invitation) or "—"},
            "date": day_in_words(_day(invitation)),
            "addressee": addressee(invitation, language),
            "salutation": plain(addressing.salutation(invitation.person, language)),
            "paragraphs": [plain(text) for text in paragraphs(invitation)],
            "facts": [[term, plain(value)] for term, value in facts(invitation) if value],
            "closing": _("Yours respectfully,"),
            "signed": plain(
                _("The organizing committee of the %(conference)s") % {"conference": edition.name}
            ),
            "contact": plain(edition.contact_email),
            "check": _(
                "Scan the code to check this letter and to answer it. It is meant for you alone."
            ),
            "seal": _("Signature and seal"),
        }


def addressee(invitation: Invitation, language: str) -> list[str]:
    """The lines above the salutation: both names, then title, organization, country."""
    person = invitation.person
    names = [person.name_in(language), person.both_names]
    own = names[0] if names[0] == names[1] else f"{names[0]} ({_other(names[1], names[0])})"
    lines = [own, person.title, person.organization, person.country.name]
    return [plain(line) for line in lines if line]


def _other(both: str, one: str) -> str:
    return " · ".join(name for name in both.split(" · ") if name != one) or both


def paragraphs(invitation: Invitation) -> list[str]:
    """The body of the letter in the language that is active."""
    edition = invitation.edition
    names = {
        "conference": edition.name,
        "city": edition.city,
        "days": days_in_words(edition.starts_on, edition.ends_on),
    }
    text = [
        _(
            "On behalf of the organizing committee we have the honour of inviting you to the "
            "%(conference)s, to be held in %(city)s on %(days)s."
        )
        % names
    ]
    if invitation.represents_id:
        guest = invitation.represents.person.both_names
        text.append(_("%(guest)s has named you to come in their place.") % {"guest": guest})
    elif invitation.association:
        sender = {"association": invitation.association.name}
        text.append(_("This invitation reaches you through %(association)s.") % sender)
    if invitation.answer_by:
        day = {"day": day_in_words(invitation.answer_by)}
        text.append(_("We would be grateful for your answer by %(day)s.") % day)
    text.append(_("We look forward to welcoming you to %(city)s.") % names)
    return text


def facts(invitation: Invitation) -> list[tuple[str, str]]:
    return [
        (_("Invited as"), invitation.category.name),
        (_("Days"), days_in_words(invitation.edition.starts_on, invitation.edition.ends_on)),
        (_("Place"), invitation.edition.city),
        (_("Covered by the conference"), invitation.category.covers),
    ]


def plain(text: object) -> str:
    """Text from people, without what could disturb the page around it."""
    return " ".join(TURNS.sub("", str(clean(str(text or "")))).split())


def _day(invitation: Invitation):
    moment = invitation.queued_at or timezone.now()
    return moment.astimezone(invitation.edition.tz).date()


def qr_code(address: str) -> str:
    """The code as a drawing."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, xmldecl=False, scale=4)
    return out.getvalue().decode()
