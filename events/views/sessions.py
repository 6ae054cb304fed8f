"""The page of a session."""

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

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {
            "session": self.session,
            "related": related(self.programme, self.session),
            "data": session_data(self.edition, self.session),
        }


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
