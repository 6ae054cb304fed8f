"""Text in two languages, and the small notation the data modules are written in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in English and in Simplified Chinese."""

    en: str
    zh: str

    def format(self, **slots: "Text | str | int") -> "Text":
        """Fill the slots of both languages, each with its own half."""
        english = {key: getattr(value, "en", value) for key, value in slots.items()}
        chinese = {key: getattr(value, "zh", value) for key, value in slots.items()}
        return Text(self.en.format(**english), self.zh.format(**chinese))


def text(line: str) -> Text:
    """Read one `English | 中文` line."""
    english, _, chinese = line.partition("|")
    return Text(english.strip(), chinese.strip())


def texts(block: str) -> tuple[Text, ...]:
    """Read a block of `English | 中文` lines, skipping empty ones."""
    return tuple(text(line) for line in block.splitlines() if line.strip())


def rows(block: str) -> list[list[str]]:
    """Split a block into lines and each line at its bars."""
    filled = (line for line in block.splitlines() if line.strip())
    return [[cell.strip() for cell in line.split("|")] for line in filled]


def sentence(english: str) -> str:
    """Start with a capital letter, leaving the rest as it is."""
    return english[:1].upper() + english[1:]


SPOKEN = {"RISC", "MEMS", "CAR"}  # capitals that are said as words


NEEDS_THE = ("University of", "Polytechnic of", "First Hospital", "Institute", "Laboratory")


def in_sentence(name: Text) -> Text:
    """An organization's name as English needs it within a sentence: with "the" or without."""
    needs_the = any(word in name.en for word in NEEDS_THE) and not name.en.startswith("the ")
    return Text(f"the {name.en}" if needs_the else name.en, name.zh)


def with_article(noun: str) -> str:
    """Put "a" or "an" before a noun phrase, by its sound.

    >>> with_article("MRI coil"), with_article("unit")
    ('an MRI coil', 'a unit')
    """
    word = noun.split()[0].split("-")[0]
    spelled_out = word.isupper() and word not in SPOKEN
    if spelled_out:
        vowel = word[0] in "AEFHILMNORSX"
    else:
        vowel = word[0].lower() in "aeiou" and not word.lower().startswith(
            ("uni", "use", "eu", "one")
        )
    return f"{'an' if vowel else 'a'} {noun}"
