"""A name book: the family and given names of one culture, in both scripts."""

from dataclasses import dataclass
from random import Random

# Namesakes of people in public office, whom an invented guest should not resemble.
AVOIDED = frozenset(["李鹏", "李强", "周强", "王勇", "马凯", "张平", "王刚", "江平"])


@dataclass(frozen=True, slots=True)
class Part:
    """A family or given name as its owner writes it, and in Latin letters."""

    native: str
    latin: str


@dataclass(frozen=True, slots=True)
class Name:
    """A whole name, each script in the order of its culture."""

    native: str
    latin: str
    family_latin: str
    given_latin: str
    is_woman: bool


@dataclass(frozen=True, slots=True)
class NameBook:
    """Names of one culture. `feminine` holds family names that women inflect."""

    families: tuple[Part, ...]
    men: tuple[Part, ...]
    women: tuple[Part, ...]
    feminine: tuple[Part, ...] = ()
    family_first: bool = False  # in the own script
    family_first_latin: bool = False
    space: str = " "  # between the parts in the own script

    def draw(self, rng: Random, women: float = 0.32) -> Name:
        """Draw a name; `women` is the share of women among the guests."""
        is_woman = rng.random() < women
        families = self.feminine if is_woman and self.feminine else self.families
        family = families[int(len(families) * rng.random() ** 1.4)]  # common names first
        given = rng.choice(self.women if is_woman else self.men)
        name = self.join(family, given, is_woman)
        return self.draw(rng, women) if name.native in AVOIDED else name

    def join(self, family: Part, given: Part, is_woman: bool) -> Name:
        return Name(
            native=in_order(family.native, given.native, self.space, self.family_first),
            latin=in_order(family.latin, given.latin, " ", self.family_first_latin),
            family_latin=family.latin,
            given_latin=given.latin,
            is_woman=is_woman,
        )


def for_chinese_readers(native: str, latin: str) -> str:
    """The own script where a Chinese reader reads it, else Latin letters."""
    letters = native.replace(" ", "")
    is_han = letters and all("\u3400" <= letter <= "\u9fff" for letter in letters)
    return native if is_han else latin


def in_order(family: str, given: str, space: str, family_first: bool) -> str:
    return space.join([family, given] if family_first else [given, family])


def parts(block: str) -> tuple[Part, ...]:
    """Read "王 Wang, 李 Li"; a name written once is Latin already. "_" is a space."""
    found = []
    for item in block.replace("\n", " ").split(","):
        words = [word.replace("_", " ") for word in item.split()]
        if words:
            found.append(Part(words[0], words[-1]))
    return tuple(found)
