"""What other programs call the kinds of sessions."""

from django.utils.translation import override

from events.models import Session

Kind = Session.Kind
KNOWN = {
    "break": Kind.BREAK,
    "pause": Kind.BREAK,
    "coffee break": Kind.BREAK,
    "lunch": Kind.MEAL,
    "dinner": Kind.MEAL,
    "breakfast": Kind.MEAL,
    "lunch break": Kind.MEAL,
    "meal": Kind.MEAL,
    "social": Kind.NETWORKING,
    "social event": Kind.NETWORKING,
    "party": Kind.NETWORKING,
    "networking": Kind.NETWORKING,
    "ceremony": Kind.CEREMONY,
    "forum": Kind.FORUM,
    "panel": Kind.FORUM,
    "podium": Kind.FORUM,
    "discussion": Kind.FORUM,
    "contest": Kind.COMPETITION,
    "competition": Kind.COMPETITION,
    "pitch": Kind.PITCH,
    "excursion": Kind.VISIT,
}


def kind_of(name: str) -> str:
    """Our kind for a name in a file; what nobody knows is a talk."""
    plain = " ".join(name.casefold().replace("_", " ").split())
    return _ours().get(plain) or KNOWN.get(plain) or Kind.TALK


def foreign_name(name: str) -> str:
    """The name, if it is not what we write ourselves."""
    plain = " ".join(name.casefold().replace("_", " ").split())
    return "" if plain in _ours() else name


def _ours() -> dict[str, str]:
    """Our kinds by their values and by their labels in both languages."""
    if not _names:
        for language in ["en", "zh-hans"]:
            with override(language):
                _names.update({str(kind.label).casefold(): kind.value for kind in Kind})
        _names.update({kind.value.replace("_", " "): kind.value for kind in Kind})
    return _names


_names: dict[str, str] = {}
