"""Writes projects: a title and a summary in both languages, a stage, a wish."""

import re
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from agreements.edition_2017.proposals.families import FAMILIES, Fact, Family, Product
from agreements.edition_2017.proposals.phrases import APPROACHES, PLANS, STAGES, TEAMS, WISHES
from agreements.edition_2017.sectors import SECTOR_OF
from agreements.edition_2017.text import Text, in_sentence, sentence, with_article

ATTEMPTS = 60  # at a title that is not taken
STAGE_SHARES = {"idea": 14, "prototype": 30, "pilot": 27, "market": 21, "growth": 8}
# Funding sought by stage, in units of 500,000 yuan.
FUNDING = {
    "idea": (1, 6),
    "prototype": (4, 20),
    "pilot": (8, 40),
    "market": (16, 80),
    "growth": (40, 200),
}
ILLNESS = re.compile("(癌|病|病变|炎|痛|症|瘤|耳聋|骨折|卒中|结节|损伤|复发|癫痫)$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a project's holder writes in the application."""

    subsector: str
    title: Text
    summary: Text
    stage: str
    seeking: tuple[str, ...]
    funding: Decimal | None
    keyword: Text  # what a company of the project calls itself after

    @property
    def sector(self) -> str:
        return SECTOR_OF[self.subsector]


class ProposalWriter:
    """Writes proposals of which no two have one title, as far as words reach."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.titles: set[str] = set()
        self.exhausted: set[str] = set()  # sub-sectors in which every title is taken

    def write(self, subsector: str, organization: Text) -> Proposal:
        draft = self._draft(subsector)
        self.titles.add(draft.title.en)
        return draft.finish(organization)

    def _draft(self, subsector: str) -> "_Draft":
        for _attempt in range(1 if subsector in self.exhausted else ATTEMPTS):
            draft = _Draft(self.rng.choice(FAMILIES[subsector]), self.rng)
            if draft.title.en not in self.titles:
                return draft
        self.exhausted.add(subsector)
        return draft


class _Draft:
    """One proposal in the making: the choices, then the sentences from them."""

    def __init__(self, family: Family, rng: Random) -> None:
        self.family, self.rng = family, rng
        self.product: Product = rng.choice(family.products)
        self.means = family.means[rng.choice(self.product.means)]
        self.use = rng.choice(family.uses)
        self.aim = Text(f"for {self.use.en}", _aim(self.use.zh))
        self.stage = rng.choices([*STAGE_SHARES], [*STAGE_SHARES.values()])[0]
        self.title = self._title()

    def _title(self) -> Text:
        name = self.product.name
        full = Text(
            f"{name.en} for {self.use.en} using {self.means.en}",
            f"基于{self.means.zh}、{self.aim.zh}的{name.zh}",
        )
        for_use = Text(f"{name.en} for {self.use.en}", f"{self.aim.zh}的{name.zh}")
        by_means = Text(f"{name.en} using {self.means.en}", f"基于{self.means.zh}的{name.zh}")
        chosen = self.rng.choices([full, for_use, by_means], [5, 4, 1])[0]
        return Text(sentence(chosen.en), chosen.zh)

    def finish(self, organization: Text) -> Proposal:
        seeking = self._seeking()
        funding = self._funding() if "funding" in seeking else None
        slots = self._slots(organization, funding)
        return Proposal(
            subsector=self.family.subsector,
            title=self.title,
            summary=_join([part.format(**slots) for part in self._outline(seeking)]),
            stage=self.stage,
            seeking=seeking,
            funding=funding,
            keyword=self.product.name,
        )

    def _seeking(self) -> tuple[str, ...]:
        wanted = self.rng.choices(["funding", "partner", "space", "talent"], [9, 7, 5, 3], k=2)
        return tuple(dict.fromkeys(wanted))

    def _funding(self) -> Decimal:
        low, high = FUNDING[self.stage]
        return Decimal(500_000) * self.rng.randint(low, high)

    def _outline(self, seeking: tuple[str, ...]) -> list[Text]:
        """The sentences of the summary, before their slots are filled."""
        rng = self.rng
        is_idea = self.stage == "idea"
        parts = [rng.choice(self.family.needs), rng.choice(PLANS if is_idea else APPROACHES)]
        parts += self._facts()
        parts.append(rng.choice(STAGES[self.family.manner][self.stage]))
        if rng.random() < 0.6:
            parts.append(rng.choice(TEAMS[:-1] if is_idea else TEAMS))
        return parts + [rng.choice(WISHES[wish]) for wish in seeking]

    def _facts(self) -> list[Text]:
        """Nothing for an idea, no customers for a prototype, else up to two facts."""
        if self.stage == "idea":
            return []
        facts = [_with_number(fact, self.rng) for fact in self.family.facts[:1]]
        if self.stage == "prototype":
            return facts
        return facts + [_with_number(fact, self.rng) for fact in self.family.deployments[:1]]

    def _slots(self, organization: Text, funding: Decimal | None) -> dict[str, Text | int]:
        rng, name = self.rng, self.product.name
        team = rng.randint(3, 9) if self.stage in {"idea", "prototype"} else rng.randint(8, 45)
        article = with_article(name.en)
        return {
            "product": name,
            "a_product": Text(article, name.zh),
            "A_product": Text(sentence(article), name.zh),
            "means": self.means,
            "use": self.use,
            "aim": self.aim,
            "org": in_sentence(organization),
            "team": team,
            "doctors": rng.randint(2, max(2, team // 3)),
            "patents": rng.randint(2, 14),
            "year": rng.choice([2014, 2015, 2016]),
            "sales": rng.randint(2, 9),
            "states": rng.randint(4, 16),
            "space": _grouped(rng.randint(3, 30) * 100),
            "hires": rng.randint(4, 30),
            "funding": money_words(funding or Decimal(0)),
        }


def _aim(use: str) -> str:
    if ILLNESS.search(use):
        return f"针对{use}"
    return f"用于{use}" if use.endswith(("手术", "外科", "康复")) else f"面向{use}"


def _with_number(fact: Fact, rng: Random) -> Text:
    number = rng.randint(fact.low, fact.high)
    return fact.text.format(n=_grouped(_rounded(number)))


def _grouped(number: int) -> Text:
    """English groups the digits of thousands, Chinese does not."""
    return Text(f"{number:,}", str(number))


def _rounded(number: int) -> int:
    """Large numbers in a brochure are round ones."""
    return number if number < 100 else round(number, -1) if number < 1000 else round(number, -2)


def _join(parts: list[Text]) -> Text:
    english = " ".join(sentence(part.en) for part in parts)
    return Text(english, "".join(part.zh for part in parts))


def money_words(amount: Decimal) -> Text:
    """3500000 as "3.5 million yuan" and 350万元."""
    millions = f"{amount / 1_000_000:.1f}".removesuffix(".0")
    return Text(f"{millions} million yuan", f"{int(amount / 10_000)}万元")
