"""Finding sessions and speakers: in both languages, and Chinese names by pinyin."""

import re
import unicodedata
from weakref import WeakKeyDictionary

from events.programme import SessionOf, SpeakerOf
from hrconf.lib.names import HAN

LONGEST = 100
_indexed: WeakKeyDictionary[SessionOf | SpeakerOf, str] = WeakKeyDictionary()


def folded(text: str) -> str:
    """Lower case, without accents, words apart by single spaces and one in front."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " " + " ".join(re.findall(r"\w+", letters))


def terms(query: str) -> list[str]:
    return folded(query[:LONGEST]).split()


def matches(item: SessionOf | SpeakerOf, wanted: list[str]) -> bool:
    """Whether every term is there: Latin ones as the start of a word, Chinese anywhere."""
    index = index_of(item)
    return all((term if HAN.search(term) else f" {term}") in index for term in wanted)


def index_of(item: SessionOf | SpeakerOf) -> str:
    if item not in _indexed:
        words = words_of_session(item) if isinstance(item, SessionOf) else words_of_speaker(item)
        _indexed[item] = folded(" ".join(words))
    return _indexed[item]


def words_of_session(session: SessionOf) -> list[str]:
    found = [session.code, session.title.all, session.subtitle.all, session.abstract.all]
    if session.track:
        found.append(session.track.name.all)
    if session.room:
        found += [session.room.name.all, session.room.venue.name.all]
    for stop in session.stops:
        found += [stop.park.all, stop.district.all, stop.host]
    for part in session.people:
        found += words_of_speaker(part.speaker)
    return found


def words_of_speaker(speaker: SpeakerOf) -> list[str]:
    names = [speaker.name_native, speaker.name_latin]
    return [*names, *pinyin_forms(speaker.sort_key), speaker.title.all, speaker.organization.all]


def pinyin_forms(key: str) -> list[str]:
    """ "wang jian guo" as people type it: also "wangjianguo" and "wang jianguo"."""
    surname, *given = key.split() or [""]
    return [key, surname + "".join(given), "".join(given)]


def searched(session: SessionOf) -> list[object]:
    """A session as a script filters it: day, whether it is a pause, track, kind, place,
    languages, and each word of its index once."""
    words = dict.fromkeys(index_of(session).split())
    return [
        session.day.isoformat(),
        int(session.is_minor),
        session.track.slug if session.track else "",
        session.kind,
        session.room.key if session.room else "",
        " ".join(sorted(session.languages)),
        " " + " ".join(words),
    ]
