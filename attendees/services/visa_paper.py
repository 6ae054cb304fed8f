"""The visa letter on paper: both languages, a number, a code by which anybody checks it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_variables
from django_countries import countries

from attendees.models import Registration, VisaLetter
from attendees.services.letters import visa_check_link
from attendees.services.paper import LANGUAGES, MARK, plain, qr_code
from attendees.services.passports import Passport
from events.models import Edition
from hrconf.lib.glyphs import refuse_undrawable
from hrconf.lib.links import link
from hrconf.lib.pdf import render_pdf
from hrconf.mailing.templatetags.mail import day_in_words, days_in_words

TEMPLATE = Path(__file__).parent.parent / "documents" / "visa.typ"


def reference_of(edition: Edition, number: int) -> str:
    """The number in the edition's register as it is printed: HZ2017-V-0001."""
    return f"{settings.VISA_LETTER_PREFIX}{edition.slug.upper()}-V-{number:04}"


@sensitive_variables()
def draw_visa_letter(letter: VisaLetter, registration: Registration, passport: Passport) -> bytes:
    """The letter as a PDF: a page in the guest's language, then one in the other.

    Raises PdfError where something has characters that no font of ours shows.
    """
    first = registration.person.preferred_language
    languages = sorted(LANGUAGES, key=lambda language: language != first)
    data = {
        "mark": MARK.read_text(),
        "qr": qr_code(visa_check_link(letter, first)),
        "code": letter.code_in_groups,
        "pages": [_page(letter, registration, passport, language) for language in languages],
    }
    refuse_undrawable(data["pages"])
    return render_pdf(TEMPLATE, data)


@sensitive_variables()
def _page(
    letter: VisaLetter, registration: Registration, passport: Passport, language: str
) -> dict[str, Any]:
    with override(language):
        edition = registration.edition
        is_chinese = language.startswith("zh")
        return {
            "lang": "zh" if is_chinese else "en",
            "title": _("Invitation letter for a visa application"),
            "edition": plain(edition.name),
            "city": plain(edition.city),
            "days": days_in_words(edition.starts_on, edition.ends_on),
            "number": _("No. %(number)s") % {"number": letter.reference},
            "date": day_in_words(letter.issued_on),
            "to": plain(_addressee(passport)),
            "before": [plain(text) for text in _request(edition)],
            "facts": [[term, plain(value)] for term, value in _facts(registration, passport)],
            "after": [plain(text) for text in _assurance()],
            "closing": _("Yours respectfully,"),
            "signed": plain(
                _("The organizing committee of the %(conference)s") % {"conference": edition.name}
            ),
            "contact": plain(edition.contact_email),
            "check": _("Whether this letter holds can be checked with this code at"),
            "address": _where_to_check(edition, language),
            "seal": _("Signature and seal"),
        }


def _addressee(passport: Passport) -> str:
    if not passport.consulate:
        return _("To the competent embassy or consulate of the People's Republic of China")
    place = {"place": passport.consulate}
    return _("To the embassy or consulate of the People's Republic of China: %(place)s") % place


def _request(edition: Edition) -> list[str]:
    names = {
        "conference": edition.name,
        "city": edition.city,
        "days": days_in_words(edition.starts_on, edition.ends_on),
    }
    return [
        _(
            "The organizing committee invites the person named below to the %(conference)s, "
            "held in %(city)s on %(days)s, and has confirmed their place. We would be grateful "
            "if a visa were granted for this journey."
        )
        % names
    ]


@sensitive_variables()
def _facts(registration: Registration, passport: Passport) -> list[tuple[str, str]]:
    """What the consulate compares with the passport; empty lines are left out."""
    person = registration.person
    facts = [
        (_("Name as in the passport"), passport.name),
        (_("Nationality"), countries.name(passport.nationality)),
        (_("Date of birth"), day_in_words(passport.born_on)),
        (_("Passport number"), passport.number),
        (_("Issued by"), passport.issued_in),
        (_("Valid until"), day_in_words(passport.expires_on)),
        (_("Organization"), person.organization),
        (_("Position"), person.title),
        (_("Attends as"), registration.category.name),
        (_("Stay in China"), days_in_words(passport.arrives_on, passport.leaves_on)),
        (_("Covered by the conference"), registration.category.covers),
    ]
    return [(term, str(value)) for term, value in facts if value]


def _assurance() -> list[str]:
    return [
        _(
            "This letter is meant for the visa application alone. It holds together with the "
            "passport named above, unless it has been revoked."
        )
    ]


def _where_to_check(edition: Edition, language: str) -> str:
    address = link("attendees:visa_check", language=language, edition=edition.slug)
    return address.split("://")[-1]
