"""The catalogue of projects on paper: by sector, as their holders approved them."""

from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from attendees.services.paper import plain
from events.models import Edition
from hrconf.lib.glyphs import undrawable
from hrconf.lib.links import link
from hrconf.lib.pdf import render_pdf
from hrconf.mailing.templatetags.mail import days_in_words
from projects.showcase import Shown, showcase_of

TEMPLATE = Path(__file__).parent.parent / "documents" / "catalogue.typ"
MARK = settings.BASE_DIR / "static" / "img" / "mark.svg"
SECONDS = 300
STAND_IN = "□"  # for a character that no font of ours has


def draw_catalogue(edition: Edition, language: str) -> bytes:
    """The catalogue as a PDF in a language, with titles in both."""
    with override(language):
        data = catalogue_data(edition, language)
    missing = str.maketrans(dict.fromkeys(undrawable(data), STAND_IN))
    clean = _translated(data, missing)
    return render_pdf(TEMPLATE, {**clean, "mark": MARK.read_text()}, seconds=SECONDS)


def catalogue_data(edition: Edition, language: str) -> dict[str, Any]:
    """What the template prints; what people typed are strings to it."""
    found = sorted(showcase_of(edition).all, key=_place)
    sectors = [
        {"name": name, "projects": [_entry(one) for one in group]}
        for name, group in groupby(found, key=_sector)
    ]
    return {
        "lang": "zh" if language.startswith("zh") else "en",
        "edition": plain(edition.name),
        "city": plain(edition.city),
        "days": days_in_words(edition.starts_on, edition.ends_on),
        "title": _("Catalogue of projects"),
        "contents": _("Contents"),
        "count": ngettext("%(count)s project", "%(count)s projects", len(found))
        % {"count": f"{len(found):,}"},
        "address": link("projects:directory", language=language, edition=edition.slug),
        "sectors": sectors,
    }


def _sector(one: Shown) -> str:
    return str(one.sector.top.name) if one.sector else _("Other")


def _place(one: Shown) -> tuple[str, str]:
    return (one.sector.top.slug if one.sector else "~", one.code)


def _entry(one: Shown) -> dict[str, Any]:
    titles = [str(one.title), *one.title.by_language.values()]
    names = [str(one.organization), *one.organization.by_language.values()]
    return {
        "code": plain(one.code),
        "titles": [plain(title) for title in dict.fromkeys(titles)],
        "by": " · ".join(plain(n) for n in [*dict.fromkeys(names), one.country_name] if n),
        "summary": plain(one.summary),
        "facts": " · ".join(
            filter(
                None,
                [
                    str(one.sector.name) if one.sector else "",
                    one.stage_label,
                    _("Looking for: %(what)s") % {"what": one.seeking_text} if one.seeking else "",
                    plain(one.website),
                ],
            )
        ),
    }


def _translated(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, dict):
        return {key: _translated(one, table) for key, one in value.items()}
    return [_translated(one, table) for one in value]
