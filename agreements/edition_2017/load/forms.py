"""Thousands of letters of one wording: rendered once, filled in for each reader."""

import uuid
from copy import copy
from dataclasses import dataclass, field, replace

from django.utils.html import escape

from attendees.models import Association
from hrconf.mailing.compose import Letter, compose
from hrconf.mailing.models import Message
from hrconf.mailing.templatetags.mail import unlinked
from hrconf.mailing.unsubscribing import unsubscribe_link

# Characters of private use: no name, no text of ours contains them.
NAME, BADGE, LINK = "\ue000name\ue000", "\ue000badge\ue000", "\ue000link\ue000"
SENDERS = {"en": "\ue000sender-en\ue000", "zh-hans": "\ue000sender-zh\ue000"}
# What else differs between readers: the key in a letter's context, and its mark.
PARTICULARS = {
    key: f"\ue000{key}\ue000"
    for key in ["salutation", "other_salutation", "paper_link", "other_link"]
}
LINKS = ("answer_link", "registration_link")


@dataclass
class FormLetters:
    """Writes the letters that `compose` would write, of which one in a group is rendered.

    Letters of a group differ in the reader's name, badge, personal links and in the names
    of the association that sends them, and in nothing else.
    """

    forms: dict[tuple[str, str, object], Message] = field(default_factory=dict)

    def write(self, kind: str, letter: Letter, group: object) -> Message:
        key = (kind, letter.language, group)
        if key not in self.forms:
            self.forms[key] = compose(kind, with_marks(letter))
        return fill_in(self.forms[key], letter)


def with_marks(letter: Letter) -> Letter:
    """The letter with marks where another reader's particulars go."""
    context = dict(letter.context)
    context |= {link: LINK for link in LINKS if link in context}
    context |= {key: mark for key, mark in PARTICULARS.items() if key in context}
    if "registration" in context:
        context["registration"] = copy(context["registration"])
        context["registration"].badge = BADGE
    if (invitation := context.get("invitation")) and invitation.association:
        context["invitation"] = copy(invitation)
        context["invitation"].association = Association(
            pk=invitation.association_id,
            name_en=SENDERS["en"],
            name_zh_hans=SENDERS["zh-hans"],
        )
    return replace(letter, to_name=NAME, context=context)


def fill_in(form: Message, letter: Letter) -> Message:
    place = letter.context.get("registration")
    message_id = uuid.uuid4()
    values = {
        unsubscribe_link(form.message_id, form.language): unsubscribe_link(
            message_id, form.language
        ),
        NAME: unlinked(letter.to_name),
        **{mark: unlinked(sender_of(letter, code)) for code, mark in SENDERS.items()},
        **{mark: particular(letter, key) for key, mark in PARTICULARS.items()},
        BADGE: place.badge if place else "",
        LINK: next((letter.context[link] for link in LINKS if link in letter.context), ""),
    }
    return Message(
        message_id=message_id,
        kind=form.kind,
        recipient=letter.recipient,
        occasion=letter.occasion,
        to_address=letter.to_address,
        to_name=letter.to_name,
        from_address=form.from_address,
        reply_to=form.reply_to,
        subject=form.subject,
        text=put(form.text, values),
        html=put(form.html, {mark: escape(value) for mark, value in values.items()}),
        language=form.language,
    )


def particular(letter: Letter, key: str) -> str:
    text = str(letter.context.get(key, ""))
    return text if key.endswith("link") else unlinked(text)


def sender_of(letter: Letter, language: str) -> str:
    """The association that an invitation reaches its reader through."""
    invitation = letter.context.get("invitation")
    if invitation is None or invitation.association is None:
        return ""
    association = invitation.association
    return association.name_zh_hans if language.startswith("zh") else association.name_en


def put(text: str, values: dict[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text
