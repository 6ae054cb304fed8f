"""What a reviewer sees of a project: all of it, or what tells nothing of who brings it.

Blind, the office's anonymised text stands in for title and summary. Where there is none
the project's own is shown with every name we know of the team and its company covered:
each cover is of one width, so that it does not tell how long the name is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from projects.models import Project, ReviewPhase
from projects.services.conflicts import team_of

COVER = "▒▒▒"
SHORTEST = 2
LINKS = re.compile(
    r"(?:https?://|www\.)[^\s)）,，。;；]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+\.(?:com|cn|org|net|io)\b",
    re.I,
)


@dataclass(frozen=True)
class Shown:
    """A project as one phase shows it to its reviewers."""

    pk: int
    reference: str
    title: str
    text: str
    sector: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    by: str = ""
    website: str = ""
    is_covered: bool = False  # names were covered by us, not by the office


def shown_in(phase: ReviewPhase, projects: Sequence[Project]) -> dict[int, Shown]:
    """The projects as the phase shows them, by key."""
    if not phase.is_blind:
        return {one.pk: _open(one) for one in projects}
    names: dict[int, set[str]] = {one.pk: set() for one in projects}
    for mate in team_of(projects):
        names[mate.project].update(mate.organizations)
    for one in projects:
        names[one.pk].update(_names_of(one))
    return {one.pk: _blind(one, names[one.pk]) for one in projects}


def _names_of(project: Project) -> Iterable[str]:
    holder = project.holder
    told = {holder.name_native, holder.name_latin, holder.sort_key}
    # A family name first or last, and each word of some length by itself.
    words = {word for name in told for word in name.split() if len(word) > 2}
    turned = {" ".join(reversed(name.split())) for name in told}
    return told | words | turned


def _open(project: Project) -> Shown:
    by = " · ".join(filter(None, [project.holder.both_names, project.organization]))
    facts = _facts(project)
    if project.country:
        facts.append((_("Country or region"), str(project.country.name)))
    return Shown(
        project.pk, project.reference, project.title, project.summary, str(project.sector),
        facts, by, project.website,
    )  # fmt: skip


def _blind(project: Project, names: set[str]) -> Shown:
    own = getattr(project, "blind_text", None)
    title, text = (own.title, own.text) if own else (project.title, project.summary)
    if own is None:
        title, text = cover(title, names), cover(text, names)
    return Shown(
        project.pk, project.reference, title, text, str(project.sector), _facts(project),
        is_covered=own is None,
    )  # fmt: skip


def _facts(project: Project) -> list[tuple[str, str]]:
    seeking = [str(Project.Seeking(one).label) for one in project.seeking if one in Project.Seeking]
    pairs = [
        (_("Stage"), project.get_stage_display()),
        (_("Seeking"), ", ".join(seeking)),
    ]
    return [(term, str(value)) for term, value in pairs if value]


def cover(text: str, names: Iterable[str]) -> str:
    """A text with names, addresses and links covered, whatever their case."""
    text = LINKS.sub(COVER, text or "")
    told = sorted(
        {one for one in names if one and len(one) >= SHORTEST}, key=lambda s: (-len(s), s)
    )
    if not told:
        return text
    parts = "|".join(_bounded(one) for one in told)
    covered = re.sub(parts, COVER, text, flags=re.I)
    return re.sub(rf"{COVER}(?:[\s,·]*{COVER})+", COVER, covered)


def _bounded(name: str) -> str:
    """Latin words whole; characters of other scripts have no spaces around them."""
    escaped = re.escape(name)
    return rf"(?<!\w){escaped}(?!\w)" if name.isascii() else escaped
