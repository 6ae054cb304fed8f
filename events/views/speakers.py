"""The speakers of an edition, and the page of each."""

from itertools import groupby
from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from events.linked_data import speaker_data
from events.programme import SpeakerOf
from events.search import LONGEST, matches, terms
from events.views.pages import EditionMixin, ProgrammePage

FOR_GOOD = 365 * 24 * 3600  # seconds


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


class SpeakerPortrait(EditionMixin, View):
    """The picture that the release shows; another release has another address for another."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        speaker = self.programme.speakers.get(kwargs["code"])
        portrait = speaker.portrait if speaker else None
        if portrait is None or portrait.name != kwargs["picture"]:
            raise Http404(_("There is no such picture."))
        try:
            with default_storage.open(portrait.file) as file:
                response = HttpResponse(file.read(), content_type="image/jpeg")
        except FileNotFoundError:
            raise Http404(_("There is no such picture.")) from None
        response["X-Content-Type-Options"] = "nosniff"
        patch_cache_control(response, public=True, max_age=FOR_GOOD, immutable=True)
        return response


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
