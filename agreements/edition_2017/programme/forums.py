"""Reads the forums: one track each, with four talks and a discussion.

Notation of the blocks:

    = slug | colour | start | room | Title | 题目
    M country role | field | 领域                         the moderator
    D Topic of the discussion | 讨论题目
    T language | country role | field | 领域 | Title | 题目 | Abstract | 摘要

Roles: P professor, F founder, E engineer or executive, I investor, G official of
the host city, H physician.
"""

from dataclasses import dataclass, field
from datetime import datetime

from agreements.edition_2017.programme import forums_city, forums_industry
from agreements.edition_2017.text import Text, text


@dataclass(frozen=True, slots=True)
class Expert:
    """Who is wanted on stage: where from, in which role, of which field."""

    country: str
    role: str
    field: Text


@dataclass(frozen=True, slots=True)
class Talk:
    language: str
    expert: Expert
    title: Text
    abstract: Text


@dataclass(slots=True)
class Forum:
    """A forum of half a day in one room."""

    slug: str
    colour: int
    start: datetime
    room: str
    title: Text
    moderator: Expert | None = None
    discussion: Text | None = None
    talks: list[Talk] = field(default_factory=list)

    def read(self, letter: str, rest: str) -> None:
        if letter == "M":
            who, *names = _cells(rest)
            self.moderator = Expert(*who.split(), Text(*names))
        elif letter == "D":
            self.discussion = text(rest)
        else:
            self.talks.append(_talk(_cells(rest)))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _talk(cells: list[str]) -> Talk:
    language, who, field_en, field_zh, title_en, title_zh, abstract_en, abstract_zh = cells
    return Talk(
        language="zh-hans" if language == "zh" else "en",
        expert=Expert(*who.split(), Text(field_en, field_zh)),
        title=Text(title_en, title_zh),
        abstract=Text(abstract_en, abstract_zh),
    )


def _forum(header: str) -> Forum:
    slug, colour, start, room, english, chinese = _cells(header)
    return Forum(slug, int(colour), datetime.fromisoformat(start), room, Text(english, chinese))


def read_forums(block: str) -> list[Forum]:
    forums: list[Forum] = []
    for line in filter(None, block.splitlines()):
        if line.startswith("="):
            forums.append(_forum(line[2:]))
        else:
            forums[-1].read(line[0], line[2:])
    return forums


FORUMS = sorted(
    read_forums(forums_city.BLOCK) + read_forums(forums_industry.BLOCK),
    key=lambda forum: (forum.start, forum.slug),
)
