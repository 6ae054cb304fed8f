"""Text that people type: what no name, word or title of ours may hold.

Everything else is kept and shown as typed: markup, placeholders, formulas and
links are text like any other, and whoever writes them out escapes them. Refused
is only what a reader cannot see and what would make text look like another:
docs/decisions/0017-hostile-names.md.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Marks that turn the direction of text around: they make one name look like another.
# Plain left-to-right and right-to-left marks belong to scripts, and are harmless.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_ENDS = frozenset("\n\r\u2028\u2029\x0b\x0c\x1c\x1d\x1e\x85")
MANY_MARKS = 8  # on one letter; no script needs as many
# Letters of no width that are none of these categories are spaces or marks.
SEEN = frozenset("LNPS")
REASONS: dict[str, Any] = {
    "line_end": _("Please write this on one line."),
    "control": _("This holds a control character that cannot be seen: please type it anew."),
    "turning": _("This holds hidden marks that turn text around: please type it anew."),
    "unseen": _("Nothing of this can be seen: please type it anew."),
    "stack": _("Too many marks on one letter."),
}


def trouble_of(text: str, *, may_have_lines: bool = False) -> str:
    """Why a text is refused, a key of REASONS; empty if it is not."""
    if may_have_lines:
        text = re.sub(r"[\t\n\r]", " ", text)
    letters = set(text)
    if letters & LINE_ENDS:
        return "line_end"
    if any(is_control(letter) for letter in letters):
        return "control"
    if letters & TURNING:
        return "turning"
    if text.strip() and not any(is_seen(letter) for letter in letters):
        return "unseen"
    return "stack" if has_stack(text) else ""


def refuse_hidden(text: str, *, may_have_lines: bool = False) -> None:
    """Raise the refusal of a text that holds what cannot be seen."""
    if trouble := trouble_of(text, may_have_lines=may_have_lines):
        raise ValidationError(REASONS[trouble], code=trouble)


def is_control(letter: str) -> bool:
    """Control characters, halves of characters, and what Unicode calls none."""
    if unicodedata.category(letter) in {"Cc", "Cs"}:
        return True
    return ord(letter) & 0xFFFE == 0xFFFE or "\ufdd0" <= letter <= "\ufdef"


def is_harmless(letter: str) -> bool:
    """Whether a letter may stand on a line of a mail's head."""
    return letter not in TURNING and letter not in LINE_ENDS and not is_control(letter)


def is_seen(letter: str) -> bool:
    # Fillers of Hangul and the blank of Braille are letters that show nothing.
    return (
        unicodedata.category(letter)[0] in SEEN and letter not in "\u115f\u1160\u3164\uffa0\u2800"
    )


def has_stack(text: str) -> bool:
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if run > MANY_MARKS:
            return True
    return False


def install() -> None:
    """Have every text field of every form refuse it, next to the field.

    Django's own field is told, so that no form of today or tomorrow, public or
    of the office, designed or written, can forget to ask.
    """
    validate = forms.CharField.validate

    def validate_typed(self: forms.CharField, value: Any) -> None:
        validate(self, value)
        if isinstance(value, str) and not isinstance(self.widget, forms.PasswordInput):
            refuse_hidden(value, may_have_lines=isinstance(self.widget, forms.Textarea))

    if not getattr(validate, "refuses_hidden", False):
        validate_typed.__dict__["refuses_hidden"] = True
        setattr(forms.CharField, "validate", validate_typed)  # noqa: B010  mypy: a method
