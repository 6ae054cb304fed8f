"""How an official letter addresses somebody, in English and in Chinese.

The highest rank that a title names goes before the name in English and after it
in Chinese. Where no rank is known, nobody is guessed to be a man or a woman.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from attendees.models import Person

# The higher rank first: how it is found, in English, in Chinese.
RANKS = [
    (re.compile(r"\bacademician\b|院士", re.I), "Academician", "院士"),
    (re.compile(r"\bprof(essor)?\b|教授", re.I), "Professor", "教授"),
    (re.compile(r"\bambassador\b|大使", re.I), "Ambassador", "大使"),
    (re.compile(r"\b(dr|ph\.? ?d|doctor)\b|博士", re.I), "Dr", "博士"),
]
# A post that is said after the name as it stands, such as 主任 or 董事长.
POST = re.compile(
    r"[\u4e00-\u9fff]{0,4}(主任|书记|[市局处部院校所会署行馆]长|理事长|秘书长|董事长|总经理|经理|总裁|总监|主席|研究员)"
)
HAN = re.compile(r"[\u4e00-\u9fff]")


def salutation(person: Person, language: str) -> str:
    """“Dear Professor Li Hua,” or “尊敬的李华教授：”."""
    address = chinese_address if language.startswith("zh") else english_address
    with override(language):
        return _("Dear %(name)s,") % {"name": address(person)}


def english_address(person: Person) -> str:
    name = person.name_in("en")
    rank = next((english for found, english, _zh in RANKS if found.search(titles(person))), "")
    return f"{rank} {name}" if rank and not name.startswith(rank) else name


def chinese_address(person: Person) -> str:
    name, said = person.name_in("zh-hans"), titles(person)
    rank = next((chinese for found, _en, chinese in RANKS if found.search(said)), "")
    own = person.title_zh_hans or ""
    post = own if POST.fullmatch(own) else ""
    address = post or rank or "先生/女士"
    return f"{name}{'' if HAN.search(name) else ' '}{address}"


def titles(person: Person) -> str:
    """What is known of somebody's title, in both languages."""
    return " ".join(filter(None, [person.title_en, person.title_zh_hans]))
