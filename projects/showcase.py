"""The public directory of an edition in the memory of the process: who is in it, what is counted.

Made anew when its token changes, which the front asks once a second and a page once
when Django makes it. Only approved text is in it, nothing personal.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from django.db.models import Count, F, Max, Sum
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext
from django_countries import countries
from pypinyin import Style, lazy_pinyin

from events.models import Edition
from events.programme import Text
from events.search import folded, terms
from events.shelf import Shelf
from hrconf.lib.names import HAN, sort_key
from projects.models import Project, Sector, ShowcasePage
from projects.services.showcase import SHOWN

FACETS = ["sector", "stage", "country", "seeking"]
Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class SectorOf:
    """A sector with the one it is part of."""

    slug: str
    name: Text
    group: "SectorOf | None"

    @property
    def top(self) -> "SectorOf":
        return self.group or self


@dataclass(eq=False)
class Shown:
    """A project as its holder approved it."""

    code: str
    version: int
    title: Text
    organization: Text
    summary: Text
    website: str
    sector: SectorOf | None
    stage: str
    country: str
    seeking: tuple[str, ...]
    earlier_year: int | None = None
    index: str = field(default="", repr=False)

    @property
    def country_name(self) -> str:
        return countries.name(self.country) if self.country else ""

    @property
    def stage_label(self) -> str:
        return str(Project.Stage(self.stage).label) if self.stage else ""

    @property
    def seeking_labels(self) -> list[str]:
        return [str(Project.Seeking(one).label) for one in self.seeking]

    @property
    def seeking_text(self) -> str:
        """What it seeks in one line, as the reader's language lists things."""
        is_chinese = (get_language() or "").startswith("zh")
        return ("、" if is_chinese else ", ").join(self.seeking_labels)

    def values(self, facet: str) -> Iterable[str]:
        """What it counts under: its sector is the one at the top."""
        if facet == "sector":
            return [self.sector.top.slug] if self.sector else []
        return self.seeking if facet == "seeking" else filter(None, [getattr(self, facet)])

    def is_in(self, chosen: Chosen, leaving: str = "") -> bool:
        """Whether it has, of each facet, one of the chosen values."""
        return all(
            not wanted or any(value in wanted for value in self.values(facet))
            for facet, wanted in chosen.items()
            if facet != leaving
        )

    def matches(self, wanted: list[str]) -> bool:
        """Latin terms are the start of a word, Chinese ones anywhere."""
        return all((t if HAN.search(t) else f" {t}") in self.index for t in wanted)


@dataclass(frozen=True)
class Option:
    """A value of a facet, how many it would leave, and the address that chooses or drops it."""

    value: str
    label: str
    count: int
    is_chosen: bool
    url: str


@dataclass(frozen=True)
class Facet:
    """A question with its values, the most frequent first."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [one for one in self.options if one.is_chosen]


@dataclass
class Showcase:
    """All pages of an edition in the order of their titles' sound."""

    token: str
    all: list[Shown]
    sectors: dict[str, SectorOf]

    @cached_property
    def by_code(self) -> dict[str, Shown]:
        return {one.code: one for one in self.all}

    def found(self, chosen: Chosen, query: str) -> list[Shown]:
        wanted = terms(query)
        return [one for one in self.all if one.is_in(chosen) and one.matches(wanted)]

    def facets(self, chosen: Chosen, query: str) -> list[Facet]:
        """Each facet counted over what the others and the search leave."""
        wanted = terms(query)
        matching = [one for one in self.all if one.matches(wanted)]
        return [self._facet(name, matching, chosen, query) for name in FACETS]

    def _facet(self, name: str, matching: list[Shown], chosen: Chosen, query: str) -> Facet:
        left = (one for one in matching if one.is_in(chosen, leaving=name))
        counts = Counter(value for one in left for value in one.values(name))
        counts.update(dict.fromkeys(chosen.get(name, ()), 0))
        label_of = self.labels[name]
        options = [
            Option(value, label_of(value), count, value in chosen.get(name, ()), "")
            for value, count in counts.items()
        ]
        options.sort(key=lambda one: (-one.count, one.label))
        if name == "stage":  # from the idea to the market, not by number
            options.sort(key=lambda one: list(Project.Stage.values).index(one.value))
        linked = [
            Option(o.value, o.label, o.count, o.is_chosen, address(toggled(chosen, name, o), query))
            for o in options
        ]
        return Facet(name, str(facet_label(name)), linked)

    @property
    def labels(self) -> dict[str, Callable[[str], str]]:
        return {
            "sector": lambda value: str(self.sectors[value].name),
            "stage": lambda value: str(Project.Stage(value).label),
            "country": lambda value: countries.name(value),
            "seeking": lambda value: str(Project.Seeking(value).label),
        }

    def known(self, given: Mapping[str, list[str]]) -> Chosen:
        """What of an address is a filter; anything else is left out."""
        known = {
            "sector": {one.top.slug for one in self.sectors.values()},
            "stage": set(Project.Stage.values),
            "country": {one.country for one in self.all},
            "seeking": set(Project.Seeking.values),
        }
        return {name: frozenset(given.get(name, [])) & known[name] - {""} for name in FACETS}


def facet_label(name: str) -> object:
    labels = {
        "sector": pgettext("filter", "Sector"),
        "stage": pgettext("filter", "Stage"),
        "country": pgettext("filter", "Country or region"),
        "seeking": pgettext("filter", "Looking for"),
    }
    return labels[name]


def toggled(chosen: Chosen, name: str, option: Option) -> Chosen:
    return {**chosen, name: chosen.get(name, frozenset()) ^ {option.value}}


def address(chosen: Chosen, query: str) -> str:
    """The query string of a choice, in one order; "?" for all."""
    pairs = [(name, value) for name in FACETS for value in sorted(chosen.get(name, ()))]
    return "?" + urlencode([("q", query), *pairs] if query else pairs)


# Reading it --------------------------------------------------------------------------------

_kept: Shelf[Showcase] = Shelf(size=8)
_making = Lock()


def showcase_of(edition: Edition) -> Showcase:
    """The directory of an edition: two queries while it does not change, four when it does."""
    token = tokens(edition=edition).get(edition.slug, "")
    if kept := _kept.get((edition.pk, token)):
        return kept
    with _making:
        return _kept.get((edition.pk, token)) or _kept.put(
            (edition.pk, token), _read(edition, token)
        )


def tokens(**where: Any) -> dict[str, str]:
    """For each public edition what changes with any page of its showcase; two queries.

    Pages that came, went or changed, projects that are accepted no more, and sectors
    by their names.
    """
    rows = (
        ShowcasePage.objects.filter(
            state=ShowcasePage.State.APPROVED,
            project__status__in=SHOWN,
            project__edition__is_public=True,
            **{f"project__{name}": value for name, value in where.items()},
        )
        .values(slug=F("project__edition__slug"))
        .annotate(
            count=Count("pk"),
            which=Sum("pk"),
            versions=Sum("version"),
            pages=Max("updated_at"),
            projects=Max("project__updated_at"),
        )
        .order_by()
    )
    names = list(Sector.objects.order_by("pk").values_list()) if rows else []
    return {
        row["slug"]: hashlib.sha256(repr([sorted(row.items()), names]).encode()).hexdigest()[:20]
        for row in rows
    }


def _read(edition: Edition, token: str) -> Showcase:
    sectors = _sectors()
    rows = ShowcasePage.objects.filter(
        state=ShowcasePage.State.APPROVED, project__edition=edition, project__status__in=SHOWN
    ).select_related("project__earlier__edition")
    found = [_shown(page, sectors) for page in rows]
    found.sort(key=lambda one: (_order(one), one.code))
    return Showcase(token, found, {one.slug: one for one in sectors.values()})


def _order(one: Shown) -> str:
    """The sound of the English title, else of the Chinese one: one order in both languages."""
    english = one.title.by_language.get("en", "")
    return sort_key(one.title.by_language.get("zh-hans", "")) if not english else sort_key(english)


def _sectors() -> dict[int, SectorOf]:
    rows = {row.pk: row for row in Sector.objects.all()}
    made = {pk: SectorOf(row.slug, _names(row), None) for pk, row in rows.items()}
    return {
        pk: SectorOf(row.slug, _names(row), made[row.parent_id]) if row.parent_id else made[pk]
        for pk, row in rows.items()
    }


def _names(row: Sector) -> Text:
    return Text({"en": row.name_en or "", "zh-hans": row.name_zh_hans or ""})


def _shown(page: ShowcasePage, sectors: Mapping[int, SectorOf]) -> Shown:
    data = page.approved

    def text(name: str) -> Text:
        pairs = {"en": data.get(f"{name}_en", ""), "zh-hans": data.get(f"{name}_zh_hans", "")}
        return Text({code: value for code, value in pairs.items() if value})

    one = Shown(
        code=code_of(page.project),
        version=page.version,
        title=text("title"),
        organization=text("organization"),
        summary=text("summary"),
        website=data.get("website", ""),
        sector=sectors.get(data.get("sector", 0)),
        stage=data.get("stage", "") if data.get("stage") in Project.Stage.values else "",
        country=data.get("country", ""),
        seeking=tuple(s for s in data.get("seeking", []) if s in Project.Seeking.values),
        earlier_year=page.project.earlier.edition.year if page.project.earlier else None,
    )
    one.index = index_of(one)
    return one


def code_of(project: Project) -> str:
    """The project in an address: its reference where that can stand in one, else its number."""
    reference = project.reference
    is_plain = reference.isascii() and reference.replace("-", "").replace("_", "").isalnum()
    return reference if is_plain else f"n{project.pk}"


def index_of(one: Shown) -> str:
    """Everything it is found by: both languages, Chinese names also by their sound."""
    parts = [one.code, one.title.all, one.organization.all, one.summary.all]
    for text in (one.title, one.organization):
        parts += pinyin_of(text.by_language.get("zh-hans", ""))
    if one.sector:
        parts += [one.sector.name.all, one.sector.top.name.all]
    if one.country:
        parts.append(one.country_name)
    return folded(" ".join(parts))


def pinyin_of(text: str) -> list[str]:
    """ "智云科技" as one types it: "zhi yun ke ji", and joined from each syllable on."""
    if not HAN.search(text):
        return []
    syllables = lazy_pinyin(text, style=Style.NORMAL)[:40]
    joined = ["".join(syllables[at : at + 8]) for at in range(len(syllables))]
    return [" ".join(syllables), " ".join(joined)]
