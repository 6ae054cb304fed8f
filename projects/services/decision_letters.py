"""Letters of decision: a number from the register, a PDF in both languages, a mail once."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

import attendees
from attendees.services.letters import letter_to
from attendees.services.paper import LANGUAGES, MARK, plain
from events.models import Edition
from hrconf.accounts.models import User
from hrconf.lib.glyphs import refuse_undrawable
from hrconf.lib.pdf import render_pdf
from hrconf.mailing.services import queue_letters
from hrconf.mailing.templatetags.mail import day_in_words, days_in_words
from projects.models import Decision, DecisionLetter, DecisionRegister, Review
from projects.services.eligibility import fails_of

TEMPLATE = Path(attendees.__file__).parent / "documents" / "decision.typ"
Outcome = Decision.Outcome
KINDS = {
    Outcome.ACCEPT: "decision_accept",
    Outcome.RESERVE: "decision_reserve",
    Outcome.DECLINE: "decision_decline",
}
MOST_COMMENTS = 6
LONGEST = 900  # of a comment in the letter; the page has room for so much


def issue_letter(decision: Decision, *, by: User | None) -> DecisionLetter:
    """Number, draw and mail the letter of a decision; the caller holds the decision's row."""
    number = take_number(decision.edition)
    letter = DecisionLetter(
        decision=decision,
        edition=decision.edition,
        number=number,
        reference=reference_of(decision.edition, number),
        issued_at=decision.released_at,
        issued_by=by,
    )
    letter.pdf = draw_letter(letter, decision)
    letter.sha256 = hashlib.sha256(letter.pdf).hexdigest()
    letter.save()
    _mail(letter, decision)
    return letter


def take_number(edition: Edition) -> int:
    """The next number of the register, whose row stays locked until the letter is there."""
    DecisionRegister.objects.get_or_create(edition=edition)
    register = DecisionRegister.objects.select_for_update().get(edition=edition)
    register.last_number += 1
    register.save(update_fields=["last_number"])
    return register.last_number


def reference_of(edition: Edition, number: int) -> str:
    """The number as it is printed: 2017-D-0001."""
    return f"{edition.slug.upper()}-D-{number:04}"


def occasion_of(decision: Decision) -> str:
    return f"decision:{decision.pk}"


def file_name(letter: DecisionLetter) -> str:
    return f"decision-{letter.reference.lower()}.pdf"


def _mail(letter: DecisionLetter, decision: Decision) -> None:
    holder = decision.project.holder
    if not holder.email:
        return
    made = letter_to(
        holder,
        decision.edition,
        occasion=occasion_of(decision),
        context={"project": decision.project, "decision": decision, "letter": letter},
    )
    attached = [(file_name(letter), "application/pdf", bytes(letter.pdf))]
    queue_letters(KINDS[Outcome(decision.outcome)], [replace(made, attachments=attached)])


# On paper -------------------------------------------------------------------------------


def draw_letter(letter: DecisionLetter, decision: Decision) -> bytes:
    """The letter as a PDF: a page in the holder's language, then one in the other."""
    first = decision.project.holder.preferred_language
    languages = sorted(LANGUAGES, key=lambda language: language != first)
    pages = [_page(letter, decision, language) for language in languages]
    refuse_undrawable(pages)
    return render_pdf(TEMPLATE, {"mark": MARK.read_text(), "pages": pages})


def _page(letter: DecisionLetter, decision: Decision, language: str) -> dict[str, Any]:
    with override(language):
        edition, project = decision.edition, decision.project
        said = [_clipped(text) for text in comments_of(decision)]
        return {
            "lang": "zh" if language.startswith("zh") else "en",
            "title": _("Letter of decision"),
            "edition": plain(edition.name),
            "city": plain(edition.city),
            "days": days_in_words(edition.starts_on, edition.ends_on),
            "number": _("No. %(number)s") % {"number": letter.reference},
            "date": day_in_words(letter.issued_on),
            "to": plain(project.holder.name_in(language)),
            "facts": [
                [_("Project"), plain(project.title)],
                [_("Reference"), plain(project.reference)],
                [_("Sector"), plain(project.sector.name)],
                [_("Decision"), _outcome(decision)],
            ],
            "before": [plain(text) for text in _paragraphs(decision)],
            "fails": [plain(one.item.text) for one in _fails(decision)],
            "fails_title": _("Of the eligibility checklist this does not hold:"),
            "comments": said,
            "comments_title": _("What the reviewers would like to tell you:"),
            "closing": _("Yours respectfully,"),
            "signed": plain(
                _("The organizing committee of the %(conference)s") % {"conference": edition.name}
            ),
            "contact": plain(edition.contact_email),
            "seal": _("Signature and seal"),
        }


def _outcome(decision: Decision) -> str:
    if decision.outcome == Outcome.RESERVE:
        return _("Reserve list, place %(rank)s") % {"rank": decision.rank}
    return _("Accepted") if decision.outcome == Outcome.ACCEPT else _("Not accepted")


def _paragraphs(decision: Decision) -> list[str]:
    """The body of the letter in the language that is active."""
    names = {"conference": decision.edition.name, "rank": decision.rank}
    if decision.outcome == Outcome.ACCEPT:
        return [
            _("We are glad to tell you that your project is accepted for the %(conference)s.")
            % names,
            _("The conference office will write to you about the next steps."),
        ]
    if decision.outcome == Outcome.RESERVE:
        return [
            _(
                "Your project is on the reserve list of the %(conference)s, at place %(rank)s. "
                "It is neither accepted nor declined."
            )
            % names,
            _(
                "Should a place become free, projects of this list move up in order, and we write to you at once."
            ),
        ]
    return [
        _("We regret that we cannot accept your project for the %(conference)s.") % names,
        _("There were more good projects than places. We thank you for the work you put into it."),
    ]


def _fails(decision: Decision) -> list:
    return fails_of(decision.project) if decision.outcome == Outcome.DECLINE else []


def comments_of(decision: Decision) -> list[str]:
    """What reviewers wrote to the applicant, in the order of the text alone.

    So neither who wrote it nor when shows in the order.
    """
    rows = Review.objects.filter(
        ~Q(to_applicant=""), project=decision.project, state=Review.State.DONE
    )
    return sorted(set(rows.values_list("to_applicant", flat=True)))[:MOST_COMMENTS]


def _clipped(text: str) -> str:
    text = plain(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
