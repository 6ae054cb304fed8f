"""The receipt of an application: number, time, checksum and what was sent, on paper."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

import attendees
from attendees.services.paper import LANGUAGES, MARK, plain
from hrconf.lib.glyphs import refuse_undrawable
from hrconf.lib.pdf import render_pdf
from hrconf.mailing.templatetags.mail import day_in_words, days_in_words
from projects.models import Application, ApplicationVersion
from projects.services.snapshots import facts_of

TEMPLATE = Path(attendees.__file__).parent / "documents" / "decision.typ"


def receipt_name(application: Application) -> str:
    return f"receipt-{application.project.reference.lower()}.pdf"


def draw_receipt(application: Application, version: ApplicationVersion) -> bytes:
    """A page in the applicant's language, then one in the other."""
    first = (application.project.holder or application.applicant).preferred_language
    languages = sorted(LANGUAGES, key=lambda language: language != first)
    pages = [_page(application, version, language) for language in languages]
    refuse_undrawable(pages)
    return render_pdf(TEMPLATE, {"mark": MARK.read_text(), "pages": pages})


def _page(application: Application, version: ApplicationVersion, language: str) -> dict[str, Any]:
    with override(language):
        edition, project = application.edition, application.project
        to = project.holder or application.applicant
        at = timezone.localtime(version.made_at)
        return {
            "lang": "zh" if language.startswith("zh") else "en",
            "title": _("Receipt of an application"),
            "edition": plain(edition.name),
            "city": plain(edition.city),
            "days": days_in_words(edition.starts_on, edition.ends_on),
            "number": _("No. %(number)s") % {"number": project.reference},
            "date": day_in_words(at.date()),
            "to": plain(to.name_in(language)),
            "facts": [
                [_("Kind"), plain(application.kind.name)],
                *([line.title, plain(line.text)] for line in facts_of(version.content)),
                [_("Received"), f"{day_in_words(at.date())}, {at:%H:%M} ({at.tzname()})"],
                [_("Version"), str(version.number)],
                [_("Checksum"), version.sha256],
            ],
            "before": [
                _("We have received your application for the %(conference)s in full.")
                % {"conference": plain(edition.name)},
                _(
                    "The checksum is of all that you sent: it shows later that nothing of it was changed."
                ),
            ],
            "fails": [],
            "fails_title": "",
            "comments": [],
            "comments_title": "",
            "closing": _("Yours respectfully,"),
            "signed": plain(
                _("The organizing committee of the %(conference)s") % {"conference": edition.name}
            ),
            "contact": plain(edition.contact_email),
            "seal": _("Signature and seal"),
        }
