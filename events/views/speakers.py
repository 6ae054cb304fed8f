"""The speakers of an edition, and the page of each."""

from itertools import groupby
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from events.linked_data import speaker_data
from events.programme import SpeakerOf
from events.search import LONGEST, matches, terms
from events.views.pages import ProgrammePage


class SpeakerList(ProgrammePage):
    """Everyone on stage, from A to Z: Chinese names by their pinyin."""

    template_name = "events/speaker_list.html"

    def get_context(self) -> dict[str, Any]:
        query = self.request.GET.get("q", "")[:LONGEST]
        wanted = terms(query)
        found = [s for s in self.programme.speakers.values() if matches(s, wanted)]
        groups = groupby(found, key=initial)
        return super().get_context() | {
            "letters": [(letter, list(speakers)) for letter, speakers in groups],
            "count": len(found),
            "query": query,
            "longest_query": LONGEST,
        }


def initial(speaker: SpeakerOf) -> str:
    """The letter a name is found under."""
    letter = speaker.sort_key[:1].upper()
    return letter if letter.isalpha() else "#"


class SpeakerDetail(ProgrammePage):
    """Who it is, and when to hear them."""

    template_name = "events/speaker_detail.html"

    def find(self) -> None:
        found = self.programme.speakers.get(self.kwargs["code"])
        if found is None:
            raise Http404(_("There is no such speaker in the programme."))
        self.speaker = found

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {
            "speaker": self.speaker,
            "data": speaker_data(self.edition, self.programme, self.speaker),
        }
