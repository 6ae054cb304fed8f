"""The page of a session."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from events.linked_data import session_data
from events.programme import Programme, SessionOf
from events.views.pages import ProgrammePage

RELATED = 4


class SessionDetail(ProgrammePage):
    """What, when, where, who, in which languages, and what else is like it."""

    template_name = "events/session_detail.html"

    def find(self) -> None:
        self.session = session_or_404(self.programme, self.kwargs["code"])

    def ingredients(self) -> list[object]:
        return [*super().ingredients(), self.session.is_over(self.moment)]

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {
            "session": self.session,
            "related": related(self.programme, self.session),
            "is_over": self.session.is_over(self.moment),
            "around": around(self.programme, self.session),
            "data": session_data(self.edition, self.programme, self.session),
        }


@dataclass(frozen=True)
class Around:
    """What was on before and is on next, in the same room or track."""

    label: str
    before: SessionOf | None
    after: SessionOf | None


def around(programme: Programme, session: SessionOf) -> list[Around]:
    """The way on, in the room on that day and in the track, where there is one."""
    found = []
    if session.room:
        near = [s for s in programme.days[session.day] if s.room is session.room]
        found.append(beside(_("In this room"), near, session))
    if session.track:
        found.append(beside(_("In this track"), programme.of_track(session.track.slug), session))
    return [one for one in found if one.before or one.after]


def beside(label: str, sessions: list[SessionOf], session: SessionOf) -> Around:
    at = sessions.index(session)
    before = sessions[at - 1] if at else None
    return Around(label, before, sessions[at + 1] if at + 1 < len(sessions) else None)


def session_or_404(programme: Programme, code: str) -> SessionOf:
    if code not in programme.sessions:
        raise Http404(_("There is no such session in the programme."))
    return programme.sessions[code]


def related(programme: Programme, session: SessionOf) -> list[SessionOf]:
    """Sessions of the same people, then of the same track, nearest in time first."""
    people = {part.speaker for part in session.people}

    def distance(other: SessionOf) -> tuple:
        shared = any(part.speaker in people for part in other.people)
        return (not shared, abs(other.start - session.start), other.code)

    def is_like_it(other: SessionOf) -> bool:
        same_track = session.track is not None and other.track is session.track
        return same_track or any(part.speaker in people for part in other.people)

    others = [s for s in programme.sessions.values() if s is not session and not s.is_cancelled]
    return sorted(filter(is_like_it, others), key=distance)[:RELATED]
