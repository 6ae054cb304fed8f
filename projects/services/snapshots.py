"""An application as it was sent: frozen word by word, and compared with another."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from attendees.models import Form
from attendees.services.questions import in_words
from hrconf.accounts.models import User
from hrconf.lib.wording import listed
from projects.models import Application, ApplicationVersion, Project, Sector, TeamMember

WORDS, LANGUAGES = ["title", "organization", "summary"], ["en", "zh_hans"]
TEXTS = [f"{name}_{code}" for name in WORDS for code in LANGUAGES]
FACTS = ["sector", "country", "stage", "seeking", "funding_sought", "currency"]
FACTS += ["founded_year", "website", "video_url"]
TITLES = {
    "title_en": gettext_lazy("Title in English"),
    "title_zh_hans": gettext_lazy("Title in Chinese"),
    "organization_en": gettext_lazy("Company or team in English"),
    "organization_zh_hans": gettext_lazy("Company or team in Chinese"),
    "summary_en": gettext_lazy("Description in English"),
    "summary_zh_hans": gettext_lazy("Description in Chinese"),
    "sector": gettext_lazy("Sector"),
    "country": gettext_lazy("Country or region"),
    "stage": gettext_lazy("Stage"),
    "seeking": gettext_lazy("Seeking"),
    "funding_sought": gettext_lazy("Funding sought"),
    "currency": gettext_lazy("Currency"),
    "founded_year": gettext_lazy("Founded in"),
    "website": gettext_lazy("Website"),
    "video_url": gettext_lazy("Video"),
    "team": gettext_lazy("Team"),
    "files": gettext_lazy("Files"),
}


@dataclass(frozen=True)
class Line:
    """One thing that was sent, in words."""

    title: str
    text: str


@dataclass(frozen=True)
class Change:
    """What differs between two versions, in words."""

    title: str
    before: str
    after: str


def content_of(application: Application) -> dict[str, Any]:
    """All that the applicant sends, as JSON: what a version keeps."""
    project = application.project
    content: dict[str, Any] = {name: getattr(project, name) or "" for name in TEXTS}
    content |= {name: _plain(project, name) for name in FACTS}
    content["answers"] = application.answers
    content["consents"] = application.consents
    joined = application.team.filter(state=TeamMember.State.JOINED).order_by("pk")
    names = ["name_native", "name_latin", "role", "part"]
    content["team"] = [{name: getattr(one, name) for name in names} for one in joined]
    files = project.files.order_by("kind", "number")
    content["files"] = list(files.values("kind", "number", "name", "sha256"))
    return content


def _plain(project: Project, name: str) -> Any:
    value = getattr(project, "sector_id" if name == "sector" else name)
    if name == "seeking":
        return sorted(value or [])
    if name == "founded_year":
        return value
    return f"{value:.2f}" if name == "funding_sought" and value is not None else str(value or "")


def freeze(application: Application, *, by: User | None = None) -> ApplicationVersion | None:
    """Keep what is sent now as the next version; None if nothing has changed."""
    last = application.versions.order_by("-number").first()
    content = content_of(application)
    if last and last.content == content:
        return None
    row = version_of(
        application,
        content,
        (last.number if last else 0) + 1,
        at=timezone.now(),
        status=application.project.status,
    )
    row.made_by = by
    row.save()
    return row


def version_of(
    application: Application, content: dict[str, Any], number: int, *, at: datetime, status: str
) -> ApplicationVersion:
    """A version that is not saved yet, with the checksum of its content."""
    packed = json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    return ApplicationVersion(
        application=application,
        number=number,
        content=content,
        sha256=hashlib.sha256(packed).hexdigest(),
        status=status,
        made_at=at,
    )


# In words ---------------------------------------------------------------------------------


def lines_of(content: Mapping[str, Any], form: Form | None) -> list[Line]:
    """What a version says, without what is empty."""
    return [Line(title, text) for _key, title, text in _said(content, form) if text]


def facts_of(content: Mapping[str, Any]) -> list[Line]:
    """What a version is about in a few lines: title, sector, team and files as they were sent."""
    titles = [content.get(f"title_{code}") for code in LANGUAGES]
    said = {key: text for key, _title, text in _said(content, None)}
    lines = [(_("Project"), " / ".join(filter(None, titles)))]
    lines += [(str(TITLES[key]), said[key]) for key in ["sector", "team", "files"]]
    return [Line(title, text) for title, text in lines if text]


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], form: Form | None
) -> list[Change]:
    """What differs, in the order of the form."""
    first = {key: (title, text) for key, title, text in _said(before, form)}
    second = {key: (title, text) for key, title, text in _said(after, form)}
    found = []
    for key, (title, text) in second.items():
        earlier = first.get(key, (title, ""))[1]
        if earlier != text:
            found.append(Change(title, earlier, text))
    gone = [Change(title, text, "") for key, (title, text) in first.items() if key not in second]
    return found + [change for change in gone if change.before]


def _said(content: Mapping[str, Any], form: Form | None) -> Iterator[tuple[str, str, str]]:
    for name in [*TEXTS, *FACTS]:
        yield name, str(TITLES[name]), _fact(name, content.get(name))
    yield from _answers(content, form)
    yield "team", str(TITLES["team"]), "\n".join(_member(one) for one in content.get("team", []))
    files = content.get("files", [])
    # Two files may have one name: the checksum tells them apart.
    yield (
        "files",
        str(TITLES["files"]),
        "\n".join(f"{f['name']} ({f['sha256'][:8]})" for f in files),
    )


def _answers(content: Mapping[str, Any], form: Form | None) -> Iterator[tuple[str, str, str]]:
    questions = list(form.fields.all()) if form else []
    answers, consents = content.get("answers", {}), content.get("consents", {})
    for question in questions:
        if question.key in answers:
            kept = answers[question.key]
            yield f"q-{question.key}", question.label, in_words(question, kept)
        elif question.key in consents:
            text = _("Agreed (version %(number)s)") % {"number": consents[question.key]}
            yield f"q-{question.key}", question.label, text


def _fact(name: str, value: Any) -> str:
    if not value:
        return ""
    if name == "funding_sought":
        return f"{Decimal(value):,.2f}"
    if name == "sector":
        found = Sector.objects.filter(pk=value).first()
        return found.name if found else ""
    if name == "country":
        return countries.name(value) or value
    if name == "stage":
        return str(dict(Project.Stage.choices).get(value, value))
    if name == "seeking":
        return listed(str(dict(Project.Seeking.choices).get(one, one)) for one in value)
    return str(value)


def _member(member: Mapping[str, str]) -> str:
    names = " ".join(filter(None, [member["name_native"], member["name_latin"]]))
    said = [names, member["role"], member["part"]]
    return " · ".join(part for part in said if part)
