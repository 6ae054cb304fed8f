"""The filters of the schedule: a GET form that works without JavaScript."""

from collections.abc import Iterable
from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy as _

from events.languages import language_name
from events.models import Session
from events.programme import Programme, SessionOf
from events.search import LONGEST, matches, terms


class ScheduleFilter(forms.Form):
    """What a reader wants to see. A value that the programme does not have filters nothing."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST}),
    )
    track = forms.ChoiceField(label=_("Track"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, data, *, programme: Programme):
        super().__init__(data, auto_id="filter-%s")
        self.programme = programme
        sessions = programme.sessions.values()
        self.fields["track"].choices = [("", _("All tracks")), *self._tracks()]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds_of(sessions)]
        self.fields["place"].choices = [("", _("All places")), *self._places()]
        self.fields["language"].choices = [("", _("Any language")), *languages_of(sessions)]

    def _tracks(self) -> list[tuple[str, str]]:
        return [(track.slug, str(track.name)) for track in self.programme.tracks.values()]

    def _places(self) -> list[tuple]:
        """Each venue with its rooms; a venue of one room stands alone."""
        return [
            choice for venue in self.programme.venues.values() for choice in self._rooms_of(venue)
        ]

    def _rooms_of(self, venue) -> list[tuple]:
        rooms = [room for room in self.programme.rooms.values() if room.venue is venue]
        whole = (venue.slug, _("All of %(venue)s") % {"venue": venue.name})
        if len(rooms) < 2:
            return [(venue.slug, str(venue.name))]
        return [(str(venue.name), [whole, *((room.key, str(room.name)) for room in rooms)])]

    @cached_property
    def wanted(self) -> dict[str, str]:
        """The filters in force: asked for, and known to the programme."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters in force without the words searched for."""
        return {name: value for name, value in self.wanted.items() if name != "q"}

    def chosen(self, sessions: Iterable[SessionOf]) -> list[SessionOf]:
        return [session for session in sessions if self.keeps(session)]

    def keeps(self, session: SessionOf) -> bool:
        checks = {
            "q": lambda words: matches(session, terms(words)),
            "track": lambda slug: session.track is not None and session.track.slug == slug,
            "kind": lambda kind: session.kind == kind,
            "place": lambda key: session.room is not None and is_in(session.room, key),
            "language": lambda code: code in session.languages,
        }
        return all(checks[name](value) for name, value in self.wanted.items())


def is_in(room, key: str) -> bool:
    return key in {room.key, room.venue.slug}


def kinds_of(sessions: Iterable[SessionOf]) -> list[tuple[str, str]]:
    """The kinds there are, in the order of the programme's vocabulary."""
    present = {session.kind for session in sessions}
    known = [(kind.value, kind.label) for kind in Session.Kind if kind.value in present]
    return known + [(kind, kind) for kind in sorted(present - set(Session.Kind.values))]


def languages_of(sessions: Iterable[SessionOf]) -> list[tuple[str, str]]:
    """The languages one can follow a session in, spoken or interpreted."""
    codes = {code for session in sessions for code in session.languages}
    return sorted(((code, language_name(code)) for code in codes), key=lambda c: c[1])
