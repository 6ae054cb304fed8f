"""Families of projects: what is made, by what means, for whom, why, and how far it is.

The modules of the sectors hold one block of text each, in this notation:

    = artificial-intelligence   the sub-sector of the families that follow
    P product | 产品 #13 ; …     products; digits name the means that suit one (else all)
    T means | 技术 ; …           technical means
    U use | 应用 ; …             fields of use, as "for …" and "面向…的"
    N sentence | 句子            a need; {use} is filled in
    F 20-60 | sentence | 句子    what it can do; {n} is drawn from the range
    D 20-60 | sentence | 句子    where it is in use already
    -- plain                    another family of the same sub-sector; "plain": no patients
"""

from dataclasses import dataclass, field

from agreements.edition_2017.proposals import biomedicine, finance, information, manufacturing
from agreements.edition_2017.text import Text, text

# How far a project is, is told otherwise where patients are concerned.
MANNERS = {
    "innovative-drugs": "drug",
    "gene-cell-therapy": "drug",
    "medical-devices": "device",
    "diagnostics": "device",
    "digital-health": "device",
}


@dataclass(frozen=True, slots=True)
class Product:
    """A thing that is made, and the positions of the means it can be made by."""

    name: Text
    means: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence with a number to be drawn between two bounds."""

    low: int
    high: int
    text: Text


@dataclass(slots=True)
class Family:
    """Projects that resemble each other enough to share sentences."""

    subsector: str
    manner: str = "plain"  # which sentences tell its stage: plain, drug or device
    products: list[Product] = field(default_factory=list)
    means: list[Text] = field(default_factory=list)
    uses: list[Text] = field(default_factory=list)
    needs: list[Text] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    deployments: list[Fact] = field(default_factory=list)

    def read(self, letter: str, rest: str) -> None:
        match letter:
            case "P":
                self.products += [_product(item) for item in rest.split(";")]
            case "T":
                self.means += [text(item) for item in rest.split(";")]
            case "U":
                self.uses += [text(item) for item in rest.split(";")]
            case "N":
                self.needs.append(text(rest))
            case "F":
                self.facts.append(_fact(rest))
            case "D":
                self.deployments.append(_fact(rest))


def _product(item: str) -> Product:
    name, _, digits = item.partition("#")
    return Product(text(name), tuple(int(digit) - 1 for digit in digits.strip() or "1234"))


def _fact(rest: str) -> Fact:
    bounds, _, sentence = rest.partition("|")
    low, high = bounds.split("-")
    return Fact(int(low), int(high), text(sentence))


def read_families(block: str) -> list[Family]:
    families: list[Family] = []
    for line in filter(None, block.splitlines()):
        if line.startswith("= "):
            families.append(Family(line[2:], MANNERS.get(line[2:], "plain")))
        elif line.startswith("--"):
            subsector = families[-1].subsector
            families.append(Family(subsector, line[3:] or MANNERS.get(subsector, "plain")))
        else:
            families[-1].read(line[0], line[2:])
    return families


FAMILIES: dict[str, list[Family]] = {}
for _module in (information, biomedicine, manufacturing, finance):
    for _family in read_families(_module.BLOCK):
        FAMILIES.setdefault(_family.subsector, []).append(_family)
