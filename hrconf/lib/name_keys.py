"""Names made comparable: whatever the case, width, accents, script and order they came in.

`plain` is how a word is looked for, `search_text` what it is looked for in,
`name_keys` what two records of one human have in common.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import opencc
from pypinyin import Style, lazy_pinyin

from hrconf.lib.names import HAN

MOST_WORDS = 5  # longer names are turned no further
# Characters that are said in another way when they are a surname.
SURNAMES = {
    "单": ["shan"], "曾": ["zeng"], "仇": ["qiu"], "解": ["xie"], "查": ["zha"], "区": ["ou"],
    "任": ["ren"], "盖": ["ge"], "朴": ["piao", "park"], "乐": ["yue", "le"], "员": ["yun"],
    "种": ["chong"], "秘": ["bi"], "折": ["she"], "覃": ["qin", "tan"], "繁": ["po"],
    "牟": ["mou", "mu"], "缪": ["miao"], "翟": ["zhai", "di"], "柏": ["bai", "bo"],
    "尉": ["yu", "wei"], "万": ["wan", "mo"], "长": ["chang", "zhang"], "冼": ["xian"],
    "晁": ["chao"], "逄": ["pang"], "召": ["shao"], "郇": ["xun", "huan"], "黑": ["he", "hei"],
}  # fmt: skip
# What NFKD leaves as it is, and how passports write it.
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# The sound ü after l and n, as typed, as in passports since 2012, and without its dots.
U_UMLAUT = re.compile(r"\b([ln])(?:v|yu)(?=$|e|\b)")
LATIN_ONLY = "~"  # in front of the name of somebody whose characters we do not know


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Small letters without accents and width, characters simplified, words apart."""
    text = unicodedata.normalize("NFKC", text)
    if HAN.search(text):
        text = _to_simplified().convert(text)
    letters = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    letters = unicodedata.normalize("NFC", "".join(c for c in letters if not _is_accent(c)))
    # A hyphen or apostrophe joins what it stands between; other marks part words.
    letters = re.sub(r"(?<=\w)['’ʼ`·・‧•\-‐‑–](?=\w)", "", letters)
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def _is_accent(character: str) -> bool:
    """Whether it is a mark on a Latin letter; those of other scripts are letters."""
    return unicodedata.category(character) == "Mn" and character < "\u0370"


def words(text: str) -> list[str]:
    """The words of a name, comparable; ü as in passports counts as u."""
    return [U_UMLAUT.sub(r"\1u", word) for word in plain(text).split()]


def turned(parts: list[str]) -> list[str]:
    """The words joined, beginning with each in turn: family name first or last."""
    parts = parts[:MOST_WORDS] if len(parts) > MOST_WORDS else parts
    found = ["".join(parts[at:] + parts[:at]) for at in range(len(parts))]
    return list(dict.fromkeys(filter(None, found)))


def readings(native: str) -> list[list[str]]:
    """How a Chinese name may be read: syllables, the surname in each of its readings."""
    name = plain(native).replace(" ", "")
    if not name or not all(HAN.match(character) for character in name):
        return []
    first, *rest = [words(syllable)[0] for syllable in lazy_pinyin(name, style=Style.NORMAL)]
    surnames = dict.fromkeys([first, *SURNAMES.get(name[0], [])])
    return [[surname, *rest] for surname in surnames]


def sounds(native: str, latin: str, sort_key: str = "") -> set[str]:
    """Everything a name is when it is said: Latin words or pinyin, in any order."""
    found: set[str] = set()
    for parts in [words(latin), words(sort_key), *readings(native)]:
        found.update(turned(parts))
    if not HAN.search(native):
        found.update(turned(words(native)))
    return {one for one in found if not HAN.search(one)}


def search_text(native: str, latin: str, sort_key: str, others: Iterable[str]) -> str:
    """What a search looks in, line by line: the name as written and as said, and the rest."""
    said = sounds(native, latin, sort_key)
    is_latin_only = not HAN.search(native)
    lines = [plain(native), plain(native).replace(" ", ""), plain(latin), plain(sort_key)]
    lines += [LATIN_ONLY + one if is_latin_only else one for one in sorted(said)]
    lines += [address_of(one) if "@" in one else plain(one) for one in others]
    return "\n".join(dict.fromkeys(filter(None, lines)))


def search_words(text: str) -> list[list[str]]:
    """Each word to look for, with the other ways in which it may be there.

    Somebody of whom we have only the Latin name is found by characters as well.
    """
    found = []
    for word in text.replace("\x00", "").split()[:6]:
        said = [LATIN_ONLY + "".join(parts) for parts in readings(word) if len(parts) > 1]
        looked = address_of(word) if "@" in word else "".join(words(word)) or word.casefold()
        found.append([looked, *said])
    return found


def address_of(email: str) -> str:
    """An e-mail address in half width and small letters."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def mailbox_of(email: str) -> str:
    """The mailbox an address may lead to: dots, and what follows a plus, left out.

    Some providers do so and others do not: a hint, never a proof.
    """
    local, _at, domain = address_of(email).rpartition("@")
    return f"{local.split('+')[0].replace('.', '')}@{domain}" if local else ""


def match_keys(native: str, latin: str, sort_key: str, email: str, phone: str) -> list[str]:
    """What records of one human may share, each with a letter for its kind.

    n the name in its own script, l the name as said, e the address, m the
    mailbox, p the phone, s a word of the name with the first letter of another:
    only who shares one is compared.
    """
    keys = {f"l:{said}" for said in sounds(native, latin, sort_key)}
    if own := plain(native).replace(" ", ""):
        keys.add(f"n:{own}")
    if email:
        keys |= {f"e:{address_of(email)}", f"m:{mailbox_of(email)}"}
    if phone:
        keys.add(f"p:{phone}")
    parts = [part for part in words(latin or sort_key) if len(part) > 1][:MOST_WORDS]
    keys |= {f"s:{one}/{other[0]}" for one in parts for other in parts if one != other}
    return sorted(keys)
