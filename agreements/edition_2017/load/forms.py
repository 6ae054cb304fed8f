"""Thousands of letters of one wording: rendered once, filled in for each reader."""

from copy import copy
from dataclasses import dataclass, field, replace

from django.utils.html import escape

from hrconf.mailing.compose import Letter, compose
from hrconf.mailing.models import Message
from hrconf.mailing.templatetags.mail import unlinked

# Characters of private use: no name, no text of ours contains them.
NAME, BADGE, LINK = "\ue000name\ue000", "\ue000badge\ue000", "\ue000link\ue000"
LINKS = ("answer_link", "registration_link")


@dataclass
class FormLetters:
    """Writes the letters that `compose` would write, of which one in a group is rendered.

    Letters of a group differ in the reader's name, badge and personal link, and in
    nothing else.
    """

    forms: dict[tuple[str, str, object], Message] = field(default_factory=dict)

    def write(self, kind: str, letter: Letter, group: object) -> Message:
        key = (kind, letter.language, group)
        if key not in self.forms:
            self.forms[key] = compose(kind, with_marks(letter))
        return fill_in(self.forms[key], letter)


def with_marks(letter: Letter) -> Letter:
    """The letter with marks where another reader's name, badge and link go."""
    context = dict(letter.context)
    context |= {link: LINK for link in LINKS if link in context}
    if "registration" in context:
        context["registration"] = copy(context["registration"])
        context["registration"].badge = BADGE
    return replace(letter, to_name=NAME, context=context)


def fill_in(form: Message, letter: Letter) -> Message:
    name = unlinked(letter.to_name)
    place = letter.context.get("registration")
    values = {
        BADGE: place.badge if place else "",
        LINK: next((letter.context[link] for link in LINKS if link in letter.context), ""),
    }
    return Message(
        kind=form.kind,
        recipient=letter.recipient,
        occasion=letter.occasion,
        to_address=letter.to_address,
        to_name=letter.to_name,
        from_address=form.from_address,
        reply_to=form.reply_to,
        subject=form.subject,
        text=put(form.text, {NAME: name, **values}),
        html=put(form.html, {NAME: escape(name), **values}),
        language=form.language,
    )


def put(text: str, values: dict[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text
