"""Where somebody has to be besides their seats: on stage, at a meeting.

Every app contributes from a module `duties.py` of its own, found at start-up; nothing here knows what happens upstairs.

    @duties
    def meetings(registration: Registration) -> Iterable[Duty]: ...

A contributor asks a number of queries that does not grow with its rows.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from attendees.models import Registration
from events.programme import Programme, SessionOf


@dataclass(frozen=True)
class Duty:
    """What nobody can give back with a press: when, what, where; its code if on the programme."""

    start: datetime
    end: datetime
    title: str
    place: str = ""
    code: str = ""

    def overlaps(self, item: SessionOf) -> bool:
        is_elsewhere = self.code != item.code and not item.is_cancelled
        return is_elsewhere and self.start < item.end and item.start < self.end


Contributor = Callable[[Registration, Programme], Iterable[Duty]]
_contributors: list[Contributor] = []


def duties(contributor: Contributor) -> Contributor:
    """Register a function that says where a person has to be at an edition."""
    _contributors.append(contributor)
    return contributor


def duties_of(registration: Registration, programme: Programme) -> list[Duty]:
    """Where somebody has to be besides their seats, in order of time."""
    found = [duty for ask in _contributors for duty in ask(registration, programme)]
    return sorted(found, key=lambda duty: (duty.start, duty.title))


@duties
def on_stage(registration: Registration, programme: Programme) -> Iterator[Duty]:
    """Sessions in which the person speaks, chairs or presents, as they were released."""
    speakers = registration.person.speakers.filter(edition=registration.edition)
    codes = set(speakers.values_list("code", flat=True))
    for item in programme.sessions.values() if codes else ():
        if not item.is_cancelled and any(part.speaker.code in codes for part in item.people):
            place = str(item.room.name) if item.room else ""
            yield Duty(item.start, item.end, str(item.title), place, item.code)
